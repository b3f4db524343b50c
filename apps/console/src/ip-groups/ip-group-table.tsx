import type { IpGroupWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { NameCell } from '../load-balancers/cells.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import { TimeText } from '../shell/time-text.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { ListenerLinks } from './listener-links.tsx';
import { type IpGroupMessages, ipGroupMessages } from './messages.ts';
import { entryCount, mostEntries } from './queries.ts';

export interface IpGroupTableProps {
  readonly list: PagedList<IpGroupWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<IpGroupWire>;
  readonly onDelete: (group: IpGroupWire) => void;
}

type Columns = PagedColumns<IpGroupWire>;

export function IpGroupTable({ list, selection, onDelete }: IpGroupTableProps) {
  const t = useMessages(ipGroupMessages);
  const most = useQuery(mostEntries).data ?? -1;
  const columns = useMemo(() => [...factColumns(t, most), operations(t, onDelete)], [t, most, onDelete]);
  return (
    <PagedTable
      list={list}
      columns={columns}
      minWidth="max-content"
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function factColumns({ columns: t, entriesOf }: IpGroupMessages, most: number): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sortBy: 'name',
      render: (_, row) => <NameCell object={row} to={`/ip-groups/${row.id}`} />,
    },
    {
      title: t.entries,
      key: 'entries',
      sortBy: 'ip_count',
      render: (_, row) => (most < 0 ? entryCount(row) : entriesOf(entryCount(row), most)),
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
      sortBy: 'created_at',
      responsive: ['md'],
      render: (_, { created_at: at }) => <TimeText iso={at} />,
    },
  ];
}

function operations(
  { columns: t }: IpGroupMessages,
  onDelete: IpGroupTableProps['onDelete'],
): PagedColumn<IpGroupWire> {
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
