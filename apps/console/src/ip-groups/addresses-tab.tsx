import type { IpGroupWire } from '@elbow/api';
import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { AddressTable } from './address-table.tsx';
import { EntriesDrawer } from './entries-drawer.tsx';
import { ipGroupMessages } from './messages.ts';
import { ipGroupDetail } from './queries.ts';
import { RemoveEntriesDialog } from './remove-entries-dialog.tsx';

export function AddressesTab({ of }: { readonly of: IpGroupWire }) {
  const { addresses: t } = useMessages(ipGroupMessages);
  const canEdit = useCanEdit();
  const [open, setOpen] = useState<'all' | 'more' | null>(null);
  const buttons = canEdit ? (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setOpen('more')}>
        {t.add}
      </Button>
      <Button icon={<EditOutlined />} onClick={() => setOpen('all')}>
        {t.changeAll}
      </Button>
    </>
  ) : null;
  return (
    <>
      {of.ip_list.length === 0 ? (
        <EmptyState
          title={t.empty}
          text={t.emptyText}
          action={<span className="operations">{buttons}</span>}
        />
      ) : (
        <Found of={of} buttons={buttons} />
      )}
      {open !== null && <EntriesDrawer of={of} mode={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Found({ of, buttons }: { readonly of: IpGroupWire; readonly buttons: ReactNode }) {
  const { addresses: t } = useMessages(ipGroupMessages);
  const canEdit = useCanEdit();
  const detail = useQuery(ipGroupDetail(of.id));
  const [search, setSearch] = useUrlValue('q');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [removing, setRemoving] = useState<readonly string[]>([]);
  const shown = of.ip_list.filter(({ ip, description }) => matchesSearch(search, [ip, description]));
  const chosen = selected.filter((ip) => of.ip_list.some((entry) => entry.ip === ip));
  return (
    <>
      <ListToolbar
        search={search}
        onSearch={setSearch}
        placeholder={t.search}
        shown={shown.length}
        all={of.ip_list.length}
        isFetching={detail.isFetching}
        onRefresh={() => void detail.refetch()}
      >
        {buttons}
        {chosen.length > 0 && (
          <Button danger onClick={() => setRemoving(chosen)}>
            {t.removeSelected(chosen.length)}
          </Button>
        )}
      </ListToolbar>
      <AddressTable
        of={of}
        rows={shown}
        selected={canEdit ? chosen : null}
        onSelect={setSelected}
        onRemove={(ip) => setRemoving([ip])}
      />
      {removing.length > 0 && <RemoveEntriesDialog of={of} ips={removing} onClose={() => setRemoving([])} />}
    </>
  );
}
