import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { shellMessages } from '../shell/messages.ts';
import { Page } from '../shell/page.tsx';
import { DeletePoolDialog } from './delete-pool-dialog.tsx';
import { HealthBar } from './health-bar.tsx';
import { MembersTab } from './members-tab.tsx';
import { poolMessages } from './messages.ts';
import { memberCounts, poolDetail } from './queries.ts';
import { SummaryTab } from './summary-tab.tsx';
import { UsageTab } from './usage-tab.tsx';
import './pools.css';

const MonitoringTab = lazy(async () => ({
  default: (await import('../monitoring/monitoring-tab.tsx')).MonitoringTab,
}));

export function PoolPage() {
  const { poolId = '' } = useParams();
  const t = useMessages(poolMessages);
  const found = useQuery(poolDetail(poolId));
  if (found.data !== undefined) return <Detail of={found.data} />;
  return (
    <Page title={poolId} crumbs={[{ label: t.title, to: '/pools' }]}>
      {found.isError ? (
        <FailurePanel error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingPage />
      )}
    </Page>
  );
}

function Detail({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const { tab = 'members' } = useParams();
  const navigate = useNavigate();
  const counts = useQuery(memberCounts(of.id)).data;
  const items = [
    { key: 'summary', label: t.tabs.summary, children: <SummaryTab of={of} /> },
    { key: 'members', label: t.tabs.members, children: <MembersTab of={of} /> },
    { key: 'usage', label: t.tabs.usage, children: <UsageTab of={of} /> },
    {
      key: 'monitoring',
      label: t.tabs.monitoring,
      children: (
        <Suspense fallback={<LoadingPage />}>
          <MonitoringTab scope="pool" id={of.id} />
        </Suspense>
      ),
    },
  ];
  return (
    <Page
      title={nameOf(of)}
      crumbs={[{ label: t.title, to: '/pools' }]}
      note={counts === undefined ? null : <HealthBar counts={counts} />}
      actions={<DeleteButton of={of} />}
    >
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate(`/pools/${of.id}/${key}`)}
      />
    </Page>
  );
}

function DeleteButton({ of }: { readonly of: PoolWire }) {
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
        <DeletePoolDialog
          of={of}
          onClose={() => setRemoving(false)}
          onDeleted={() => void navigate('/pools', { replace: true })}
        />
      )}
    </>
  );
}
