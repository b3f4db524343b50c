import type { LoadBalancerWire } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Tabs } from 'antd';
import { Suspense, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { shellMessages } from '../shell/messages.ts';
import { Page } from '../shell/page.tsx';
import { DeleteLoadBalancerDialog } from './delete-load-balancer-dialog.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerTabs } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { loadBalancerDetail } from './queries.ts';
import { StatusCell } from './status-cell.tsx';

export function LoadBalancerPage() {
  const { loadBalancerId = '' } = useParams();
  const t = useMessages(loadBalancerMessages);
  const found = useQuery(loadBalancerDetail(loadBalancerId));
  const crumbs = [{ label: t.title, to: '/lbs' }];
  if (found.data !== undefined) return <Detail of={found.data} />;
  return (
    <Page title={loadBalancerId} crumbs={crumbs}>
      {found.isError ? (
        <FailurePanel error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingPage />
      )}
    </Page>
  );
}

function Detail({ of }: { readonly of: LoadBalancerWire }) {
  const t = useMessages(loadBalancerMessages);
  const { tab = 'summary' } = useParams();
  const navigate = useNavigate();
  const items = loadBalancerTabs.map(({ key, content: Content }) => ({
    key,
    label: t.tabs[key],
    children: (
      <Suspense fallback={<LoadingPage />}>
        <Content of={of} />
      </Suspense>
    ),
  }));
  return (
    <Page
      title={nameOf(of)}
      crumbs={[{ label: t.title, to: '/lbs' }]}
      note={
        <>
          <StatusCell of={of} />
          <code className="cell-sub">{of.vip_address ?? t.noAddress}</code>
        </>
      }
      actions={<Actions of={of} />}
    >
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate(`/lbs/${of.id}/${key}`)}
      />
    </Page>
  );
}

function Actions({ of }: { readonly of: LoadBalancerWire }) {
  const t = useMessages(loadBalancerMessages);
  const { actions } = useMessages(shellMessages);
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  if (!useCanEdit()) return null;
  const items = [{ key: 'delete', label: actions.delete, danger: true, onClick: () => setRemoving(true) }];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button>{actions.more}</Button>
      </Dropdown>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        onClick={() => void navigate(`/lbs/${of.id}/listeners/new`)}
      >
        {t.addListener}
      </Button>
      {isRemoving && (
        <DeleteLoadBalancerDialog
          of={of}
          onClose={() => setRemoving(false)}
          onDeleted={() => void navigate('/lbs', { replace: true })}
        />
      )}
    </>
  );
}
