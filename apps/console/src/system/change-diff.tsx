import type { HistoryEntryWire } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { systemMessages } from './messages.ts';

export interface ChangeDiffProps {
  readonly change: HistoryEntryWire['changes'][number];
}

/** One object that became different, field by field. */
export function ChangeDiff({ change }: ChangeDiffProps) {
  const { activity: t } = useMessages(systemMessages);
  const kind = t.types[change.type as keyof typeof t.types] ?? change.type;
  const action = t.actions[change.action as keyof typeof t.actions] ?? change.action;
  return (
    <section className="act-change">
      <h4>
        <span>{`${action}: ${kind} ${change.name}`}</span>
        <code className="act-soft">{change.id}</code>
      </h4>
      <table className="act-diff">
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(change.fields).map(([name, { before, after }]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <Side className="act-before" value={before} />
              <Side className="act-after" value={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Side({ className, value }: { readonly className: string; readonly value: unknown }) {
  const { activity: t } = useMessages(systemMessages);
  if (value === undefined || value === null) return <td className="act-soft">{t.absent}</td>;
  return (
    <td className={className}>
      <code>{typeof value === 'string' ? value : JSON.stringify(value, null, 1)}</code>
    </td>
  );
}
