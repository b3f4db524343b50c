import type { IpGroupWire, ListenerWire } from '@elbow/api';
import { Table, type TableColumnsType } from 'antd';
import { useByIds } from '../api/use-by-ids.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from '../load-balancers/cells.tsx';
import { listenerById } from '../load-balancers/named-queries.ts';
import { type IpGroupMessages, ipGroupMessages } from './messages.ts';

/** Listeners that let in, or keep out, the addresses of a group. */
export function ListenersTab({ of }: { readonly of: IpGroupWire }) {
  const { listeners: t } = useMessages(ipGroupMessages);
  const rows = useByIds(
    listenerById,
    of.listeners.map(({ id }) => id),
  );
  if (of.listeners.length === 0) return <p>{t.empty}</p>;
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columnsOf(t)}
      dataSource={rows}
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
