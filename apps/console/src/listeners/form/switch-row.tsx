import { Form, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { type FieldKey, fieldMessages } from '../texts/messages.ts';
import { Remarks } from './remarks.tsx';

export interface SwitchRowProps {
  readonly field: FieldKey;
  /** Where it is not called like the field. */
  readonly label?: string;
  /** None: it shows what is always so. */
  readonly name?: string | string[];
  readonly text: ReactNode;
  readonly isDisabled?: boolean;
  /** Why it cannot be moved. */
  readonly reason?: string | null;
  readonly remarks?: readonly string[];
}

/** A switch with its name and what it does beside it. */
export function SwitchRow(props: SwitchRowProps) {
  const { field, name, text, isDisabled = false, reason = null, remarks = [] } = props;
  const id = useId();
  const usual = useMessages(fieldMessages)[field];
  const words = { 'aria-labelledby': id, 'aria-describedby': `${id}-text` };
  return (
    <div className="lf-row lf-switch" data-field={field}>
      {name === undefined ? (
        <Switch checked disabled {...words} />
      ) : (
        <Form.Item name={name} valuePropName="checked" noStyle>
          <Switch disabled={isDisabled} {...words} />
        </Form.Item>
      )}
      <div>
        <div id={id} className="lf-switch-name">
          {props.label ?? usual}
        </div>
        <div id={`${id}-text`} className="lf-soft">
          {text}
          {reason !== null && <div className="lf-reason">{reason}</div>}
        </div>
        <Remarks of={remarks} />
      </div>
    </div>
  );
}
