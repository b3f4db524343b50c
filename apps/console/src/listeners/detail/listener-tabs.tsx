import type { ListenerWire } from '@elbow/api';
import { type ComponentType, lazy } from 'react';
import type { DetailMessages } from '../texts/messages.ts';

export interface ListenerTabProps {
  readonly of: ListenerWire;
}

export interface ListenerTab {
  /** Last part of the address, and the key of its label. */
  readonly key: keyof DetailMessages['tabs'];
  readonly content: ComponentType<ListenerTabProps>;
}

type Monitoring = ComponentType<{ readonly scope: 'listener'; readonly id: string }>;

/** Tabs of other rooms, which are there once those rooms have them. */
const policies = import.meta.glob<{ readonly PoliciesTab: ComponentType<ListenerTabProps> }>(
  '../../policies/policies-tab.tsx',
);
const monitoring = import.meta.glob<{ readonly MonitoringTab: Monitoring }>(
  '../../monitoring/monitoring-tab.tsx',
);

/** The tabs of a listener in their order, each in a chunk of its own. */
export const listenerTabs: readonly ListenerTab[] = [
  {
    key: 'summary',
    content: lazy(async () => ({ default: (await import('./summary-tab.tsx')).SummaryTab })),
  },
  ...Object.values(policies).map((load) => ({
    key: 'policies' as const,
    content: lazy(async () => ({ default: (await load()).PoliciesTab })),
  })),
  {
    key: 'pools',
    content: lazy(async () => ({ default: (await import('./pools-tab.tsx')).PoolsTab })),
  },
  ...Object.values(monitoring).map((load) => ({
    key: 'monitoring' as const,
    content: lazy(async () => ({ default: ofListener((await load()).MonitoringTab) })),
  })),
  { key: 'tags', content: lazy(async () => ({ default: (await import('./tags-tab.tsx')).TagsTab })) },
];

function ofListener(Charts: Monitoring): ComponentType<ListenerTabProps> {
  return function ListenerMonitoring({ of }: ListenerTabProps) {
    return <Charts scope="listener" id={of.id} />;
  };
}
