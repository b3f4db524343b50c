import type { MemberWire, PoolWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FilterSelect } from '../shell/filter-select.tsx';
import { ListBody } from '../shell/list-page.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import { type PagedList, usePagedList } from '../shell/use-paged-list.ts';
import { useUrlValue } from '../shell/use-search.ts';
import type { MemberAction } from './member-operations.tsx';
import { MemberTable } from './member-table.tsx';
import { MembersNotice } from './members-notice.tsx';
import { poolMessages } from './messages.ts';
import { useMonitor } from './pool-cells.tsx';
import { memberPages } from './queries.ts';

const Dialogs = lazy(async () => ({ default: (await import('./member-dialogs.tsx')).MemberDialogs }));

export interface OpenDialog {
  readonly action: MemberAction | 'add' | 'monitor';
  readonly members: readonly MemberWire[];
}

export function MembersTab({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const [state] = useUrlValue('state');
  const list = usePagedList({ ...memberPages(of.id), filters: { operating_status: state } });
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [selected, setSelected] = useState<readonly MemberWire[]>([]);
  const buttons = <Buttons onOpen={(action) => setOpen({ action, members: [] })} />;
  return (
    <>
      <ListBody
        list={list}
        empty={
          <EmptyState
            title={t.members.empty}
            text={t.members.emptyText}
            action={<span className="operations">{buttons}</span>}
          />
        }
      >
        <Found {...{ of, list, buttons, selected }} onSelect={setSelected} onOpen={setOpen} />
      </ListBody>
      {open !== null && (
        <Suspense>
          <Dialogs
            pool={of}
            open={open}
            onClose={() => setOpen(null)}
            onDone={(left) => setSelected(open.members === selected ? left : selected)}
          />
        </Suspense>
      )}
    </>
  );
}

function Buttons({ onOpen }: { readonly onOpen: (action: 'add' | 'monitor') => void }) {
  const t = useMessages(poolMessages);
  if (!useCanEdit()) return null;
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => onOpen('add')}>
        {t.members.add}
      </Button>
      <Button onClick={() => onOpen('monitor')}>{t.monitor.title}</Button>
    </>
  );
}

interface FoundProps {
  readonly of: PoolWire;
  readonly list: PagedList<MemberWire>;
  readonly buttons: ReactNode;
  readonly selected: readonly MemberWire[];
  readonly onSelect: (members: readonly MemberWire[]) => void;
  readonly onOpen: (open: OpenDialog) => void;
}

function Found({ of, list, buttons, selected, onSelect, onOpen }: FoundProps) {
  const t = useMessages(poolMessages);
  const monitor = useMonitor(of);
  const act = (action: MemberAction): void => onOpen({ action, members: selected });
  return (
    <>
      <MembersNotice of={of} monitor={monitor} />
      <PagedToolbar list={list} placeholder={t.members.search}>
        <StateFilter />
        {buttons}
      </PagedToolbar>
      <BulkBar count={selected.length} onClear={() => onSelect([])}>
        <Button onClick={() => act('weight')}>{t.members.setWeight}</Button>
        <Button onClick={() => act('port')}>{t.members.setPort}</Button>
        <Button onClick={() => act('drain')}>{t.members.drain}</Button>
        <Button danger onClick={() => act('remove')}>
          {t.members.remove}
        </Button>
      </BulkBar>
      <MemberTable
        of={of}
        list={list}
        monitor={monitor}
        selection={{ rows: selected, set: onSelect }}
        onAction={(action, members) => onOpen({ action, members })}
      />
    </>
  );
}

function StateFilter() {
  const t = useMessages(poolMessages);
  const states = ['ONLINE', 'OFFLINE', 'INITIAL', 'NO_MONITOR', 'UNKNOWN'] as const;
  return (
    <FilterSelect
      name="state"
      label={t.members.health}
      any={t.members.anyState}
      choices={states.map((value) => ({ value, label: t.state[value] }))}
    />
  );
}
