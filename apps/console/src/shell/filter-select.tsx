import { Select, type SelectProps } from 'antd';
import { useUrlValue } from './use-search.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface FilterSelectProps {
  /** Of the value in the URL; it is empty while nothing is chosen. */
  readonly name: string;
  readonly label: string;
  /** What the empty value is called. */
  readonly any: string;
  readonly choices: readonly Choice[];
  readonly showSearch?: NonNullable<SelectProps<string, Choice>['showSearch']>;
}

/** A filter of a list: one of several values, kept in the address. */
export function FilterSelect({ name, label, any, choices, showSearch = false }: FilterSelectProps) {
  const [value, setValue] = useUrlValue(name);
  return (
    <Select<string, Choice>
      className="list-filter"
      aria-label={label}
      value={value}
      onChange={setValue}
      showSearch={showSearch}
      options={[{ value: '', label: any }, ...choices]}
    />
  );
}
