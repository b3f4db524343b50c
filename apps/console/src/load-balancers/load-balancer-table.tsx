import type { LoadBalancerWire } from '@elbow/api';
import { Grid, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { AddressCell, NameCell, TagsCell } from './cells.tsx';
import { FlavorCell } from './flavor-cell.tsx';
import { ListenersCell } from './listeners-cell.tsx';
import { nameOf } from './load-balancer-status.ts';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';
import { OperationsCell } from './operations-cell.tsx';
import { StatusCell } from './status-cell.tsx';

export interface LoadBalancerTableProps {
  readonly rows: readonly LoadBalancerWire[];
  readonly onDelete: (loadBalancer: LoadBalancerWire) => void;
}

type Columns = TableColumnsType<LoadBalancerWire>;

/** One row for each load balancer; on narrow screens one cell holds what matters. */
export function LoadBalancerTable({ rows, onDelete }: LoadBalancerTableProps) {
  const t = useMessages(loadBalancerMessages);
  const isWide = Grid.useBreakpoint().md !== false;
  const columns = useMemo(
    () => [...(isWide ? wideColumns(t) : narrowColumns(t)), operations(t, onDelete)],
    [t, isWide, onDelete],
  );
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      {...(isWide ? { scroll: { x: 720 } } : {})}
      pagination={{ defaultPageSize: 20, showSizeChanger: true, hideOnSinglePage: rows.length <= 20 }}
    />
  );
}

function nameColumn({ columns: t }: LoadBalancerMessages): Columns[number] {
  return {
    title: t.name,
    key: 'name',
    sorter: (a, b) => nameOf(a).localeCompare(nameOf(b)),
    render: (_, row) => <NameCell object={row} to={`/lbs/${row.id}/listeners`} />,
  };
}

function wideColumns(messages: LoadBalancerMessages): Columns {
  const { columns: t } = messages;
  return [
    nameColumn(messages),
    { title: t.status, key: 'status', render: (_, row) => <StatusCell of={row} /> },
    { title: t.address, key: 'address', render: (_, row) => <AddressCell of={row} /> },
    { title: t.listeners, key: 'listeners', render: (_, row) => <ListenersCell of={row} /> },
    { title: t.flavor, key: 'flavor', responsive: ['lg'], render: (_, row) => <FlavorCell of={row} /> },
    { title: t.tags, key: 'tags', responsive: ['xl'], render: (_, row) => <TagsCell tags={row.tags} /> },
    {
      title: t.created,
      key: 'created',
      responsive: ['xxl'],
      sorter: (a, b) => a.created_at.localeCompare(b.created_at),
      render: (_, row) => <TimeText iso={row.created_at} />,
    },
  ];
}

function narrowColumns(messages: LoadBalancerMessages): Columns {
  return [
    {
      ...nameColumn(messages),
      render: (_, row) => (
        <>
          <NameCell object={row} to={`/lbs/${row.id}/listeners`} />
          <div className="cell-facts">
            <StatusCell of={row} />
            <code>{row.vip_address ?? messages.noAddress}</code>
            <ListenersCell of={row} />
          </div>
        </>
      ),
    },
  ];
}

function operations(
  { columns: t }: LoadBalancerMessages,
  onDelete: LoadBalancerTableProps['onDelete'],
): Columns[number] {
  return {
    title: t.operations,
    key: 'operations',
    align: 'right',
    render: (_, row) => <OperationsCell of={row} onDelete={() => onDelete(row)} />,
  };
}
