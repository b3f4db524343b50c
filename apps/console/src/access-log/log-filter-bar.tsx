import { Button, Input, Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { accessLogMessages } from './messages.ts';
import type { FilterKey, LogFiltering } from './use-log-filters.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const texts: readonly FilterKey[] = ['path', 'client', 'member'];
const times: readonly FilterKey[] = ['since', 'until'];

/** A filter for each thing that one looks for in a log. */
export function LogFilterBar({ filters, isAny, set, clear }: LogFiltering) {
  const t = useMessages(accessLogMessages).filters;
  return (
    <div className="log-filters" role="group" aria-label={t.title}>
      <label>
        <span>{t.status}</span>
        <Input
          allowClear
          aria-label={t.status}
          placeholder={t.statusHint}
          value={filters.status}
          onChange={({ target }) => set('status', target.value.trim())}
        />
      </label>
      <label>
        <span>{t.method}</span>
        <Select
          aria-label={t.method}
          value={filters.method}
          options={[{ value: '', label: t.any }, ...methods.map((value) => ({ value, label: value }))]}
          onChange={(value) => set('method', value)}
        />
      </label>
      {texts.map((key) => (
        <label key={key}>
          <span>{t[key]}</span>
          <Input
            allowClear
            aria-label={t[key]}
            value={filters[key]}
            onChange={({ target }) => set(key, target.value)}
          />
        </label>
      ))}
      {times.map((key) => (
        <label key={key}>
          <span>{t[key]}</span>
          <Input
            type="datetime-local"
            aria-label={t[key]}
            step={1}
            value={localOf(filters[key])}
            onChange={({ target }) => set(key, isoOf(target.value))}
          />
        </label>
      ))}
      {!isAny && <Button onClick={clear}>{t.clear}</Button>}
    </div>
  );
}

/** As the field writes local times: `2026-02-03T14:05:06`. */
function localOf(iso: string): string {
  const time = new Date(iso);
  if (iso === '' || Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function isoOf(local: string): string {
  return local === '' ? '' : new Date(local).toISOString();
}
