import type { ListenerWire } from '@elbow/api';
import { Grid } from 'antd';
import { useMemo } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { NameCell } from './cells.tsx';
import { AccessCell, CertificateCell, ListenerStateCell, PoliciesCell, PoolCell } from './listener-cells.tsx';
import { ListenerOperations, type ListenerOperationsProps } from './listener-operations.tsx';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';

export interface ListenersTableProps {
  readonly list: PagedList<ListenerWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<ListenerWire>;
  readonly onChoose: ListenerOperationsProps['onChoose'];
}

export function ListenersTable({ list, selection, onChoose }: ListenersTableProps) {
  const t = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  const isWide = Grid.useBreakpoint().md !== false;
  const columns = useMemo(
    () => [...(isWide ? wideColumns(t) : narrowColumns(t)), ...(canEdit ? [operations(t, onChoose)] : [])],
    [t, isWide, canEdit, onChoose],
  );
  return (
    <PagedTable
      list={list}
      columns={columns}
      {...(isWide ? { minWidth: 900 } : {})}
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

type Columns = PagedColumns<ListenerWire>;

function wideColumns({ listeners: { columns: t } }: LoadBalancerMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sortBy: 'name',
      render: (_, row) => <NameCell object={row} to={`/listeners/${row.id}/summary`} />,
    },
    {
      title: t.protocol,
      key: 'protocol',
      sortBy: 'protocol_port',
      render: (_, { protocol, protocol_port: port }) => `${protocol}/${port}`,
    },
    {
      title: t.state,
      key: 'state',
      sortBy: 'operating_status',
      render: (_, row) => <ListenerStateCell of={row} />,
    },
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
      sortBy: 'name',
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
): PagedColumn<ListenerWire> {
  return {
    title: <span className="visually-hidden">{t.operations}</span>,
    key: 'operations',
    align: 'right',
    render: (_, row) => <ListenerOperations of={row} onChoose={onChoose} />,
  };
}
