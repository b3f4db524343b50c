import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { poolList } from '../load-balancers/listener-queries.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { poolMessages } from './messages.ts';
import { PoolFound } from './pool-found.tsx';
import './pools.css';

const CreateDrawer = lazy(async () => ({ default: (await import('./pool-drawer.tsx')).PoolDrawer }));

export function PoolListPage() {
  const t = useMessages(poolMessages);
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const canEdit = useCanEdit();
  const list = useQuery(poolList);
  const isEmpty = list.data?.length === 0;
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  ) : null;
  return (
    <Page title={t.title} intro={t.intro} actions={isEmpty ? null : button}>
      {list.isError && <FailurePanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingPage />}
      {isEmpty && <EmptyState {...t.empty} action={button} />}
      {list.data !== undefined && !isEmpty && (
        <PoolFound all={list.data} isFetching={list.isFetching} onRefresh={() => void list.refetch()} />
      )}
      {isCreating && (
        <Suspense>
          <CreateDrawer
            onClose={() => setCreating(false)}
            onCreated={({ id }) => void navigate(`/pools/${id}/members`)}
          />
        </Suspense>
      )}
    </Page>
  );
}
