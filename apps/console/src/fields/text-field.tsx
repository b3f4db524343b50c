import { Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import type { ReactNode } from 'react';

/** What every field of a form has. */
export interface FieldProps {
  /** Its name in the body of the API, nested as an array. */
  readonly name: string | (string | number)[];
  readonly label: string;
  /** Below the control: what it does, in a sentence. */
  readonly help?: ReactNode;
  readonly rules?: Rule[];
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

export interface TextFieldProps extends FieldProps {
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isMono?: boolean;
}

/** The parts of `Form.Item` that follow from the shared properties. */
export function itemProps({ name, label, help, rules = [], isRequired = false }: FieldProps) {
  const all = isRequired ? [{ required: true }, ...rules] : rules;
  return { name, label, rules: all, ...(help === undefined ? {} : { extra: help }) };
}

export function TextField(props: TextFieldProps) {
  const { placeholder, maxLength, isMono = false, isDisabled = false } = props;
  return (
    <Form.Item {...itemProps(props)}>
      <Input
        autoComplete="off"
        spellCheck={false}
        disabled={isDisabled}
        className={isMono ? 'mono' : ''}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(maxLength === undefined ? {} : { maxLength })}
      />
    </Form.Item>
  );
}
