import { Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { type FieldProps, itemProps } from './text-field.tsx';
import type { ServerSearch } from './use-server-search.ts';

export interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  /** What the search looks at, where the label is no text. */
  readonly search?: string;
  readonly disabled?: boolean;
  /** Of a choice that is off: why. */
  readonly title?: string;
}

export interface SelectFieldProps extends FieldProps {
  readonly choices: readonly Choice[];
  readonly isLoading?: boolean;
  /** Of `useServerSearch`: the server looks for what is typed. */
  readonly showSearch?: ServerSearch<unknown>['showSearch'];
  readonly isMultiple?: boolean;
  /** Whether none may be chosen. */
  readonly isClearable?: boolean;
  readonly placeholder?: string;
}

export function SelectField(props: SelectFieldProps) {
  const { choices, isLoading = false, isMultiple = false, isClearable = false, placeholder } = props;
  return (
    <Form.Item {...itemProps(props)}>
      <Select
        showSearch={props.showSearch ?? { filterOption: matches }}
        options={[...choices]}
        loading={isLoading}
        allowClear={isClearable}
        disabled={props.isDisabled ?? false}
        {...(isMultiple ? { mode: 'multiple' as const } : {})}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
    </Form.Item>
  );
}

function matches(typed: string, choice?: Choice): boolean {
  const text = choice?.search ?? (typeof choice?.label === 'string' ? choice.label : choice?.value);
  return text?.toLowerCase().includes(typed.toLowerCase()) ?? false;
}
