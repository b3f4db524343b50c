import { Form, InputNumber } from 'antd';
import { type FieldProps, itemProps } from './text-field.tsx';

export interface NumberFieldProps extends FieldProps {
  readonly min?: number;
  readonly max?: number;
  /** Behind the number: `s`, `min`. */
  readonly unit?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { min, max, unit, isDisabled = false } = props;
  return (
    <Form.Item {...itemProps(props)}>
      <InputNumber
        className="number-field"
        precision={0}
        disabled={isDisabled}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(unit === undefined ? {} : { suffix: unit })}
      />
    </Form.Item>
  );
}
