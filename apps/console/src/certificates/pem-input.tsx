import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import type { Ref } from 'react';
import { isMixedPem } from './pem-file.ts';

export interface PemInputProps {
  readonly ref?: Ref<TextAreaRef>;
  /** The rest comes from the form field around it. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
  readonly placeholder: string;
  readonly mostCharacters: number;
  /** A pasted text that belongs into several fields. */
  readonly onMixed: (text: string) => void;
}

/** PEM text, pasted. */
export function PemInput({
  ref,
  id,
  value = '',
  onChange,
  onMixed,
  placeholder,
  mostCharacters,
}: PemInputProps) {
  const take = (text: string): void => {
    if (isMixedPem(text)) onMixed(text);
    else onChange?.(text);
  };
  return (
    <Input.TextArea
      ref={ref ?? null}
      className="mono cert-pem"
      rows={6}
      spellCheck={false}
      autoComplete="off"
      placeholder={placeholder}
      value={value}
      count={{ show: false, max: mostCharacters }}
      onChange={({ target }) => take(target.value)}
      {...(id === undefined ? {} : { id })}
    />
  );
}
