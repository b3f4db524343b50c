import type { LoadBalancerWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { LoadBalancerTable } from './load-balancer-table.tsx';
import { loadBalancerMessages } from './messages.ts';
import { loadBalancerList } from './queries.ts';

const CreateDrawer = lazy(async () => ({
  default: (await import('./create-load-balancer-drawer.tsx')).CreateLoadBalancerDrawer,
}));

const DeleteDialog = lazy(async () => ({
  default: (await import('./delete-load-balancer-dialog.tsx')).DeleteLoadBalancerDialog,
}));

export function LoadBalancerListPage() {
  const t = useMessages(loadBalancerMessages);
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const button = useCreateButton(() => setCreating(true));
  const list = useQuery(loadBalancerList);
  const isEmpty = list.data?.length === 0;
  return (
    <Page title={t.title} actions={isEmpty ? null : button}>
      {list.isError && <FailurePanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingPage />}
      {isEmpty && <EmptyState {...t.empty} action={button} />}
      {list.data !== undefined && !isEmpty && (
        <Found all={list.data} isFetching={list.isFetching} onRefresh={() => void list.refetch()} />
      )}
      {isCreating && (
        <Suspense>
          <CreateDrawer
            onClose={() => setCreating(false)}
            onCreated={(id) => void navigate(`/lbs/${id}/listeners`)}
          />
        </Suspense>
      )}
    </Page>
  );
}

function useCreateButton(onClick: () => void) {
  const t = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  if (!canEdit) return null;
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={onClick}>
      {t.create}
    </Button>
  );
}

interface FoundProps {
  readonly all: readonly LoadBalancerWire[];
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

function Found({ all, isFetching, onRefresh }: FoundProps) {
  const t = useMessages(loadBalancerMessages);
  const [search, setSearch] = useUrlValue('q');
  const [removing, setRemoving] = useState<LoadBalancerWire | null>(null);
  const shown = all.filter((one) => matchesSearch(search, searchable(one)));
  return (
    <>
      <ListToolbar
        {...{ search, isFetching, onRefresh }}
        onSearch={setSearch}
        placeholder={t.search}
        shown={shown.length}
        all={all.length}
      />
      <LoadBalancerTable rows={shown} onDelete={setRemoving} />
      {removing !== null && (
        <Suspense>
          <DeleteDialog of={removing} onClose={() => setRemoving(null)} />
        </Suspense>
      )}
    </>
  );
}

function searchable({ id, name, description, vip_address, tags }: LoadBalancerWire): (string | null)[] {
  return [id, name, description, vip_address, ...tags.map(({ key, value }) => `${key}=${value}`)];
}
