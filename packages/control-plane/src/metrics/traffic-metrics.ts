import {
  clientCounters,
  latencyBoundsMs,
  type ListenerCounts,
  type NodeMetrics,
  upstreamCounters,
} from '@elbow/plan';
import {
  clientFamilies,
  connectionFamilies,
  type CounterFamily,
  requestDuration,
  upstreamDuration,
  upstreamFamilies,
} from './counter-families.ts';
import type { Exposition, Labels } from './exposition.ts';

/** One object: its labels, and its numbers, counters first and latency buckets after them. */
interface Row {
  readonly labels: Labels;
  readonly numbers: readonly number[];
}

type Counted = ReadonlyMap<string, NodeMetrics>;

const boundsSeconds = latencyBoundsMs.map((ms) => ms / 1000);

export function writeListeners(page: Exposition, counted: Counted): void {
  const listeners = [...counted].flatMap(([node, metrics]) =>
    metrics.listeners.map((listener) => ({ labels: listenerLabels(node, listener), listener })),
  );
  page.family(
    {
      name: 'elbow_listener_open_connections',
      type: 'gauge',
      help: 'Connections of clients that are open now.',
    },
    listeners.map(({ labels, listener }) => [labels, listener.openConnections]),
  );
  writeClients(
    page,
    'elbow_listener_',
    listeners.map(({ labels, listener }) => ({ labels, numbers: listener.client })),
    [...clientFamilies, ...connectionFamilies],
  );
  writeMembersAsked(
    page,
    'elbow_listener_upstream_',
    listeners.map(({ labels, listener }) => ({ labels, numbers: listener.upstream })),
  );
}

export function writePools(page: Exposition, counted: Counted): void {
  const pools = [...counted].flatMap(([node, metrics]) =>
    metrics.pools.map((pool) => ({ labels: poolLabels(node, pool.id), pool })),
  );
  writeClients(
    page,
    'elbow_pool_',
    pools.map(({ labels, pool }) => ({ labels, numbers: pool.client })),
    clientFamilies,
  );
  writeMembersAsked(
    page,
    'elbow_pool_upstream_',
    pools.map(({ labels, pool }) => ({ labels, numbers: pool.upstream })),
  );
}

export function writeMembers(page: Exposition, counted: Counted): void {
  const rows = [...counted].flatMap(([node, { pools }]) =>
    pools.flatMap((pool) =>
      pool.members.map(({ id, upstream }): Row => {
        return { labels: [...poolLabels(node, pool.id), ['member', id]], numbers: upstream };
      }),
    ),
  );
  writeMembersAsked(page, 'elbow_member_', rows);
}

function writeClients(
  page: Exposition,
  prefix: string,
  rows: readonly Row[],
  families: typeof clientFamilies,
): void {
  writeCounters(page, rows, { prefix, families, names: clientCounters });
  writeDurations(page, rows, { prefix, family: requestDuration, names: clientCounters });
}

function writeMembersAsked(page: Exposition, prefix: string, rows: readonly Row[]): void {
  writeCounters(page, rows, { prefix, families: upstreamFamilies, names: upstreamCounters });
  writeDurations(page, rows, { prefix, family: upstreamDuration, names: upstreamCounters });
}

interface CounterTable<C extends string> {
  readonly prefix: string;
  readonly families: readonly CounterFamily<C>[];
  /** What the numbers of a row are, in their order. */
  readonly names: readonly C[];
}

function writeCounters<C extends string>(
  page: Exposition,
  rows: readonly Row[],
  { prefix, families, names }: CounterTable<C>,
): void {
  for (const { name, help, samples } of families) {
    page.begin({ name: `${prefix}${name}`, help, type: 'counter' });
    for (const { labels, numbers } of rows) {
      for (const { counter, label } of samples)
        page.sample(label === null ? labels : [...labels, label], numbers[names.indexOf(counter)] ?? 0);
    }
  }
}

interface DurationTable {
  readonly prefix: string;
  readonly family: { readonly name: string; readonly help: string };
  readonly names: readonly string[];
}

function writeDurations(
  page: Exposition,
  rows: readonly Row[],
  { prefix, family, names }: DurationTable,
): void {
  page.begin({ name: `${prefix}${family.name}`, help: family.help, type: 'histogram' });
  for (const { labels, numbers } of rows) {
    const sumMs = numbers[names.indexOf('durationMs')] ?? 0;
    // To the microsecond; more digits would be those of the binary form.
    const sum = Math.round(sumMs * 1000) / 1e6;
    page.histogram(labels, boundsSeconds, { buckets: numbers.slice(names.length), sum });
  }
}

function listenerLabels(node: string, { loadBalancerId, id }: ListenerCounts): Labels {
  return [
    ['node', node],
    ['lb', loadBalancerId],
    ['listener', id],
  ];
}

function poolLabels(node: string, pool: string): Labels {
  return [
    ['node', node],
    ['pool', pool],
  ];
}
