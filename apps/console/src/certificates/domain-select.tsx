import { Select } from 'antd';
import type { Ref } from 'react';

export interface DomainSelectProps {
  readonly ref?: Ref<never>;
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (names: readonly string[]) => void;
  /** What the certificate holds, offered first. */
  readonly names: readonly string[];
}

/** Domain names as chips. */
export function DomainSelect({ names, value, onChange, id, ref }: DomainSelectProps) {
  return (
    <Select<string[]>
      ref={ref ?? null}
      mode="tags"
      tokenSeparators={[',', ' ', ';', '\n']}
      options={names.map((name) => ({ value: name, label: name }))}
      value={[...(value ?? [])]}
      onChange={(chosen) => onChange?.(chosen)}
      {...(id === undefined ? {} : { id })}
    />
  );
}
