import { lazy } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { ListPage } from '../shell/list-page.tsx';
import { usePagedList } from '../shell/use-paged-list.ts';
import { poolMessages } from './messages.ts';
import { usePoolFilters } from './pool-filters.tsx';
import { PoolFound } from './pool-found.tsx';
import { poolPages } from './queries.ts';
import './pools.css';

const CreateDrawer = lazy(async () => ({ default: (await import('./pool-drawer.tsx')).PoolDrawer }));

export function PoolListPage() {
  const t = useMessages(poolMessages);
  const navigate = useNavigate();
  const list = usePagedList({ ...poolPages, filters: usePoolFilters() });
  return (
    <ListPage
      texts={t}
      list={list}
      createLabel={t.create}
      renderDrawer={(onClose) => (
        <CreateDrawer onClose={onClose} onCreated={({ id }) => void navigate(`/pools/${id}/members`)} />
      )}
    >
      <PoolFound list={list} />
    </ListPage>
  );
}
