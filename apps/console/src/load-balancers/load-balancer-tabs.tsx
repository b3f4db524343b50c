import type { LoadBalancerWire } from '@elbow/api';
import { type ComponentType, lazy } from 'react';
import type { LoadBalancerMessages } from './messages.ts';

export interface LoadBalancerTabProps {
  readonly of: LoadBalancerWire;
}

export interface LoadBalancerTab {
  /** Last part of the address, and the key of its label. */
  readonly key: keyof LoadBalancerMessages['tabs'];
  readonly content: ComponentType<LoadBalancerTabProps>;
}

/** The tabs of a load balancer in their order, each in a chunk of its own. */
export const loadBalancerTabs: readonly LoadBalancerTab[] = [
  {
    key: 'summary',
    content: lazy(async () => ({ default: (await import('./summary-tab.tsx')).SummaryTab })),
  },
  {
    key: 'listeners',
    content: lazy(async () => ({ default: (await import('./listeners-tab.tsx')).ListenersTab })),
  },
  {
    key: 'pools',
    content: lazy(async () => ({
      default: (await import('../pools/load-balancer-pools-tab.tsx')).LoadBalancerPoolsTab,
    })),
  },
  {
    key: 'monitoring',
    content: lazy(async () => {
      const { MonitoringTab } = await import('../monitoring/monitoring-tab.tsx');
      return {
        default: ({ of }: LoadBalancerTabProps) => (
          <MonitoringTab scope="loadbalancer" id={of.id} zones={of.availability_zone_list} />
        ),
      };
    }),
  },
  {
    key: 'logs',
    content: lazy(async () => ({ default: (await import('../access-log/logs-tab.tsx')).LogsTab })),
  },
  { key: 'tags', content: lazy(async () => ({ default: (await import('./tags-tab.tsx')).TagsTab })) },
];
