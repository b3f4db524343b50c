import { Form, Radio } from 'antd';
import type { ReactNode } from 'react';
import { type FieldProps, itemProps } from './text-field.tsx';

export interface RadioChoice {
  readonly value: string | number | boolean;
  readonly label: ReactNode;
  readonly disabled?: boolean;
  readonly title?: string;
}

export interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly RadioChoice[];
}

/** A choice among few, all of them in sight. */
export function ChoiceField(props: ChoiceFieldProps) {
  return (
    <Form.Item {...itemProps(props)}>
      <Radio.Group optionType="button" options={[...props.choices]} disabled={props.isDisabled ?? false} />
    </Form.Item>
  );
}
