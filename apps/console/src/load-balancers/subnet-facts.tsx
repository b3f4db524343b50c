import type { SubnetAnswer } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { listenerList, subnetList } from './queries.ts';
import { type SubnetNeeds, subnetNeeds } from './subnet-needs.ts';

const AddSubnetDrawer = lazy(async () => ({
  default: (await import('./add-subnet-drawer.tsx')).AddSubnetDrawer,
}));

/** Where connections to backend servers come from: what is free there, what is needed, and a way to more. */
export function SubnetFacts({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages).subnets;
  const canEdit = useCanEdit();
  const [isAdding, setAdding] = useState(false);
  const subnets = useQuery(subnetList).data;
  const listeners = useQuery(listenerList(of.id)).data;
  if (subnets === undefined || listeners === undefined) return null;
  const needs = subnetNeeds(of, listeners, subnets);
  const hasMore = subnets.some((one) => one.is_backend && !of.elb_virsubnet_ids.includes(one.network_id));
  const button = canEdit && hasMore && (
    <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <div className="section-head">
        <h2 className="section-title">{t.title}</h2>
        {button}
      </div>
      {needs === null ? (
        <p className="cell-sub">{t.hostChooses}</p>
      ) : (
        <Needs needs={needs} hasMore={hasMore} />
      )}
      {isAdding && (
        <Suspense>
          <AddSubnetDrawer of={of} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

interface NeedsProps {
  readonly needs: SubnetNeeds;
  readonly hasMore: boolean;
}

function Needs({ needs, hasMore }: NeedsProps) {
  const t = useMessages(loadBalancerMessages).subnets;
  return (
    <>
      {needs.isShort && (
        <Alert
          role="alert"
          type="error"
          showIcon
          className="failure-panel"
          title={t.short(needs.free, needs.neededMore)}
          description={hasMore ? undefined : t.noMore}
        />
      )}
      <ul className="subnet-list">
        {needs.own.map((subnet) => (
          <SubnetRow key={subnet.id} of={subnet} />
        ))}
      </ul>
      <p className="cell-sub">{t.needed(needs.needed, needs.neededMore)}</p>
      <p className="cell-sub">{t.filters}</p>
    </>
  );
}

function SubnetRow({ of }: { readonly of: SubnetAnswer }) {
  const t = useMessages(loadBalancerMessages).subnets;
  const format = useFormat();
  const share = of.total === 0 ? 100 : Math.round((of.used / of.total) * 100);
  return (
    <li>
      <code>{of.cidr}</code>
      <Progress
        percent={share}
        showInfo={false}
        size="small"
        strokeColor={of.free === 0 ? 'var(--bad)' : 'var(--accent)'}
        aria-label={t.used(share)}
      />
      <span>{t.free(format.number(of.free), format.number(of.total))}</span>
    </li>
  );
}
