import { type Certificate, effectiveLimits, type Listener, type LoadBalancer } from '@elbow/model';
import type { Store } from '@elbow/store';
import type { Fleet } from '../fleet.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import { certificateIdsOf } from '../services/tls/tls-users.ts';
import { clientConnectionsPerSecond } from './connection-rate.ts';
import type { Monitor } from './monitor.ts';

export interface AttentionDeps {
  readonly store: Store;
  readonly monitor: Monitor;
  readonly fleet: Pick<Fleet, 'nodes' | 'troubles' | 'memberHealth' | 'askMetrics'>;
  readonly nowMs: () => number;
}

/** From here on something is worth a look. */
export const attentionThresholds = { limit_percent: 80, certificate_days: 30 } as const;

/** Longer lists are looked through elsewhere. */
const mostItems = 200;
const dayMs = 86_400_000;

interface Rows {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly Listener[];
  readonly certificates: readonly Certificate[];
  readonly pools: ReadonlyMap<string, PoolHealth>;
}

interface PoolHealth {
  readonly name: string;
  /** Members that may get requests: one that was not checked yet does. */
  readonly usable: number;
  readonly online: number;
  readonly offline: number;
  readonly all: number;
}

/** What asks for somebody, as data: the console and programs put it in words. */
interface Item {
  readonly kind: string;
  readonly severity: 'critical' | 'warning';
  readonly resource_type: string;
  readonly resource_id: string;
  readonly resource_name: string;
  readonly [fact: string]: unknown;
}

/** `GET /elbow/v1/attention`: what somebody should look at, worst first, and how much there is of everything. */
export async function showAttention(deps: AttentionDeps, call: Call): Promise<Answer> {
  const rows = await readRows(deps, call.projectId);
  const found = [
    ...ofNodes(deps.fleet),
    ...ofTroubles(deps.fleet, rows),
    ...ofPools(rows),
    ...ofCertificates(rows, deps.nowMs()),
    ...(await ofLimits(deps, rows)),
  ];
  const items = found.toSorted((a, b) => rank(a) - rank(b));
  const attention = {
    thresholds: attentionThresholds,
    counts: countsOf(rows),
    items: items.slice(0, mostItems),
    omitted: Math.max(0, items.length - mostItems),
  };
  return { status: 200, body: { attention } };
}

function rank({ severity }: Item): number {
  return severity === 'critical' ? 0 : 1;
}

function readRows({ store, fleet }: AttentionDeps, projectId: string): Promise<Rows> {
  return store.read(async (reader) => {
    const pools = await reader.list('pool', { projectId });
    const members = await reader.list('member', { projectId });
    const health = new Map(
      pools.map(({ id, name }) => [id, { name, usable: 0, online: 0, offline: 0, all: 0 }]),
    );
    for (const { id, poolId, weight } of members) {
      const pool = health.get(poolId);
      if (pool === undefined) continue;
      const status = fleet.memberHealth(id)?.status;
      pool.all += 1;
      if (status === 'ONLINE') pool.online += 1;
      if (status === 'OFFLINE') pool.offline += 1;
      else if (weight > 0) pool.usable += 1;
    }
    return {
      loadBalancers: await reader.list('loadBalancer', { projectId }),
      listeners: await reader.list('listener', { projectId }),
      certificates: await reader.list('certificate', { projectId }),
      pools: health,
    };
  });
}

function countsOf({ loadBalancers, listeners, pools, certificates }: Rows) {
  const sum = (part: 'online' | 'offline' | 'all'): number =>
    [...pools.values()].reduce((total, pool) => total + pool[part], 0);
  return {
    load_balancers: loadBalancers.length,
    listeners: listeners.length,
    pools: pools.size,
    members: { all: sum('all'), online: sum('online'), offline: sum('offline') },
    certificates: certificates.length,
  };
}

function ofNodes(fleet: AttentionDeps['fleet']): readonly Item[] {
  const known = fleet.nodes();
  if (known.length === 0) return [item('no_node', 'critical', ['node', '', ''])];
  return known
    .filter(({ refusal }) => refusal !== null)
    .map(({ facts, refusal }) =>
      item('node_refuses', 'critical', ['node', facts.id, facts.id], { reason: refusal }),
    );
}

