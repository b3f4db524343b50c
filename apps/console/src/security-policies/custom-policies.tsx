import type { SecurityPolicyWire } from '@elbow/api';
import { lazy, Suspense, useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ListBody } from '../shell/list-page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { type PagedList, usePagedList } from '../shell/use-paged-list.ts';
import { CustomPolicyTable, type PolicyAction } from './custom-policy-table.tsx';
import { DeletePolicyDialog } from './delete-policy-dialog.tsx';
import { securityPolicyMessages } from './messages.ts';
import { customPolicyPages } from './queries.ts';

const ModifyDrawer = lazy(async () => ({
  default: (await import('./modify-policy-drawer.tsx')).ModifyPolicyDrawer,
}));

/** Policies of the users' own making. */
export function CustomPolicies() {
  const t = useMessages(securityPolicyMessages);
  const list = usePagedList(customPolicyPages);
  return (
    <ListBody list={list} empty={<EmptyState {...t.empty} />}>
      <Found list={list} />
    </ListBody>
  );
}

interface Open {
  readonly action: PolicyAction;
  readonly of: SecurityPolicyWire;
}

function Found({ list }: { readonly list: PagedList<SecurityPolicyWire> }) {
  const t = useMessages(securityPolicyMessages);
  const canEdit = useCanEdit();
  const [open, setOpen] = useState<Open | null>(null);
  const [selected, setSelected] = useState<readonly SecurityPolicyWire[]>([]);
  const close = (): void => setOpen(null);
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search} />
      {selected.length > 0 && <BulkDeleteBar rows={selected} onSelect={setSelected} dialog={BulkDialog} />}
      <CustomPolicyTable
        list={list}
        onAction={(action, of) => setOpen({ action, of })}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {open?.action === 'modify' && (
        <Suspense>
          <ModifyDrawer of={open.of} onClose={close} />
        </Suspense>
      )}
      {open?.action === 'delete' && <DeletePolicyDialog of={open.of} onClose={close} />}
    </>
  );
}

function BulkDialog({ rows, onClose, onDone }: BulkDialogProps<SecurityPolicyWire>) {
  const t = useMessages(securityPolicyMessages).bulk;
  const remove = useBulk(
    ({ id }: SecurityPolicyWire) => client.deleteSecurityPolicy({ params: { security_policy_id: id } }),
    { said: t.saved },
  );
  return (
    <BulkDeleteDialog
      title={t.title}
      rows={rows}
      bulk={remove}
      kept={[{ reason: t.kept, rows: rows.filter(({ listeners }) => listeners.length > 0) }]}
      nameOf={nameOf}
      renderDetail={({ listeners }) => listeners.length > 0 && <ListenerLinks ids={listeners} />}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{t.effect}</p>
    </BulkDeleteDialog>
  );
}
