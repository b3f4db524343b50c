import type { HealthMonitorWire, MemberWire, PoolWire } from '@elbow/api';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import { TimeText } from '../shell/time-text.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { InlineNumber } from './inline-number.tsx';
import { MemberDetail } from './member-detail.tsx';
import { MemberHealthCell } from './member-health-cell.tsx';
import { MemberLoadCell } from './member-load-cell.tsx';
import { type MemberAction, MemberOperations } from './member-operations.tsx';
import { changedAt, nameOfMember, placeOf } from './member-state.ts';
import { type PoolMessages, poolMessages } from './messages.ts';
import { useMemberEdit } from './use-member-writes.ts';

export interface MemberTableProps {
  readonly of: PoolWire;
  readonly list: PagedList<MemberWire>;
  readonly monitor: HealthMonitorWire | undefined;
  readonly selection: Selection<MemberWire>;
  readonly onAction: (action: MemberAction, members: readonly MemberWire[]) => void;
}

type Columns = PagedColumns<MemberWire>;
type Column = PagedColumn<MemberWire>;

export function MemberTable({ of, list, monitor, selection, onAction }: MemberTableProps) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const columns: Columns = [
    serverColumn(t),
    {
      title: t.members.health,
      key: 'health',
      sortBy: 'operating_status',
      render: (_, row) => <MemberHealthCell of={row} monitor={monitor} />,
    },
    weightColumn(t, of),
    {
      title: <span title={t.members.inFlightHelp}>{t.members.inFlight}</span>,
      key: 'load',
      align: 'right',
      responsive: ['md'],
      render: (_, row) => <MemberLoadCell poolId={of.id} memberId={row.id} />,
    },
    {
      title: t.members.changed,
      key: 'changed',
      responsive: ['lg'],
      render: (_, row) => <TimeText iso={changedAt(row)} />,
    },
    ...(canEdit ? [operations(t, onAction)] : []),
  ];
  return (
    <PagedTable
      className="scroll-table"
      list={list}
      columns={columns}
      nameOf={nameOfMember}
      expandable={expansionOf(of.id, monitor)}
      {...(canEdit ? { selection } : {})}
    />
  );
}

function expansionOf(poolId: string, monitor: HealthMonitorWire | undefined) {
  return {
    expandedRowRender: (row: MemberWire) => <MemberDetail of={row} poolId={poolId} monitor={monitor} />,
  };
}

function serverColumn({ members: t }: PoolMessages): Column {
  return {
    title: t.server,
    key: 'server',
    sortBy: 'name',
    render: (_, row) => (
      <>
        {row.name !== '' && <span className="cell-main">{row.name}</span>}
        <code className={row.name === '' ? 'cell-main' : 'cell-sub'}>{placeOf(row)}</code>
      </>
    ),
  };
}

function weightColumn({ members: t }: PoolMessages, pool: PoolWire): Column {
  return {
    title: t.weight,
    key: 'weight',
    sortBy: 'weight',
    render: (_, row) => <WeightCell of={row} pool={pool} />,
  };
}

function WeightCell({ of, pool }: { readonly of: MemberWire; readonly pool: PoolWire }) {
  const { members: t } = useMessages(poolMessages);
  const edit = useMemberEdit(pool, of);
  return (
    <>
      <InlineNumber
        label={t.weightOf(nameOfMember(of))}
        value={of.weight}
        min={0}
        max={100}
        onOpen={edit.begin}
        onSave={(weight) => edit.run({ weight })}
      />
      {edit.dialog}
    </>
  );
}

function operations({ members: t }: PoolMessages, onAction: MemberTableProps['onAction']): Column {
  return {
    title: t.operations,
    key: 'operations',
    render: (_, row) => <MemberOperations of={row} onAction={(action) => onAction(action, [row])} />,
  };
}
