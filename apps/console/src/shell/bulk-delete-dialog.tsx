import { Alert, Progress } from 'antd';
import type { ReactNode } from 'react';
import type { Bulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from './bulk-failures.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { shellMessages } from './messages.ts';
import { type Named, nameOrId } from './named.ts';
import './delete-dialog.css';

export interface Kept<Row> {
  /** Why, in a sentence that the rows follow. */
  readonly reason: string;
  readonly rows: readonly Row[];
}

export interface BulkDeleteDialogProps<Row extends Named> {
  /** @param count rows that would go */
  readonly title: (count: number) => string;
  readonly rows: readonly Row[];
  readonly bulk: Bulk<Row>;
  /** What has to be typed before anything happens. */
  readonly word?: string;
  /** Rows that stay, as something uses or protects them: they are named, and not even asked for. */
  readonly kept?: readonly Kept<Row>[];
  readonly nameOf?: (row: Row) => string;
  /** Beside the name of a row: what goes or breaks with it. */
  readonly renderDetail?: (row: Row) => ReactNode;
  readonly onClose: () => void;
  /** @param left rows that are still there, after something has been done */
  readonly onDone: (left: readonly Row[]) => void;
  /** What exactly will happen, in a sentence. */
  readonly children: ReactNode;
}

/** Names what would go and what stays; what the server keeps all the same is told with its reason. */
export function BulkDeleteDialog<Row extends Named>(props: BulkDeleteDialogProps<Row>) {
  const { rows, bulk, word, kept = [], nameOf = nameOrId } = props;
  const { actions } = useMessages(shellMessages);
  const stays = new Set(kept.flatMap((each) => each.rows.map(({ id }) => id)));
  const hasRun = bulk.done > 0 && !bulk.isRunning;
  const failed = bulk.failures.map(({ row }) => row);
  const going = hasRun ? failed : rows.filter(({ id }) => !stays.has(id));
  const leave = (refused: readonly Row[]): void => {
    props.onClose();
    props.onDone([...rows.filter(({ id }) => stays.has(id)), ...refused]);
  };
  const start = async (): Promise<void> => {
    const refused = await bulk.run(going);
    if (refused.length === 0) leave([]);
  };
  return (
    <ConfirmDialog
      title={props.title(going.length === 0 ? rows.length : going.length)}
      okLabel={actions.delete}
      isBusy={bulk.isRunning}
      isBlocked={going.length === 0}
      error={null}
      onOk={() => void start()}
      onClose={() => (hasRun ? leave(failed) : props.onClose())}
      {...(word === undefined ? {} : { word })}
    >
      {going.length > 0 && (
        <>
          {props.children}
          <RowList {...props} rows={going} />
        </>
      )}
      {kept
        .filter((each) => each.rows.length > 0)
        .map((each) => (
          <Alert
            key={each.reason}
            type="warning"
            showIcon
            className="delete-obstacle"
            title={each.reason}
            description={<RowList {...props} rows={each.rows} />}
          />
        ))}
      <BulkState bulk={bulk} count={going.length} nameOf={nameOf} />
    </ConfirmDialog>
  );
}

const mostNamed = 10;

function RowList<Row extends Named>({
  rows,
  nameOf = nameOrId,
  renderDetail,
}: Pick<BulkDeleteDialogProps<Row>, 'rows' | 'nameOf' | 'renderDetail'>) {
  const t = useMessages(shellMessages).list;
  return (
    <ul className="bulk-names">
      {rows.slice(0, mostNamed).map((row) => (
        <li key={row.id}>
          {nameOf(row)} {renderDetail?.(row)}
        </li>
      ))}
      {rows.length > mostNamed && <li>{t.andMore(rows.length - mostNamed)}</li>}
    </ul>
  );
}

interface BulkStateProps<Row extends Named> {
  readonly bulk: Bulk<Row>;
  readonly count: number;
  readonly nameOf: (row: Row) => string;
}

function BulkState<Row extends Named>({ bulk, count, nameOf }: BulkStateProps<Row>) {
  const t = useMessages(shellMessages).list;
  if (!bulk.isRunning) return <BulkFailures bulk={bulk} nameOf={nameOf} />;
  return <Progress percent={Math.round((bulk.done / Math.max(1, count)) * 100)} aria-label={t.progress} />;
}
