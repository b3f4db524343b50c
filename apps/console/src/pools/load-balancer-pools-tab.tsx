import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { policyList, poolList } from '../load-balancers/listener-queries.ts';
import type { LoadBalancerTabProps } from '../load-balancers/load-balancer-tabs.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { poolMessages } from './messages.ts';
import { PoolDrawer } from './pool-drawer.tsx';
import { PoolFound } from './pool-found.tsx';
import './pools.css';

/** Groups that belong to a load balancer, or that its policies send requests to. */
export function LoadBalancerPoolsTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery(poolList);
  const ids = usePoolIds(of);
  if (list.isError) return <FailurePanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingPage />;
  const own = list.data.filter(
    ({ id, loadbalancers }) => ids.has(id) || loadbalancers.some((one) => one.id === of.id),
  );
  const button = canEdit ? (
    <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  ) : null;
  return (
    <>
      {own.length === 0 ? (
        <EmptyState title={t.empty.title} text={t.emptyHere} action={button} />
      ) : (
        <>
          <div className="pool-tab-actions">{button}</div>
          <PoolFound
            all={own}
            isFetching={list.isFetching}
            onRefresh={() => void list.refetch()}
            isOfLoadBalancer
          />
        </>
      )}
      {isCreating && (
        <PoolDrawer
          loadBalancerId={of.id}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => void navigate(`/pools/${id}/members`)}
        />
      )}
    </>
  );
}

function usePoolIds(of: LoadBalancerTabProps['of']): ReadonlySet<string> {
  const policies = useQuery(policyList).data ?? [];
  const listeners = new Set(of.listeners.map(({ id }) => id));
  const byPolicy = policies
    .filter(({ listener_id: id }) => listeners.has(id))
    .flatMap((policy) => [
      policy.redirect_pool_id,
      ...policy.redirect_pools_config.map(({ pool_id: id }) => id),
    ]);
  return new Set([...of.pools.map(({ id }) => id), ...byPolicy.filter((id) => id !== null)]);
}
