import type { UserWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { ListBody } from '../shell/list-page.tsx';
import { Page } from '../shell/page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { useLocalList } from '../shell/use-local-list.ts';
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
  const found = useQuery(userList);
  const list = useLocalList({
    rows: found.data,
    textsOf: textsOfUser,
    sorts: userSorts,
    isFetching: found.isFetching,
    error: found.error,
    refetch: () => void found.refetch(),
  });
  const stop = (): void => onWork({ kind: 'none' });
  return (
    <ListBody list={list} empty={null}>
      <PagedToolbar list={list} placeholder={t.search} />
      <UserTable list={list} onWork={(kind, user) => onWork({ kind, user })} />
      {(work.kind === 'create' || work.kind === 'edit') && (
        <UserDrawer user={work.kind === 'edit' ? work.user : null} onClose={stop} />
      )}
      {work.kind === 'keys' && <UserKeysDrawer user={work.user} onClose={stop} />}
      {work.kind === 'delete' && <DeleteUserDialog user={work.user} onClose={stop} />}
    </ListBody>
  );
}

const userSorts = {
  name: ({ name }: UserWire) => name,
  role: ({ role }: UserWire) => role,
  enabled: ({ enabled }: UserWire) => Number(!enabled),
  created_at: ({ created_at: at }: UserWire) => at,
};

function textsOfUser({ name, description, id }: UserWire): readonly string[] {
  return [name, description, id];
}
