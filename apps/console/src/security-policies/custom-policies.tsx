import type { SecurityPolicyWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { CustomPolicyTable, type PolicyAction } from './custom-policy-table.tsx';
import { DeletePolicyDialog } from './delete-policy-dialog.tsx';
import { securityPolicyMessages } from './messages.ts';
import { customPolicyList } from './queries.ts';

const ModifyDrawer = lazy(async () => ({
  default: (await import('./modify-policy-drawer.tsx')).ModifyPolicyDrawer,
}));

/** Policies of the users' own making. */
export function CustomPolicies() {
  const t = useMessages(securityPolicyMessages);
  const list = useQuery(customPolicyList);
  const [search, setSearch] = useUrlValue('q');
  const [open, setOpen] = useState<{ readonly action: PolicyAction; readonly of: SecurityPolicyWire } | null>(
    null,
  );
  if (list.isError) return <FailurePanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingPage />;
  if (list.data.length === 0) return <EmptyState {...t.empty} />;
  const shown = list.data.filter(({ id, name, description, ciphers }) =>
    matchesSearch(search, [id, name, description, ...ciphers]),
  );
  const close = (): void => setOpen(null);
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
      <CustomPolicyTable rows={shown} onAction={(action, of) => setOpen({ action, of })} />
      {open?.action === 'modify' && (
        <Suspense>
          <ModifyDrawer of={open.of} onClose={close} />
        </Suspense>
      )}
      {open?.action === 'delete' && <DeletePolicyDialog of={open.of} onClose={close} />}
    </>
  );
}
