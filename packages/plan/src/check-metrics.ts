import { type Check, type Checks, fields, integer, list } from './check.ts';
import { id } from './check-values.ts';
import {
  clientRowLength,
  type ListenerCounts,
  type MemberCounts,
  nodeCounters,
  type NodeMetrics,
  type PoolCounts,
  upstreamRowLength,
} from './counters.ts';

const count = integer(0, Number.MAX_SAFE_INTEGER);

/** Exactly `length` numbers from 0 up; sums of milliseconds have fractions. */
function row(length: number): Check {
  return (value, path) => {
    const isRow = Array.isArray(value) && value.length === length && value.every(isCount);
    return isRow ? [] : [`${path} must be ${length} numbers from 0 up`];
  };
}

const member: Checks<MemberCounts> = { id, upstream: row(upstreamRowLength) };

const pool: Checks<PoolCounts> = {
  id,
  client: row(clientRowLength),
  upstream: row(upstreamRowLength),
  members: list(fields(member)),
};

const listener: Checks<ListenerCounts> = {
  id,
  loadBalancerId: id,
  openConnections: count,
  client: row(clientRowLength),
  upstream: row(upstreamRowLength),
};

const metrics: Checks<NodeMetrics> = {
  startedAtMs: count,
  node: row(nodeCounters.length),
  listeners: list(fields(listener)),
  pools: list(fields(pool)),
  omitted: count,
};

/** What is wrong with the counts that a node sent. */
export const checkMetrics: Check = fields(metrics);

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
