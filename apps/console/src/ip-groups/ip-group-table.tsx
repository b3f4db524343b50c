import type { IpGroupWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from '../load-balancers/cells.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { ListenerLinks } from './listener-links.tsx';
import { type IpGroupMessages, ipGroupMessages } from './messages.ts';
import { mostEntries } from './queries.ts';

export interface IpGroupTableProps {
  readonly rows: readonly IpGroupWire[];
  readonly onDelete: (group: IpGroupWire) => void;
}

type Columns = TableColumnsType<IpGroupWire>;

export function IpGroupTable({ rows, onDelete }: IpGroupTableProps) {
  const t = useMessages(ipGroupMessages);
  const most = useQuery(mostEntries).data ?? -1;
  const columns = useMemo(() => [...factColumns(t, most), operations(t, onDelete)], [t, most, onDelete]);
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

function factColumns({ columns: t, entriesOf }: IpGroupMessages, most: number): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sorter: (a, b) => nameOf(a).localeCompare(nameOf(b)),
      render: (_, row) => <NameCell object={row} to={`/ip-groups/${row.id}`} />,
    },
    {
      title: t.entries,
      key: 'entries',
      sorter: (a, b) => a.ip_list.length - b.ip_list.length,
      render: (_, { ip_list: { length } }) => (most < 0 ? length : entriesOf(length, most)),
    },
    { title: t.listeners, key: 'listeners', render: (_, { listeners }) => <ListenerLinks ids={listeners} /> },
    {
      title: t.description,
      key: 'description',
      responsive: ['lg'],
      render: (_, { description }) => <span className="ipg-description">{description || '–'}</span>,
    },
    {
      title: t.created,
      key: 'created',
      responsive: ['md'],
      sorter: (a, b) => a.created_at.localeCompare(b.created_at),
      render: (_, { created_at: at }) => <TimeText iso={at} />,
    },
  ];
}

function operations(
  { columns: t }: IpGroupMessages,
  onDelete: IpGroupTableProps['onDelete'],
): Columns[number] {
  return {
    title: t.operations,
    key: 'operations',
    render: (_, row) => <Operations of={row} onDelete={() => onDelete(row)} />,
  };
}

function Operations({ of, onDelete }: { readonly of: IpGroupWire; readonly onDelete: () => void }) {
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  return (
    <span className="operations">
      <Link to={`/ip-groups/${of.id}`}>{actions.edit}</Link>
      <Button type="link" size="small" onClick={onDelete} aria-label={`${actions.delete} ${nameOf(of)}`}>
        {actions.delete}
      </Button>
    </span>
  );
}
