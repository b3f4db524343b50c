import { Button, Input, type InputRef } from 'antd';
import type { Ref } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';

export interface TemplateInputProps {
  readonly label: string;
  /** Placeholders that can be put in. */
  readonly inserts: readonly string[];
  readonly ref?: Ref<InputRef>;
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
  readonly onBlur?: () => void;
}

/** Text with placeholders of a request, and buttons that write them. */
export function TemplateInput({ label, inserts, ref, id, value = '', onChange, onBlur }: TemplateInputProps) {
  const t = useMessages(policyMessages).redirect;
  return (
    <span className="pol-template">
      <Input
        ref={ref ?? null}
        className="mono"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
        {...(id === undefined ? {} : { id })}
        {...(onBlur === undefined ? {} : { onBlur })}
      />
      {inserts.map((text) => (
        <Button
          key={text}
          size="small"
          className="mono"
          aria-label={`${label}: ${t.insert(text)}`}
          onClick={() => onChange?.(value.includes(text) ? value : `${value}${text}`)}
        >
          {text}
        </Button>
      ))}
    </span>
  );
}
