import type { ListenerWire, LoadBalancerWire } from '@elbow/api';
import { Grid } from 'antd';
import { useMemo } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import { TimeText } from '../shell/time-text.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { AddressCell, NameCell, TagsCell } from './cells.tsx';
import { FlavorCell } from './flavor-cell.tsx';
import { ListenersCell } from './listeners-cell.tsx';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';
import { OperationsCell } from './operations-cell.tsx';
import { usePageListeners } from './page-listeners.ts';
import { StatusCell } from './status-cell.tsx';

export interface LoadBalancerTableProps {
  readonly list: PagedList<LoadBalancerWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<LoadBalancerWire>;
  readonly onDelete: (loadBalancer: LoadBalancerWire) => void;
}

type Columns = PagedColumns<LoadBalancerWire>;
type Column = PagedColumn<LoadBalancerWire>;
type ListenersOf = ReadonlyMap<string, readonly ListenerWire[]>;

/** One row for each load balancer; on narrow screens one cell holds what matters. */
export function LoadBalancerTable({ list, selection, onDelete }: LoadBalancerTableProps) {
  const t = useMessages(loadBalancerMessages);
  const isWide = Grid.useBreakpoint().md !== false;
  const canEdit = useCanEdit();
  const listeners = usePageListeners(list.rows ?? []);
  const columns = useMemo(
    () => [
      ...(isWide ? wideColumns(t, listeners) : narrowColumns(t, listeners)),
      ...(canEdit ? [operations(t, onDelete)] : []),
    ],
    [t, isWide, canEdit, listeners, onDelete],
  );
  return (
    <PagedTable
      list={list}
      columns={columns}
      {...(isWide ? { minWidth: 720 } : {})}
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function nameColumn({ columns: t }: LoadBalancerMessages): Column {
  return {
    title: t.name,
    key: 'name',
    sortBy: 'name',
    render: (_, row) => <NameCell object={row} to={`/lbs/${row.id}/listeners`} />,
  };
}

function wideColumns(messages: LoadBalancerMessages, listeners: ListenersOf): Columns {
  const { columns: t } = messages;
  return [
    nameColumn(messages),
    {
      title: t.status,
      key: 'status',
      sortBy: 'operating_status',
      render: (_, row) => <StatusCell of={row} />,
    },
    {
      title: t.address,
      key: 'address',
      sortBy: 'vip_address',
      render: (_, row) => <AddressCell of={row} />,
    },
    {
      title: t.listeners,
      key: 'listeners',
      render: (_, row) => <ListenersCell of={row} listeners={listeners.get(row.id) ?? []} />,
    },
    { title: t.flavor, key: 'flavor', responsive: ['lg'], render: (_, row) => <FlavorCell of={row} /> },
    { title: t.tags, key: 'tags', responsive: ['xl'], render: (_, row) => <TagsCell tags={row.tags} /> },
    {
      title: t.created,
      key: 'created',
      sortBy: 'created_at',
      responsive: ['xxl'],
      render: (_, row) => <TimeText iso={row.created_at} />,
    },
  ];
}

function narrowColumns(messages: LoadBalancerMessages, listeners: ListenersOf): Columns {
  return [
    {
      ...nameColumn(messages),
      render: (_, row) => (
        <>
          <NameCell object={row} to={`/lbs/${row.id}/listeners`} />
          <div className="cell-facts">
            <StatusCell of={row} />
            <code>{row.vip_address ?? messages.noAddress}</code>
            <ListenersCell of={row} listeners={listeners.get(row.id) ?? []} />
          </div>
        </>
      ),
    },
  ];
}

function operations(
  { columns: t }: LoadBalancerMessages,
  onDelete: LoadBalancerTableProps['onDelete'],
): Column {
  return {
    title: t.operations,
    key: 'operations',
    align: 'right',
    render: (_, row) => <OperationsCell of={row} onDelete={() => onDelete(row)} />,
  };
}
