import type { HealthMonitorWire, MemberWire, PoolWire } from '@elbow/api';
import { Table, type TableColumnsType } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { InlineNumber } from './inline-number.tsx';
import { MemberDetail } from './member-detail.tsx';
import { MemberHealthCell } from './member-health-cell.tsx';
import { type MemberAction, MemberOperations } from './member-operations.tsx';
import { changedAt, nameOfMember, placeOf } from './member-state.ts';
import { type PoolMessages, poolMessages } from './messages.ts';
import { useMemberChanges } from './use-member-writes.ts';

export interface MemberTableProps {
  readonly of: PoolWire;
  readonly rows: readonly MemberWire[];
  readonly monitor: HealthMonitorWire | undefined;
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onAction: (action: MemberAction, members: readonly MemberWire[]) => void;
}

type Columns = TableColumnsType<MemberWire>;

export function MemberTable({ of, rows, monitor, selected, onSelect, onAction }: MemberTableProps) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const columns: Columns = [
    serverColumn(t),
    {
      title: t.members.health,
      key: 'health',
      sorter: (a, b) => a.operating_status.localeCompare(b.operating_status),
      render: (_, row) => <MemberHealthCell of={row} monitor={monitor} />,
    },
    weightColumn(t, of),
    {
      title: t.members.changed,
      key: 'changed',
      responsive: ['lg'],
      render: (_, row) => <TimeText iso={changedAt(row)} />,
    },
    ...(canEdit ? [operations(t, onAction)] : []),
  ];
  return (
    <Table
      className="scroll-table"
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      expandable={expansionOf(of.id, monitor)}
      pagination={{ defaultPageSize: 50, showSizeChanger: true, hideOnSinglePage: rows.length <= 50 }}
      {...(canEdit ? { rowSelection: selectionOf(selected, onSelect) } : {})}
    />
  );
}

function expansionOf(poolId: string, monitor: HealthMonitorWire | undefined) {
  return {
    expandedRowRender: (row: MemberWire) => <MemberDetail of={row} poolId={poolId} monitor={monitor} />,
  };
}

function serverColumn({ members: t }: PoolMessages): Columns[number] {
  return {
    title: t.server,
    key: 'server',
    sorter: (a, b) => nameOfMember(a).localeCompare(nameOfMember(b), 'en', { numeric: true }),
    render: (_, row) => (
      <>
        {row.name !== '' && <span className="cell-main">{row.name}</span>}
        <code className={row.name === '' ? 'cell-main' : 'cell-sub'}>{placeOf(row)}</code>
      </>
    ),
  };
}

function weightColumn({ members: t }: PoolMessages, pool: PoolWire): Columns[number] {
  return {
    title: t.weight,
    key: 'weight',
    sorter: (a, b) => a.weight - b.weight,
    render: (_, row) => <WeightCell of={row} pool={pool} />,
  };
}

function WeightCell({ of, pool }: { readonly of: MemberWire; readonly pool: PoolWire }) {
  const { members: t } = useMessages(poolMessages);
  const change = useMemberChanges(pool);
  const save = (weight: number) => change.run([{ id: of.id, weight }]).then((body) => body !== null);
  return (
    <InlineNumber label={t.weightOf(nameOfMember(of))} value={of.weight} min={0} max={100} onSave={save} />
  );
}

function operations({ members: t }: PoolMessages, onAction: MemberTableProps['onAction']): Columns[number] {
  return {
    title: t.operations,
    key: 'operations',
    render: (_, row) => <MemberOperations of={row} onAction={(action) => onAction(action, [row])} />,
  };
}

function selectionOf(selected: readonly string[], onSelect: MemberTableProps['onSelect']) {
  return {
    selectedRowKeys: [...selected],
    onChange: (keys: readonly unknown[]) => onSelect(keys.map(String)),
    getCheckboxProps: (member: MemberWire) => ({ 'aria-label': nameOfMember(member) }) as object,
  };
}
