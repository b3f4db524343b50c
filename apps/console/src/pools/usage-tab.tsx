import type { L7PolicyWire, ListenerWire, PoolWire } from '@elbow/api';
import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from '../load-balancers/cells.tsx';
import { ListenerStateCell } from '../load-balancers/listener-cells.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { LoadingPage } from '../shell/loading-page.tsx';
import { LoadBalancerLinks } from './pool-cells.tsx';
import { type PoolMessages, poolMessages } from './messages.ts';
import { usePoolUsers } from './pool-users.ts';

/** Who sends requests to a group. */
export function UsageTab({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const { isKnown, listeners, policies, allListeners } = usePoolUsers(of);
  if (!isKnown) return <LoadingPage />;
  if (allListeners.length === 0) return <p>{t.usage.none}</p>;
  return (
    <>
      {listeners.length > 0 && (
        <>
          <h2 className="section-title">{t.usage.listeners}</h2>
          <Table {...plain} columns={listenerColumns(t)} dataSource={listeners} />
        </>
      )}
      {policies.length > 0 && (
        <>
          <h2 className="section-title">{t.usage.policies}</h2>
          <Table {...plain} columns={policyColumns(t, allListeners)} dataSource={policies} />
        </>
      )}
    </>
  );
}

const plain = {
  rowKey: 'id',
  size: 'middle',
  scroll: { x: 'max-content' },
  pagination: { defaultPageSize: 20, hideOnSinglePage: true },
} as const;

function listenerColumns({ usage: t, columns }: PoolMessages): TableColumnsType<ListenerWire> {
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, row) => <NameCell object={row} to={`/listeners/${row.id}/summary`} />,
    },
    {
      title: t.protocol,
      key: 'protocol',
      render: (_, { protocol, protocol_port: port }) => `${protocol}/${port}`,
    },
    { title: t.state, key: 'state', render: (_, row) => <ListenerStateCell of={row} /> },
    {
      title: columns.loadBalancers,
      key: 'loadBalancers',
      responsive: ['md'],
      render: (_, { loadbalancers }) => <LoadBalancerLinks ids={loadbalancers} />,
    },
  ];
}

function policyColumns(
  { usage: t }: PoolMessages,
  listeners: readonly ListenerWire[],
): TableColumnsType<L7PolicyWire> {
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, row) => <NameCell object={row} to={`/listeners/${row.listener_id}/policies`} />,
    },
    {
      title: t.listener,
      key: 'listener',
      render: (_, { listener_id: id }) => {
        const listener = listeners.find((one) => one.id === id);
        return <Link to={`/listeners/${id}/summary`}>{listener === undefined ? id : nameOf(listener)}</Link>;
      },
    },
    { title: t.priority, key: 'priority', responsive: ['md'], dataIndex: 'priority' },
    { title: t.action, key: 'action', responsive: ['md'], render: (_, { action }) => <code>{action}</code> },
  ];
}
