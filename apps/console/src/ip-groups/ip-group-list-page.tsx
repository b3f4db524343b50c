import type { IpGroupWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ipGroupList } from '../load-balancers/listener-queries.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { DeleteIpGroupDialog } from './delete-ip-group-dialog.tsx';
import { IpGroupTable } from './ip-group-table.tsx';
import { ipGroupMessages } from './messages.ts';

const CreateDrawer = lazy(async () => ({ default: (await import('./ip-group-drawer.tsx')).IpGroupDrawer }));

export function IpGroupListPage() {
  const t = useMessages(ipGroupMessages);
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const canEdit = useCanEdit();
  const list = useQuery(ipGroupList);
  const isEmpty = list.data?.length === 0;
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  ) : null;
  return (
    <Page title={t.title} intro={t.intro} actions={isEmpty ? null : button}>
      {list.isError && <FailurePanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingPage />}
      {isEmpty && <EmptyState {...t.empty} action={button} />}
      {list.data !== undefined && !isEmpty && (
        <Found all={list.data} isFetching={list.isFetching} onRefresh={() => void list.refetch()} />
      )}
      {isCreating && (
        <Suspense>
          <CreateDrawer
            onClose={() => setCreating(false)}
            onCreated={({ id }) => void navigate(`/ip-groups/${id}`)}
          />
        </Suspense>
      )}
    </Page>
  );
}

interface FoundProps {
  readonly all: readonly IpGroupWire[];
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

function Found({ all, isFetching, onRefresh }: FoundProps) {
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
