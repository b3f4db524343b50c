import type { IpGroupWire, ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from '../load-balancers/cells.tsx';
import { listenerList } from '../load-balancers/queries.ts';
import { LoadingPage } from '../shell/loading-page.tsx';
import { type IpGroupMessages, ipGroupMessages } from './messages.ts';

/** Listeners that let in, or keep out, the addresses of a group. */
export function ListenersTab({ of }: { readonly of: IpGroupWire }) {
  const { listeners: t } = useMessages(ipGroupMessages);
  const found = useQuery(listenerList());
  if (of.listeners.length === 0) return <p>{t.empty}</p>;
  if (found.data === undefined) return <LoadingPage />;
  const ids = new Set(of.listeners.map(({ id }) => id));
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columnsOf(t)}
      dataSource={found.data.filter(({ id }) => ids.has(id))}
      scroll={{ x: 'max-content' }}
      pagination={{ defaultPageSize: 20, hideOnSinglePage: true }}
    />
  );
}

function columnsOf(t: IpGroupMessages['listeners']): TableColumnsType<ListenerWire> {
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
    { title: t.access, key: 'access', render: (_, { ipgroup }) => accessText(ipgroup, t) },
  ];
}

function accessText(access: ListenerWire['ipgroup'], t: IpGroupMessages['listeners']): string {
  if (access === null) return '–';
  return access.enable_ipgroup ? t[access.type] : `${t[access.type]} (${t.off})`;
}
