import type { ListenerWire } from '@elbow/api';
import { Grid, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from './cells.tsx';
import { AccessCell, CertificateCell, ListenerStateCell, PoliciesCell, PoolCell } from './listener-cells.tsx';
import { ListenerOperations, type ListenerOperationsProps } from './listener-operations.tsx';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';

export interface ListenersTableProps {
  readonly rows: readonly ListenerWire[];
  readonly onChoose: ListenerOperationsProps['onChoose'];
}

export function ListenersTable({ rows, onChoose }: ListenersTableProps) {
  const t = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  const isWide = Grid.useBreakpoint().md !== false;
  const columns = useMemo(
    () => [...(isWide ? wideColumns(t) : narrowColumns(t)), ...(canEdit ? [operations(t, onChoose)] : [])],
    [t, isWide, canEdit, onChoose],
  );
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      {...(isWide ? { scroll: { x: 900 } } : {})}
      pagination={{ defaultPageSize: 20, showSizeChanger: true, hideOnSinglePage: rows.length <= 20 }}
    />
  );
}

type Columns = TableColumnsType<ListenerWire>;

function wideColumns({ listeners: { columns: t } }: LoadBalancerMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, row) => <NameCell object={row} to={`/listeners/${row.id}/summary`} />,
    },
    {
      title: t.protocol,
      key: 'protocol',
      sorter: (a, b) => a.protocol_port - b.protocol_port,
      render: (_, { protocol, protocol_port: port }) => `${protocol}/${port}`,
    },
    { title: t.state, key: 'state', render: (_, row) => <ListenerStateCell of={row} /> },
    { title: t.pool, key: 'pool', render: (_, row) => <PoolCell of={row} /> },
    { title: t.policies, key: 'policies', render: (_, row) => <PoliciesCell of={row} /> },
    { title: t.certificate, key: 'certificate', render: (_, row) => <CertificateCell of={row} /> },
    { title: t.access, key: 'access', render: (_, row) => <AccessCell of={row} /> },
  ];
}

function narrowColumns({ listeners: { columns: t } }: LoadBalancerMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, row) => (
        <>
          <NameCell object={row} to={`/listeners/${row.id}/summary`} />
          <div className="cell-facts">
            <ListenerStateCell of={row} />
            <span>{`${row.protocol}/${row.protocol_port}`}</span>
            <PoolCell of={row} />
            <AccessCell of={row} />
          </div>
        </>
      ),
    },
  ];
}

function operations(
  { columns: t }: LoadBalancerMessages,
  onChoose: ListenersTableProps['onChoose'],
): Columns[number] {
  return {
    title: <span className="visually-hidden">{t.operations}</span>,
    key: 'operations',
    align: 'right',
    render: (_, row) => <ListenerOperations of={row} onChoose={onChoose} />,
  };
}
