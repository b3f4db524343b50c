import type { IpGroupWire } from '@elbow/api';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListPage } from '../shell/list-page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { type PagedList, usePagedList } from '../shell/use-paged-list.ts';
import { DeleteIpGroupDialog } from './delete-ip-group-dialog.tsx';
import { IpGroupTable } from './ip-group-table.tsx';
import { ipGroupMessages } from './messages.ts';
import { ipGroupPages } from './queries.ts';

const CreateDrawer = lazy(async () => ({ default: (await import('./ip-group-drawer.tsx')).IpGroupDrawer }));

const BulkActions = lazy(async () => ({
  default: (await import('./ip-group-bulk-actions.tsx')).IpGroupBulkActions,
}));

export function IpGroupListPage() {
  const t = useMessages(ipGroupMessages);
  const navigate = useNavigate();
  const list = usePagedList(ipGroupPages);
  return (
    <ListPage
      texts={t}
      list={list}
      createLabel={t.create}
      renderDrawer={(onClose) => (
        <CreateDrawer onClose={onClose} onCreated={({ id }) => void navigate(`/ip-groups/${id}`)} />
      )}
    >
      <Found list={list} />
    </ListPage>
  );
}

function Found({ list }: { readonly list: PagedList<IpGroupWire> }) {
  const t = useMessages(ipGroupMessages);
  const canEdit = useCanEdit();
  const [removing, setRemoving] = useState<IpGroupWire | null>(null);
  const [selected, setSelected] = useState<readonly IpGroupWire[]>([]);
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search} />
      {selected.length > 0 && (
        <Suspense>
          <BulkActions rows={selected} onSelect={setSelected} />
        </Suspense>
      )}
      <IpGroupTable
        list={list}
        onDelete={setRemoving}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {removing !== null && <DeleteIpGroupDialog of={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
