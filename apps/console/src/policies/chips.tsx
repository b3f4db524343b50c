import { type RefSelectProps, Select } from 'antd';
import type { Ref } from 'react';

export interface ChipsProps {
  readonly label: string;
  readonly placeholder?: string;
  /** Nothing but these; default: any text. */
  readonly choices?: readonly string[];
  readonly most?: number;
  /** The rest comes from the form field around it. */
  readonly ref?: Ref<RefSelectProps>;
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (values: string[]) => void;
  readonly onBlur?: () => void;
}

/** Several short texts, each a chip: Enter or leaving the field makes one. */
export function Chips({
  label,
  placeholder,
  choices,
  most,
  ref,
  id,
  value = [],
  onChange,
  onBlur,
}: ChipsProps) {
  return (
    <Select<string[]>
      ref={ref ?? null}
      mode={choices === undefined ? 'tags' : 'multiple'}
      className="pol-chips"
      aria-label={label}
      value={[...value]}
      tokenSeparators={[' ', '\n']}
      onChange={(values) => onChange?.(values)}
      {...(choices === undefined
        ? { open: false, suffixIcon: null }
        : { options: choices.map((one) => ({ value: one, label: one })) })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(most === undefined ? {} : { maxCount: most })}
      {...(id === undefined ? {} : { id })}
      {...(onBlur === undefined ? {} : { onBlur })}
    />
  );
}
