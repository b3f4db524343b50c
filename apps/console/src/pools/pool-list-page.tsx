import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { poolList } from '../load-balancers/listener-queries.ts';
import { ListPage } from '../shell/list-page.tsx';
import { poolMessages } from './messages.ts';
import { PoolFound } from './pool-found.tsx';
import './pools.css';

const CreateDrawer = lazy(async () => ({ default: (await import('./pool-drawer.tsx')).PoolDrawer }));

export function PoolListPage() {
  const t = useMessages(poolMessages);
  const navigate = useNavigate();
  return (
    <ListPage
      texts={t}
      list={useQuery(poolList)}
      createLabel={t.create}
      renderDrawer={(onClose) => (
        <CreateDrawer onClose={onClose} onCreated={({ id }) => void navigate(`/pools/${id}/members`)} />
      )}
    >
      {(found) => <PoolFound {...found} />}
    </ListPage>
  );
}
