import type { ListenerCounts, NodeMetrics, PoolCounts } from '@elbow/plan';
import type { Fleet } from '../fleet.ts';
import type { MinuteFile } from './minute-file.ts';
import {
  addCounts,
  addGauge,
  addPoint,
  closeSample,
  type Counts,
  emptyPoint,
  isIdle,
  type Point,
} from './point.ts';

/**
 * `listener/ID`, `pool/ID`, `loadbalancer/ID`, `zone/CODE`, the first three with `@CODE` for what one of several zones
 * did, and {@link everything} that was looked at at all.
 */
export type ObjectKey = string;

/** An object of its own whose points say how often there was a sample. */
export const everything: ObjectKey = '*';

interface Seen {
  readonly startedAtMs: number;
  readonly counts: ReadonlyMap<ObjectKey, Counts>;
}

/** Which lives of nodes were seen, also by processes before this one: what they have counted is not news. */
export type NodeMemory = Pick<MinuteFile, 'knowsNode' | 'rememberNode'>;

export type SampledFleet = Pick<Fleet, 'askMetrics' | 'memberHealth' | 'nodes'>;

/** Makes points of what nodes have counted: the difference between one look and the next. */
export class Sampler {
  readonly #fleet: SampledFleet;
  readonly #memory: NodeMemory;
  #seen: ReadonlyMap<string, Seen> = new Map();

  constructor(fleet: SampledFleet, memory: NodeMemory) {
    this.#fleet = fleet;
    this.#memory = memory;
  }

  /** One look at all nodes. Objects to which nothing happened are left out. */
  async sample(): Promise<ReadonlyMap<ObjectKey, Point>> {
    const counted = await this.#fleet.askMetrics();
    const points = new Map<ObjectKey, Point>();
    const seen = new Map<string, Seen>();
    const zones = zonesOf(this.#fleet);
    for (const [node, metrics] of counted) {
      this.#addNode(points, metrics, { before: this.#before(node, metrics), zones: placesOf(zones, node) });
      if (this.#seen.get(node)?.startedAtMs !== metrics.startedAtMs)
        this.#memory.rememberNode(node, metrics.startedAtMs);
      seen.set(node, { startedAtMs: metrics.startedAtMs, counts: countsOf(metrics) });
    }
    this.#seen = new Map([...this.#seen, ...seen]);
    for (const [key, point] of points) {
      closeSample(point);
      if (isIdle(point)) points.delete(key);
    }
    if (counted.size > 0) points.set(everything, closeSample(emptyPoint()));
    return points;
  }

  /** Null: nothing before, all of it is new. Undefined: nothing is known of before, so nothing can be said. */
  #before(node: string, { startedAtMs }: NodeMetrics): Seen['counts'] | null | undefined {
    const before = this.#seen.get(node);
    if (before !== undefined) return before.startedAtMs === startedAtMs ? before.counts : null;
    return this.#memory.knowsNode(node, startedAtMs) ? undefined : null;
  }

  #addNode(
    points: Map<ObjectKey, Point>,
    { listeners, pools }: NodeMetrics,
    { before, zones }: NodeSample,
  ): void {
    for (const listener of listeners) {
      const key = `listener/${listener.id}`;
      const own = this.#listenerPoint(listener, before?.get(key) ?? null, before === undefined);
      const owner = `loadbalancer/${listener.loadBalancerId}`;
      for (const suffix of zones.suffixes)
        for (const place of [key, owner]) addPoint(pointOf(points, `${place}${suffix}`), own);
      if (zones.own !== null) addPoint(pointOf(points, `zone/${zones.own}`), own);
    }
    for (const pool of pools)
      for (const suffix of zones.suffixes) this.#addPool(points, pool, { before, suffix });
  }

  #listenerPoint(listener: ListenerCounts, before: Counts | null, isUnknown: boolean): Point {
    const point = emptyPoint();
    if (!isUnknown) addCounts(point, listener, before);
    addGauge(point, 'openConnections', listener.openConnections);
    return point;
  }

  #addPool(
    points: Map<ObjectKey, Point>,
    pool: PoolCounts,
    { before, suffix }: Pick<NodeSample, 'before'> & { readonly suffix: string },
  ): void {
    const key = `pool/${pool.id}`;
    const isFirst = !points.has(`${key}${suffix}`);
    const point = pointOf(points, `${key}${suffix}`);
    if (before !== undefined) addCounts(point, pool, before?.get(key) ?? null);
    // Health is what all nodes together found, so it is asked for once.
    if (!isFirst) return;
    for (const { id } of pool.members) {
      const status = this.#fleet.memberHealth(id)?.status;
      if (status === 'ONLINE') addGauge(point, 'healthyMembers', 1);
      if (status === 'OFFLINE') addGauge(point, 'unhealthyMembers', 1);
    }
  }
}

interface NodeSample {
  /** Null: nothing before, all of it is new. Undefined: nothing can be said. */
  readonly before: Seen['counts'] | null | undefined;
  readonly zones: Places;
}

/** Where what a node did is added: always to the whole, to its zone, and to its part of several zones. */
interface Places {
  readonly own: string | null;
  readonly suffixes: readonly string[];
}

/** Zone codes of the connected nodes, by node. */
export function zonesOf(fleet: Pick<Fleet, 'nodes'>): ReadonlyMap<string, string> {
  return new Map(fleet.nodes().map(({ facts }) => [facts.id, facts.availabilityZone]));
}

/** With one zone its part is the whole, and nothing is kept twice. */
function placesOf(zones: ReadonlyMap<string, string>, node: string): Places {
  const own = zones.get(node) ?? null;
  const isSplit = new Set(zones.values()).size > 1;
  return { own, suffixes: own !== null && isSplit ? ['', `@${own}`] : [''] };
}

function pointOf(points: Map<ObjectKey, Point>, key: ObjectKey): Point {
  const known = points.get(key) ?? emptyPoint();
  points.set(key, known);
  return known;
}

function countsOf({ listeners, pools }: NodeMetrics): ReadonlyMap<ObjectKey, Counts> {
  return new Map<ObjectKey, Counts>([
    ...listeners.map((one) => [`listener/${one.id}`, one] as const),
    ...pools.map((one) => [`pool/${one.id}`, one] as const),
  ]);
}
