import type { UserWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { DeleteUserDialog } from './delete-user-dialog.tsx';
import { systemMessages } from './messages.ts';
import { userList } from './queries.ts';
import { useIsAdmin } from './use-session-role.ts';
import { UserDrawer } from './user-drawer.tsx';
import { UserKeysDrawer } from './user-keys-drawer.tsx';
import { UserTable } from './user-table.tsx';
import './system.css';

/** What is open beside the list. */
type Work =
  | { readonly kind: 'none' | 'create' }
  | { readonly kind: 'edit' | 'keys' | 'delete'; readonly user: UserWire };

export function UsersPage() {
  const t = useMessages(systemMessages).users;
  const [work, setWork] = useState<Work>({ kind: 'none' });
  const isAdmin = useIsAdmin();
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setWork({ kind: 'create' })}>
      {t.create}
    </Button>
  );
  return (
    <Page title={t.title} intro={t.intro} actions={isAdmin ? create : null}>
      {isAdmin ? (
        <Users work={work} onWork={setWork} />
      ) : (
        <p>
          {t.onlyAdmins} <Link to="/account">{t.ownLink}</Link>.
        </p>
      )}
    </Page>
  );
}

interface UsersProps {
  readonly work: Work;
  readonly onWork: (work: Work) => void;
}

function Users({ work, onWork }: UsersProps) {
  const t = useMessages(systemMessages).users;
  const [search, setSearch] = useUrlValue('q');
  const list = useQuery(userList);
  const stop = (): void => onWork({ kind: 'none' });
  if (list.isError) return <FailurePanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingPage />;
  const shown = list.data.filter(({ name, description, id }) =>
    matchesSearch(search, [name, description, id]),
  );
  return (
    <>
      <ListToolbar
        search={search}
        onSearch={setSearch}
        placeholder={t.search}
        shown={shown.length}
        all={list.data.length}
        isFetching={list.isFetching}
        onRefresh={() => void list.refetch()}
      />
      <UserTable rows={shown} onWork={(kind, user) => onWork({ kind, user })} />
      {(work.kind === 'create' || work.kind === 'edit') && (
        <UserDrawer user={work.kind === 'edit' ? work.user : null} onClose={stop} />
      )}
      {work.kind === 'keys' && <UserKeysDrawer user={work.user} onClose={stop} />}
      {work.kind === 'delete' && <DeleteUserDialog user={work.user} onClose={stop} />}
    </>
  );
}
