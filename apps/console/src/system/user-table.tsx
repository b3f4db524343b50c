import type { UserWire } from '@elbow/api';
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown, Grid } from 'antd';
import { sessionStore } from '../api/session.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { PagedTable } from '../shell/paged-table.tsx';
import type { PagedColumns } from '../shell/sortable-columns.tsx';
import { StatusText } from '../shell/status-dot.tsx';
import { useStore } from '../shell/store.ts';
import { TimeText } from '../shell/time-text.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { systemMessages } from './messages.ts';

export type UserWork = 'edit' | 'keys' | 'delete';

export interface UserTableProps {
  readonly list: PagedList<UserWire>;
  readonly onWork: (work: UserWork, user: UserWire) => void;
}

type Columns = PagedColumns<UserWire>;

export function UserTable({ list, onWork }: UserTableProps) {
  const t = useMessages(systemMessages).users;
  const isWide = Grid.useBreakpoint().md !== false;
  const facts: Columns = [
    { title: t.role, key: 'role', sortBy: 'role', render: (_, user) => t.roles[user.role] },
    { title: t.state, key: 'state', sortBy: 'enabled', render: (_, user) => <UserState user={user} /> },
    {
      title: t.keys,
      key: 'keys',
      render: (_, user) => (
        <Button
          type="link"
          size="small"
          aria-label={`${user.keys.length} ${t.keysOf(user.name)}`}
          onClick={() => onWork('keys', user)}
        >
          {user.keys.length}
        </Button>
      ),
    },
    {
      title: t.created,
      key: 'created',
      sortBy: 'created_at',
      responsive: ['lg'],
      render: (_, user) => <TimeText iso={user.created_at} />,
    },
  ];
  const columns: Columns = [
    {
      title: t.name,
      key: 'name',
      sortBy: 'name',
      render: (_, user) => <NameCell user={user} isWide={isWide} />,
    },
    ...(isWide ? facts : []),
    {
      title: t.operations,
      key: 'operations',
      align: 'right',
      render: (_, user) => <Operations user={user} onWork={onWork} />,
    },
  ];
  return <PagedTable list={list} columns={columns} />;
}

function NameCell({ user, isWide }: { readonly user: UserWire; readonly isWide: boolean }) {
  const t = useMessages(systemMessages).users;
  const own = useStore(sessionStore)?.userName;
  return (
    <>
      <span className="cell-main">{own === user.name ? `${user.name} (${t.you})` : user.name}</span>
      {user.description !== '' && <span className="cell-sub">{user.description}</span>}
      {!isWide && (
        <div className="cell-facts">
          <span>{t.roles[user.role]}</span>
          <UserState user={user} />
        </div>
      )}
    </>
  );
}

function UserState({ user: { enabled } }: { readonly user: UserWire }) {
  const t = useMessages(systemMessages).users;
  return <StatusText tone={enabled ? 'good' : 'off'}>{enabled ? t.enabled : t.disabled}</StatusText>;
}

interface OperationsProps extends Pick<UserTableProps, 'onWork'> {
  readonly user: UserWire;
}

function Operations({ user, onWork }: OperationsProps) {
  const t = useMessages(systemMessages).users;
  const { actions } = useMessages(shellMessages);
  const items = [
    { key: 'edit', label: actions.edit, onClick: () => onWork('edit', user) },
    { key: 'keys', label: t.keys, onClick: () => onWork('keys', user) },
    { key: 'delete', label: actions.delete, danger: true, onClick: () => onWork('delete', user) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.operationsOf(user.name)} />
    </Dropdown>
  );
}
