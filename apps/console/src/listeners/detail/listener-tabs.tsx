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

const MonitoringTab = lazy(async () => ({
  default: (await import('../../monitoring/monitoring-tab.tsx')).MonitoringTab,
}));

const TagsTab = lazy(async () => ({ default: (await import('../../tags/tags-tab.tsx')).TagsTab }));

/** The tabs of a listener in their order, each in a chunk of its own. */
export const listenerTabs: readonly ListenerTab[] = [
  {
    key: 'summary',
    content: lazy(async () => ({ default: (await import('./summary-tab.tsx')).SummaryTab })),
  },
  {
    key: 'policies',
    content: lazy(async () => ({ default: (await import('../../policies/policies-tab.tsx')).PoliciesTab })),
  },
  {
    key: 'pools',
    content: lazy(async () => ({ default: (await import('./pools-tab.tsx')).PoolsTab })),
  },
  { key: 'monitoring', content: ListenerMonitoring },
  { key: 'tags', content: ListenerTags },
];

function ListenerMonitoring({ of }: ListenerTabProps) {
  return <MonitoringTab scope="listener" id={of.id} />;
}

function ListenerTags({ of }: ListenerTabProps) {
  return <TagsTab kind="listener" of={of} />;
}
