import type { LoadBalancerWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { TryOutButton } from '../first-visit/try-out-button.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { type PagedList, usePagedList } from '../shell/use-paged-list.ts';
import { ExportButton } from './export-button.tsx';
import { LoadBalancerTable } from './load-balancer-table.tsx';
import { loadBalancerMessages } from './messages.ts';
import { loadBalancerPages } from './queries.ts';

const CreateDrawer = lazy(async () => ({
  default: (await import('./create-load-balancer-drawer.tsx')).CreateLoadBalancerDrawer,
}));

const DeleteDialog = lazy(async () => ({
  default: (await import('./delete-load-balancer-dialog.tsx')).DeleteLoadBalancerDialog,
}));

const BulkActions = lazy(async () => ({ default: (await import('./bulk-actions.tsx')).BulkActions }));

export function LoadBalancerListPage() {
  const t = useMessages(loadBalancerMessages);
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const button = useCreateButton(() => setCreating(true));
  const list = usePagedList(loadBalancerPages);
  const { rows, error, isEmpty } = list;
  return (
    <Page title={t.title} actions={isEmpty ? null : button}>
      {error !== null && <FailurePanel error={error} onRetry={list.refetch} />}
      {rows === undefined && error === null && <LoadingPage />}
      {isEmpty && (
        <EmptyState
          {...t.empty}
          action={
            button !== null && (
              <>
                {button}
                <TryOutButton />
              </>
            )
          }
        />
      )}
      {rows !== undefined && !isEmpty && <Found list={list} />}
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

function Found({ list }: { readonly list: PagedList<LoadBalancerWire> }) {
  const t = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  const [removing, setRemoving] = useState<LoadBalancerWire | null>(null);
  const [selected, setSelected] = useState<readonly LoadBalancerWire[]>([]);
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search}>
        <ExportButton query={list.query} />
      </PagedToolbar>
      {selected.length > 0 && (
        <Suspense>
          <BulkActions rows={selected} onSelect={setSelected} />
        </Suspense>
      )}
      <LoadBalancerTable
        list={list}
        onDelete={setRemoving}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {removing !== null && (
        <Suspense>
          <DeleteDialog of={removing} onClose={() => setRemoving(null)} />
        </Suspense>
      )}
    </>
  );
}
