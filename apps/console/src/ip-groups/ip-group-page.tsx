import type { IpGroupWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { shellMessages } from '../shell/messages.ts';
import { Page } from '../shell/page.tsx';
import { TimeText } from '../shell/time-text.tsx';
import { AddressesTab } from './addresses-tab.tsx';
import { DeleteIpGroupDialog } from './delete-ip-group-dialog.tsx';
import { ListenersTab } from './listeners-tab.tsx';
import { ipGroupMessages } from './messages.ts';
import { ipGroupDetail } from './queries.ts';
import { useIpGroupChange } from './use-ip-group-change.ts';
import './ip-groups.css';

export function IpGroupPage() {
  const { ipGroupId = '' } = useParams();
  const t = useMessages(ipGroupMessages);
  const found = useQuery(ipGroupDetail(ipGroupId));
  if (found.data !== undefined) return <Detail of={found.data} />;
  return (
    <Page title={ipGroupId} crumbs={[{ label: t.title, to: '/ip-groups' }]}>
      {found.isError ? (
        <FailurePanel error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingPage />
      )}
    </Page>
  );
}

function Detail({ of }: { readonly of: IpGroupWire }) {
  const t = useMessages(ipGroupMessages);
  const { tab = 'addresses' } = useParams();
  const navigate = useNavigate();
  const items = [
    { key: 'addresses', label: t.tabs.addresses, children: <AddressesTab of={of} /> },
    {
      key: 'listeners',
      label: `${t.tabs.listeners} (${of.listeners.length})`,
      children: <ListenersTab of={of} />,
    },
  ];
  return (
    <Page
      title={nameOf(of)}
      crumbs={[{ label: t.title, to: '/ip-groups' }]}
      actions={<DeleteButton of={of} />}
    >
      <Facts of={of} />
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate(`/ip-groups/${of.id}/${key}`)}
      />
    </Page>
  );
}

function Facts({ of }: { readonly of: IpGroupWire }) {
  const { facts: t } = useMessages(ipGroupMessages);
  const { failure } = useMessages(shellMessages);
  const change = useIpGroupChange(of);
  const save = (key: 'name' | 'description') => (value: string) => change.run({ [key]: value });
  const text = (key: 'name' | 'description') => (
    <InlineText label={t[key]} value={of[key]} onOpen={change.begin} onSave={save(key)} />
  );
  const items = [
    { key: 'name', label: t.name, children: text('name') },
    { key: 'id', label: t.id, children: <CopyableId id={of.id} /> },
    { key: 'description', label: t.description, children: text('description') },
    { key: 'created', label: t.created, children: <TimeText iso={of.created_at} /> },
  ];
  return (
    <>
      {change.dialog}
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      <Descriptions column={{ xs: 1, sm: 2, xl: 4 }} layout="vertical" colon={false} items={items} />
    </>
  );
}

function DeleteButton({ of }: { readonly of: IpGroupWire }) {
  const { actions } = useMessages(shellMessages);
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  if (!useCanEdit()) return null;
  return (
    <>
      <Button danger onClick={() => setRemoving(true)}>
        {actions.delete}
      </Button>
      {isRemoving && (
        <DeleteIpGroupDialog
          of={of}
          onClose={() => setRemoving(false)}
          onDeleted={() => void navigate('/ip-groups', { replace: true })}
        />
      )}
    </>
  );
}
