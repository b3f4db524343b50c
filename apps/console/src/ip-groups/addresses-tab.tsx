import type { IpGroupWire } from '@elbow/api';
import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { useLocalList } from '../shell/use-local-list.ts';
import type { PagedList } from '../shell/use-paged-list.ts';
import { AddressTable, type EntryRow } from './address-table.tsx';
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
  const list = useEntries(of);
  const [selected, setSelected] = useState<readonly EntryRow[]>([]);
  const [removing, setRemoving] = useState<readonly string[]>([]);
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search}>
        {buttons}
      </PagedToolbar>
      <BulkBar count={selected.length} onClear={() => setSelected([])}>
        <Button danger onClick={() => setRemoving(selected.map(({ ip }) => ip))}>
          {t.removeSelected(selected.length)}
        </Button>
      </BulkBar>
      <AddressTable
        of={of}
        list={list}
        onRemove={(ip) => setRemoving([ip])}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {removing.length > 0 && (
        <RemoveEntriesDialog
          of={of}
          ips={removing}
          onClose={() => setRemoving([])}
          onDone={() => setSelected(selected.filter(({ ip }) => !removing.includes(ip)))}
        />
      )}
    </>
  );
}

/** The entries come with their group, all of them. */
function useEntries(of: IpGroupWire): PagedList<EntryRow> {
  const detail = useQuery(ipGroupDetail(of.id));
  const rows = useMemo(
    () => of.ip_list.map((entry) => ({ ...entry, id: entry.ip, name: entry.ip })),
    [of.ip_list],
  );
  return useLocalList({
    rows,
    textsOf: textsOfEntry,
    sorts: entrySorts,
    isFetching: detail.isFetching,
    error: null,
    refetch: () => void detail.refetch(),
  });
}

const entrySorts = {
  ip: ({ ip }: EntryRow) => ip,
  description: ({ description }: EntryRow) => description,
};

function textsOfEntry({ ip, description }: EntryRow): readonly string[] {
  return [ip, description];
}