/** Objects of others are nobody's business: only those of the project have a name here. */
function ofTroubles(fleet: AttentionDeps['fleet'], rows: Rows): readonly Item[] {
  const names = new Map<string, string>([
    ...[...rows.loadBalancers, ...rows.listeners, ...rows.certificates].map(
      ({ id, name }) => [id, name] as const,
    ),
    ...[...rows.pools].map(([id, { name }]) => [id, name] as const),
  ]);
  return fleet.troubles().flatMap(({ kind, id, reason }) => {
    const name = names.get(id);
    return name === undefined ? [] : [item('not_served', 'critical', [kind, id, name], { reason })];
  });
}

function ofPools({ pools }: Rows): readonly Item[] {
  return [...pools].flatMap(([id, { name, usable, offline, all }]) => {
    if (offline === 0) return [];
    const severity = usable === 0 ? 'critical' : 'warning';
    return [item('members_down', severity, ['pool', id, name], { down: offline, members: all })];
  });
}

function ofCertificates({ certificates, listeners }: Rows, nowMs: number): readonly Item[] {
  const soonMs = nowMs + attentionThresholds.certificate_days * dayMs;
  return certificates
    .filter(({ expiresAtMs }) => expiresAtMs <= soonMs)
    .toSorted((a, b) => a.expiresAtMs - b.expiresAtMs)
    .map(({ id, name, commonName, expiresAtMs }) => {
      const users = listeners.filter((listener) => certificateIdsOf(listener).includes(id)).length;
      const isOver = expiresAtMs <= nowMs;
      const facts = {
        expires_at: new Date(expiresAtMs).toISOString(),
        days_left: Math.floor((expiresAtMs - nowMs) / dayMs),
        listeners: users,
      };
      // What nobody uses hurts nobody.
      const severity = isOver && users > 0 ? 'critical' : 'warning';
      const kind = isOver ? 'certificate_expired' : 'certificate_expires';
      return item(kind, severity, ['certificate', id, name || commonName], facts);
    });
}

/** Limits are per node: the node that is closest to one counts. */
async function ofLimits(deps: AttentionDeps, rows: Rows): Promise<readonly Item[]> {
  const open = await openConnections(deps.fleet);
  const owners = new Map(rows.loadBalancers.map((row) => [row.id, row]));
  const nodeCount = Math.max(1, deps.fleet.nodes().length);
  return rows.listeners.flatMap((listener) => {
    const owner = owners.get(listener.loadBalancerId);
    if (owner === undefined) return [];
    const limits = effectiveLimits(listener, owner);
    return [
      ...near(listener, 'connections_near_limit', {
        limit: limits.connections,
        value: () => open.get(listener.id) ?? 0,
      }),
      ...near(listener, 'new_connections_near_limit', {
        limit: limits.newConnectionsPerSecond,
        value: () => clientConnectionsPerSecond(deps.monitor, listener.id, deps.nowMs()) / nodeCount,
      }),
    ];
  });
}

interface Use {
  /** 0: none. */
  readonly limit: number;
  readonly value: () => number;
}

function near({ id, name }: Listener, kind: string, { limit, value: valueOf }: Use): readonly Item[] {
  if (limit === 0) return [];
  const value = valueOf();
  const percent = Math.round((value / limit) * 100);
  if (percent < attentionThresholds.limit_percent) return [];
  const facts = { percent, value: Math.round(value), limit };
  return [item(kind, percent >= 100 ? 'critical' : 'warning', ['listener', id, name], facts)];
}

/** The most that any node has open, by listener. */
async function openConnections(fleet: Pick<Fleet, 'askMetrics'>): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  for (const { listeners } of (await fleet.askMetrics()).values())
    for (const { id, openConnections: open } of listeners) most.set(id, Math.max(most.get(id) ?? 0, open));
  return most;
}

type Resource = readonly [type: string, id: string, name: string];

function item(
  kind: string,
  severity: Item['severity'],
  [type, id, name]: Resource,
  facts: Readonly<Record<string, unknown>> = {},
): Item {
  return { kind, severity, resource_type: type, resource_id: id, resource_name: name, ...facts };
}
