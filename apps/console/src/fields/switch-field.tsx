import { Form, Switch } from 'antd';
import { type FieldProps, itemProps } from './text-field.tsx';

export function SwitchField(props: FieldProps) {
  return (
    <Form.Item {...itemProps(props)} valuePropName="checked">
      <Switch disabled={props.isDisabled ?? false} />
    </Form.Item>
  );
}
