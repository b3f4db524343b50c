import { Radio } from 'antd';
import type { ReactNode } from 'react';

export interface CardChoice<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** Why it cannot be chosen. */
  readonly reason?: string | null;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly CardChoice<Value>[];
  readonly isDisabled?: boolean;
  /** Given by the form. */
  readonly id?: string;
  readonly value?: Value;
  readonly onChange?: (value: Value) => void;
}

/** Few choices, each with a line of its own; one that cannot be had says why. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { label, choices, isDisabled = false, id, value, onChange } = props;
  return (
    <Radio.Group
      className="choice-cards"
      aria-label={label}
      value={value ?? null}
      onChange={({ target }) => onChange?.(target.value as Value)}
      {...(id === undefined ? {} : { id })}
    >
      {choices.map(({ value: each, title, text, reason = null }) => (
        <Radio
          key={each}
          value={each}
          disabled={isDisabled || reason !== null}
          className={each === value ? 'choice-card choice-card-on' : 'choice-card'}
        >
          <span className="choice-title">{title}</span>
          <span className="choice-text">{reason ?? text}</span>
        </Radio>
      ))}
    </Radio.Group>
  );
}
