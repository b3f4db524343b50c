import type { LoadBalancerWire } from '@elbow/api';
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { NameCell, TagsCell } from './cells.tsx';
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

export function LoadBalancerTable({ rows, onDelete }: LoadBalancerTableProps) {
  const t = useMessages(loadBalancerMessages);
  const columns = useMemo(() => [...factColumns(t), operations(t, onDelete)], [t, onDelete]);
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      pagination={{ defaultPageSize: 20, showSizeChanger: true, hideOnSinglePage: rows.length <= 20 }}
    />
  );
}

function factColumns({ columns: t, noAddress }: LoadBalancerMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sorter: (a, b) => nameOf(a).localeCompare(nameOf(b)),
      render: (_, row) => <NameCell object={row} to={`/lbs/${row.id}/listeners`} />,
    },
    { title: t.status, key: 'status', render: (_, row) => <StatusCell of={row} /> },
    { title: t.address, key: 'address', render: (_, row) => <code>{row.vip_address ?? noAddress}</code> },
    { title: t.listeners, key: 'listeners', render: (_, row) => <ListenersCell of={row} /> },
    { title: t.flavor, key: 'flavor', responsive: ['md'], render: (_, row) => <FlavorCell of={row} /> },
    {
      title: t.zones,
      key: 'zones',
      responsive: ['lg'],
      render: (_, row) => row.availability_zone_list.join(', '),
    },
    { title: t.tags, key: 'tags', responsive: ['lg'], render: (_, row) => <TagsCell tags={row.tags} /> },
    {
      title: t.created,
      key: 'created',
      responsive: ['md'],
      sorter: (a, b) => a.created_at.localeCompare(b.created_at),
      render: (_, row) => <TimeText iso={row.created_at} />,
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
    render: (_, row) => <OperationsCell of={row} onDelete={() => onDelete(row)} />,
  };
}
