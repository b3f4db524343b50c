import type { HistoryEntryWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { systemMessages } from './messages.ts';
import { type ActivityFilters, userList } from './queries.ts';
import { useIsAdmin } from './use-session-role.ts';

export interface ActivityFilterBarProps {
  readonly filters: ActivityFilters;
  readonly entries: readonly HistoryEntryWire[];
}

/** Filters of the history, in the address bar. */
export function ActivityFilterBar({ filters, entries }: ActivityFilterBarProps) {
  const { activity: t } = useMessages(systemMessages);
  const [, setParams] = useSearchParams();
  const users = useUserChoices(entries);
  const any = { value: '', label: t.filters.any };
  const set = (key: keyof ActivityFilters, value: string): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(key);
        else after.set(key, value);
        return after;
      },
      { replace: true },
    );
  return (
    <div className="act-filters" role="group" aria-label={t.filters.title}>
      <Choice
        label={t.filters.type}
        value={filters.resource_type}
        options={[any, ...Object.entries(t.types).map(([value, label]) => ({ value, label }))]}
        onChange={(value) => set('resource_type', value)}
      />
      <Choice
        label={t.filters.user}
        value={filters.user_id}
        options={[any, ...users]}
        onChange={(value) => set('user_id', value)}
      />
      <label>
        <span>{t.filters.id}</span>
        <Input
          allowClear
          aria-label={t.filters.id}
          value={filters.resource_id}
          onChange={({ target }) => set('resource_id', target.value.replaceAll(/[^A-Za-z0-9-]/g, ''))}
        />
      </label>
      <label>
        <span>{t.filters.since}</span>
        <Input
          type="date"
          aria-label={t.filters.since}
          value={filters.since.slice(0, 10)}
          onChange={({ target }) =>
            set('since', target.value === '' ? '' : new Date(`${target.value}T00:00`).toISOString())
          }
        />
      </label>
      {Object.values(filters).some((value) => value !== '') && (
        <Button onClick={() => setParams({}, { replace: true })}>{t.filters.clear}</Button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: { value: string; label: string }[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <Select aria-label={label} value={value} options={options} onChange={onChange} />
    </label>
  );
}

/** All users for whoever may see them; for others, those of the entries. */
function useUserChoices(entries: readonly HistoryEntryWire[]) {
  const isAdmin = useIsAdmin();
  const known = useQuery({ ...userList, enabled: isAdmin }).data ?? [];
  const seen = new Map([...known, ...entries.map(({ user }) => user)].map(({ id, name }) => [id, name]));
  return [...seen].map(([value, label]) => ({ value, label }));
}
