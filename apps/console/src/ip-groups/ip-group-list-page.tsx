import type { IpGroupWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { ipGroupList } from '../load-balancers/listener-queries.ts';
import { type FoundRows, ListPage } from '../shell/list-page.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { DeleteIpGroupDialog } from './delete-ip-group-dialog.tsx';
import { IpGroupTable } from './ip-group-table.tsx';
import { ipGroupMessages } from './messages.ts';

const CreateDrawer = lazy(async () => ({ default: (await import('./ip-group-drawer.tsx')).IpGroupDrawer }));

export function IpGroupListPage() {
  const t = useMessages(ipGroupMessages);
  const navigate = useNavigate();
  return (
    <ListPage
      texts={t}
      list={useQuery(ipGroupList)}
      createLabel={t.create}
      renderDrawer={(onClose) => (
        <CreateDrawer onClose={onClose} onCreated={({ id }) => void navigate(`/ip-groups/${id}`)} />
      )}
    >
      {(found) => <Found {...found} />}
    </ListPage>
  );
}

function Found({ all, isFetching, onRefresh }: FoundRows<IpGroupWire>) {
  const t = useMessages(ipGroupMessages);
  const [search, setSearch] = useUrlValue('q');
  const [removing, setRemoving] = useState<IpGroupWire | null>(null);
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
      <IpGroupTable rows={shown} onDelete={setRemoving} />
      {removing !== null && <DeleteIpGroupDialog of={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function searchable({ id, name, description, ip_list: entries }: IpGroupWire): string[] {
  return [id, name, description, ...entries.map(({ ip, description: remark }) => `${ip} ${remark}`)];
}
