import type { ListenerWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import type { ListenerOperation } from './listener-operations.tsx';
import { ListenersTable } from './listeners-table.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { listenerList } from './queries.ts';

const OperationDialog = lazy(async () => ({
  default: (await import('./listener-operation-dialog.tsx')).ListenerOperationDialog,
}));

interface Chosen {
  readonly operation: ListenerOperation;
  readonly of: ListenerWire;
}

export function ListenersTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages).listeners;
  const list = useQuery(listenerList(of.id));
  const [search, setSearch] = useUrlValue('q');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = useCallback(
    (operation: ListenerOperation, listener: ListenerWire) => setChosen({ operation, of: listener }),
    [],
  );
  if (list.isError) return <FailurePanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingPage />;
  if (list.data.length === 0)
    return <EmptyState title={t.empty} text={t.emptyText} action={<AddButton loadBalancerId={of.id} />} />;
  const shown = list.data.filter((listener) => matchesSearch(search, searchable(listener)));
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
      <ListenersTable rows={shown} onChoose={choose} />
      {chosen !== null && (
        <Suspense>
          <OperationDialog {...chosen} loadBalancer={of} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
}

function searchable({ id, name, protocol, protocol_port: port }: ListenerWire): string[] {
  return [id, name, `${protocol}/${port}`];
}

function AddButton({ loadBalancerId }: { readonly loadBalancerId: string }) {
  const { addListener } = useMessages(loadBalancerMessages);
  const navigate = useNavigate();
  if (!useCanEdit()) return null;
  return (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      onClick={() => void navigate(`/lbs/${loadBalancerId}/listeners/new`)}
    >
      {addListener}
    </Button>
  );
}
