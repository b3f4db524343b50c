import { Alert } from 'antd';
import type { Bulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from './failure-panel.tsx';
import { shellMessages } from './messages.ts';
import { type Named, nameOrId } from './named.ts';

export interface BulkFailuresProps<Row extends Named> {
  readonly bulk: Bulk<Row>;
  /** What a row is called that has no name. */
  readonly nameOf?: (row: Row) => string;
}

/** What was refused, each with its reason. */
export function BulkFailures<Row extends Named>({ bulk, nameOf = nameOrId }: BulkFailuresProps<Row>) {
  const t = useMessages(shellMessages).list;
  if (bulk.failures.length === 0) return null;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="failure-panel"
      title={t.refused(bulk.failures.length, bulk.done)}
      description={
        <ul className="failure-list">
          {bulk.failures.map(({ row, error }) => (
            <li key={row.id}>
              {nameOf(row)}: <FailureText error={error} />
            </li>
          ))}
        </ul>
      }
    />
  );
}
