import type { MemberWire, PoolWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import type { MemberAction } from './member-operations.tsx';
import { placeOf } from './member-state.ts';
import { MemberTable } from './member-table.tsx';
import { MembersNotice } from './members-notice.tsx';
import { poolMessages } from './messages.ts';
import { useMonitor } from './pool-cells.tsx';
import { membersOf } from './queries.ts';

const Dialogs = lazy(async () => ({ default: (await import('./member-dialogs.tsx')).MemberDialogs }));

export interface OpenDialog {
  readonly action: MemberAction | 'add' | 'monitor';
  readonly members: readonly MemberWire[];
}

export function MembersTab({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const list = useQuery(membersOf(of.id));
  const [open, setOpen] = useState<OpenDialog | null>(null);
  if (list.isError) return <FailurePanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingPage />;
  const buttons = canEdit ? (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ action: 'add', members: [] })}>
        {t.members.add}
      </Button>
      <Button onClick={() => setOpen({ action: 'monitor', members: [] })}>{t.monitor.title}</Button>
    </>
  ) : null;
  return (
    <>
      {list.data.length === 0 ? (
        <EmptyState
          title={t.members.empty}
          text={t.members.emptyText}
          action={<span className="operations">{buttons}</span>}
        />
      ) : (
        <Found of={of} all={list.data} buttons={buttons} onOpen={setOpen} />
      )}
      {open !== null && (
        <Suspense>
          <Dialogs pool={of} all={list.data} open={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

interface FoundProps {
  readonly of: PoolWire;
  readonly all: readonly MemberWire[];
  readonly buttons: ReactNode;
  readonly onOpen: (open: OpenDialog) => void;
}

function Found({ of, all, buttons, onOpen }: FoundProps) {
  const t = useMessages(poolMessages);
  const list = useQuery(membersOf(of.id));
  const monitor = useMonitor(of.id);
  const [search, setSearch] = useUrlValue('q');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const shown = all.filter((one) => matchesSearch(search, [one.id, one.name, placeOf(one)]));
  const chosen = all.filter(({ id }) => selected.includes(id));
  return (
    <>
      <MembersNotice of={of} all={all} monitor={monitor} />
      <ListToolbar
        search={search}
        onSearch={setSearch}
        placeholder={t.members.search}
        shown={shown.length}
        all={all.length}
        isFetching={list.isFetching}
        onRefresh={() => void list.refetch()}
      >
        {buttons}
      </ListToolbar>
      {chosen.length > 0 && (
        <BatchBar count={chosen.length} onAction={(action) => onOpen({ action, members: chosen })} />
      )}
      <MemberTable
        of={of}
        rows={shown}
        monitor={monitor}
        selected={chosen.map(({ id }) => id)}
        onSelect={setSelected}
        onAction={(action, members) => onOpen({ action, members })}
      />
    </>
  );
}

interface BatchBarProps {
  readonly count: number;
  readonly onAction: (action: MemberAction) => void;
}

function BatchBar({ count, onAction }: BatchBarProps) {
  const { members: t } = useMessages(poolMessages);
  return (
    <div className="member-batch" role="group" aria-label={t.selected(count)}>
      <span role="status">{t.selected(count)}</span>
      <Button size="small" onClick={() => onAction('weight')}>
        {t.setWeight}
      </Button>
      <Button size="small" onClick={() => onAction('port')}>
        {t.setPort}
      </Button>
      <Button size="small" onClick={() => onAction('drain')}>
        {t.drain}
      </Button>
      <Button size="small" danger onClick={() => onAction('remove')}>
        {t.remove}
      </Button>
    </div>
  );
}
