import type { ListenerWire, LoadBalancerWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { listenerPages } from '../listeners/queries.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FilterSelect } from '../shell/filter-select.tsx';
import { ListBody } from '../shell/list-page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { type PagedList, usePagedList } from '../shell/use-paged-list.ts';
import { useUrlValue } from '../shell/use-search.ts';
import type { ListenerOperation } from './listener-operations.tsx';
import { ListenersTable } from './listeners-table.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';

const OperationDialog = lazy(async () => ({
  default: (await import('./listener-operation-dialog.tsx')).ListenerOperationDialog,
}));

const BulkActions = lazy(async () => ({
  default: (await import('./listener-bulk-actions.tsx')).ListenerBulkActions,
}));

interface Chosen {
  readonly operation: ListenerOperation;
  readonly of: ListenerWire;
}

const protocols = ['HTTPS', 'HTTP'] as const;

export function ListenersTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages).listeners;
  const [protocol] = useUrlValue('protocol');
  const scope = { loadbalancer_id: of.id };
  const list = usePagedList({ ...listenerPages, scope, filters: { protocol } });
  return (
    <ListBody
      list={list}
      empty={<EmptyState title={t.empty} text={t.emptyText} action={<AddButton loadBalancerId={of.id} />} />}
    >
      <Found list={list} loadBalancer={of} />
    </ListBody>
  );
}

interface FoundProps {
  readonly list: PagedList<ListenerWire>;
  readonly loadBalancer: LoadBalancerWire;
}

function Found({ list, loadBalancer }: FoundProps) {
  const t = useMessages(loadBalancerMessages).listeners;
  const canEdit = useCanEdit();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [selected, setSelected] = useState<readonly ListenerWire[]>([]);
  const choose = useCallback(
    (operation: ListenerOperation, listener: ListenerWire) => setChosen({ operation, of: listener }),
    [],
  );
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search}>
        <FilterSelect
          name="protocol"
          label={t.columns.protocol}
          any={t.anyProtocol}
          choices={protocols.map((value) => ({ value, label: value }))}
        />
      </PagedToolbar>
      {selected.length > 0 && (
        <Suspense>
          <BulkActions rows={selected} onSelect={setSelected} />
        </Suspense>
      )}
      <ListenersTable
        list={list}
        onChoose={choose}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {chosen !== null && (
        <Suspense>
          <OperationDialog {...chosen} loadBalancer={loadBalancer} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
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
