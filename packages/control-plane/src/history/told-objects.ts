import {
  certificateToWire,
  healthMonitorToWire,
  ipGroupToWire,
  l7PolicyToWire,
  l7RuleOfAnyPolicyToWire,
  listenerToWire,
  loadBalancerToWire,
  memberToWire,
  poolToWire,
  securityPolicyToWire,
} from '@elbow/api';
import type { ResourceKind } from '@elbow/model';
import type { Row } from '@elbow/store';
import { fieldChanges } from './field-changes.ts';
import type { ObjectChange } from './origin.ts';

interface Told<K extends ResourceKind> {
  readonly type: string;
  /** The row alone: what it is to others is theirs to tell. */
  readonly toWire: (row: Row<K>) => Readonly<Record<string, unknown>>;
}

const noListeners = { listenerIds: [] } as const;
const status = { operatingStatus: 'UNKNOWN', reason: null, sinceMs: null } as const;

/** How rows of every kind are told; null: rows that only keep account of something. */
const told: { readonly [K in ResourceKind]: Told<K> | null } = {
  loadBalancer: {
    type: 'loadbalancer',
    toWire: (row) => loadBalancerToWire(row, { ...noListeners, poolIds: [], hasIpv6Subnet: false }),
  },
  listener: { type: 'listener', toWire: (row) => listenerToWire(row, { enterpriseProjectId: '0' }) },
  pool: {
    type: 'pool',
    toWire: (row) =>
      poolToWire(row, { ...noListeners, loadBalancerIds: [], memberIds: [], healthMonitorId: null }),
  },
  member: {
    type: 'member',
    toWire: (row) => ({
      ...memberToWire(row, { ...noListeners, loadBalancerIds: [], status }),
      pool_id: row.poolId,
    }),
  },
  healthMonitor: { type: 'healthmonitor', toWire: (row) => healthMonitorToWire(row) },
  // The sealed key tells whether there is a new one; it is masked like any secret.
  certificate: {
    type: 'certificate',
    toWire: (row) => ({ ...certificateToWire(row), private_key: row.sealedKey }),
  },
  securityPolicy: { type: 'security_policy', toWire: (row) => securityPolicyToWire(row, noListeners) },
  ipGroup: { type: 'ipgroup', toWire: (row) => ipGroupToWire(row, noListeners) },
  l7Policy: {
    type: 'l7policy',
    toWire: (row) => l7PolicyToWire(row, { rules: [], enterpriseProjectId: '0', showsRules: false }),
  },
  l7Rule: { type: 'l7rule', toWire: (row) => l7RuleOfAnyPolicyToWire(row) },
  job: null,
  recycledLoadBalancer: null,
};

/** One row as a unit found and left it; null where it was not there. */
export interface RowChange<K extends ResourceKind = ResourceKind> {
  readonly kind: K;
  readonly before: Row<K> | null;
  readonly after: Row<K> | null;
}

/** @returns null for a kind that is not told, and for a row that came and went within the unit */
export function objectChange<K extends ResourceKind>({
  kind,
  before,
  after,
}: RowChange<K>): ObjectChange | null {
  const how = told[kind];
  const row = after ?? before;
  if (how === null || row === null) return null;
  const [old, now] = [before, after].map((one) => (one === null ? null : how.toWire(one)));
  return {
    type: how.type,
    id: row.id,
    name: row.name,
    action: before === null ? 'created' : after === null ? 'removed' : 'updated',
    fields: fieldChanges(old ?? null, now ?? null),
  };
}
