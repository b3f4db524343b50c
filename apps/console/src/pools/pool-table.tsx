import type { MemberOfAnyPoolWire, PoolWire } from '@elbow/api';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { NameCell } from '../load-balancers/cells.tsx';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import { TimeText } from '../shell/time-text.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { HealthBar } from './health-bar.tsx';
import { countsOf } from './member-state.ts';
import { type PoolMessages, poolMessages } from './messages.ts';
import { CheckCell, LoadBalancerLinks, PoolOperations } from './pool-cells.tsx';

export interface PoolTableProps {
  readonly list: PagedList<PoolWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<PoolWire>;
  /** By the id of their group. */
  readonly members: ReadonlyMap<string, readonly MemberOfAnyPoolWire[]>;
  readonly isOfLoadBalancer: boolean;
  readonly onDelete: (pool: PoolWire) => void;
}

type Columns = PagedColumns<PoolWire>;

export function PoolTable(props: PoolTableProps) {
  const { list, selection, members, isOfLoadBalancer, onDelete } = props;
  const t = useMessages(poolMessages);
  const columns = useMemo(
    () => [...factColumns(t, members), ...useColumns(t, isOfLoadBalancer), operations(t, onDelete)],
    [t, members, isOfLoadBalancer, onDelete],
  );
  return (
    <PagedTable
      list={list}
      columns={columns}
      minWidth="max-content"
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function factColumns({ columns: t, algorithms }: PoolMessages, members: PoolTableProps['members']): Columns {
  const countOf = ({ id }: PoolWire) => countsOf(members.get(id) ?? []);
  return [
    {
      title: t.name,
      key: 'name',
      sortBy: 'name',
      render: (_, row) => <NameCell object={row} to={`/pools/${row.id}`} />,
    },
    {
      title: t.servers,
      key: 'servers',
      sortBy: 'member_operating_status',
      render: (_, row) => <HealthBar counts={countOf(row)} />,
    },
    {
      title: t.protocol,
      key: 'protocol',
      sortBy: 'protocol',
      responsive: ['sm'],
      dataIndex: 'protocol',
    },
    {
      title: t.algorithm,
      key: 'algorithm',
      responsive: ['lg'],
      render: (_, { lb_algorithm: algorithm }) => algorithms[algorithm],
    },
    {
      title: t.check,
      key: 'check',
      responsive: ['md'],
      render: (_, row) => <CheckCell of={row} />,
    },
  ];
}

function useColumns({ columns: t }: PoolMessages, isOfLoadBalancer: boolean): Columns {
  const loadBalancers: Columns = [
    {
      title: t.loadBalancers,
      key: 'loadBalancers',
      responsive: ['xl'],
      render: (_, { loadbalancers }) => <LoadBalancerLinks ids={loadbalancers} />,
    },
  ];
  return [
    {
      title: t.listeners,
      key: 'listeners',
      responsive: ['md'],
      render: (_, { listeners }) => <ListenerLinks ids={listeners} />,
    },
    ...(isOfLoadBalancer ? [] : loadBalancers),
    {
      title: t.created,
      key: 'created',
      sortBy: 'created_at',
      responsive: ['xl'],
      render: (_, { created_at: at }) => <TimeText iso={at} />,
    },
  ];
}

function operations(
  { columns: t }: PoolMessages,
  onDelete: PoolTableProps['onDelete'],
): PagedColumn<PoolWire> {
  return {
    title: t.operations,
    key: 'operations',
    render: (_, row) => <PoolOperations of={row} onDelete={() => onDelete(row)} />,
  };
}
