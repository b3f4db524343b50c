import { Form, type FormItemProps } from 'antd';
import type { ReactNode } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { fieldMessages, type FieldKey } from '../texts/messages.ts';
import { Remarks } from './remarks.tsx';

export interface FieldRowProps {
  /** Names it and leads the help to it. */
  readonly field: FieldKey;
  readonly name?: string | string[];
  readonly rules?: FormItemProps['rules'];
  readonly help?: ReactNode;
  /** What is worth knowing of the value as it is. */
  readonly remarks?: readonly string[];
  readonly dependencies?: (string | string[])[];
  readonly children: ReactNode;
}

/** One row of the form: label above, control, what to know of it below. */
export function FieldRow({ field, name, rules, help, remarks = [], dependencies, children }: FieldRowProps) {
  const label = useMessages(fieldMessages)[field];
  return (
    <div className="lf-row" data-field={field}>
      <Form.Item
        label={label}
        extra={help}
        validateTrigger={['onBlur', 'onChange']}
        validateFirst
        {...(name === undefined ? {} : { name })}
        {...(rules === undefined ? {} : { rules })}
        {...(dependencies === undefined ? {} : { dependencies })}
      >
        {children}
      </Form.Item>
      <Remarks of={remarks} />
    </div>
  );
}
