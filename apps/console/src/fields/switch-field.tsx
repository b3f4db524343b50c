import { Form, Switch } from 'antd';
import type { FieldProps } from './text-field.tsx';

/** A switch with its label at its side. */
export function SwitchField({ name, label, help, rules = [], isDisabled = false }: FieldProps) {
  const id = Array.isArray(name) ? name.join('_') : name;
  return (
    <div className="switch-field">
      <Form.Item name={name} rules={rules} valuePropName="checked" noStyle>
        <Switch id={id} disabled={isDisabled} />
      </Form.Item>
      <div>
        <label htmlFor={id}>{label}</label>
        {help !== undefined && <div className="switch-field-help">{help}</div>}
      </div>
    </div>
  );
}
