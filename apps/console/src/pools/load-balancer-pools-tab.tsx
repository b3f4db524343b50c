import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LoadBalancerTabProps } from '../load-balancers/load-balancer-tabs.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ListBody } from '../shell/list-page.tsx';
import { usePagedList } from '../shell/use-paged-list.ts';
import { poolMessages } from './messages.ts';
import { PoolDrawer } from './pool-drawer.tsx';
import { usePoolFilters } from './pool-filters.tsx';
import { PoolFound } from './pool-found.tsx';
import { poolPages } from './queries.ts';
import './pools.css';

/** Groups that belong to a load balancer, or that its policies send requests to. */
export function LoadBalancerPoolsTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const scope = { serving_loadbalancer_id: of.id };
  const list = usePagedList({ ...poolPages, scope, filters: usePoolFilters() });
  const button = canEdit ? (
    <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  ) : null;
  return (
    <>
      <ListBody list={list} empty={<EmptyState title={t.empty.title} text={t.emptyHere} action={button} />}>
        <div className="pool-tab-actions">{button}</div>
        <PoolFound list={list} isOfLoadBalancer />
      </ListBody>
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
