/**
 * What a node counts, by name and in the order in which rows of numbers travel and are kept. All are counters: they
 * only grow while the node process lives, over deaths of workers too.
 */

/** Upper bounds of the latency buckets in milliseconds, each about twice the one before; one more bucket is above all. */
export const latencyBoundsMs: readonly number[] = [
  0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
  200_000, 500_000, 1_000_000,
];
export const latencyBuckets = latencyBoundsMs.length + 1;

/** What clients asked of a listener or a pool, and what they got. */
export const clientCounters = [
  /** Requests that were understood, those that the load balancer answered by itself included. */
  'requests',
  /** Codes sent to clients by their first digit; 499 is a 4xx. */
  'status1xx',
  'status2xx',
  'status3xx',
  'status4xx',
  'status5xx',
  'statusOther',
  'status404',
  'status499',
  'status502',
  'status503',
  'status504',
  /** Heads and bodies of requests as received. */
  'requestBytes',
  /** Heads and bodies of answers before TLS. */
  'sentBytes',
  /** Requests that became a tunnel; they are in no duration. */
  'tunnels',
  /** Answers that ended before their end. */
  'cutAnswers',
  /** Requests that broke a rule of HTTP or took too long to arrive. */
  'refusedRequests',
  'connections',
  'connectionsRefusedByRate',
  'connectionsRefusedByCount',
  /** The worker had no more room for connections, whatever the listener allows. */
  'connectionsRefusedByNode',
  /** The peer's address is not one that may connect. */
  'connectionsRefusedByAccess',
  'handshakeErrors',
  /** Sum of the durations in the buckets that follow, in milliseconds. */
  'durationMs',
] as const;

/** What members were asked, by listener, by pool and by member. */
export const upstreamCounters = [
  /** Attempts at members. */
  'attempts',
  /** Attempts after the first of a request. */
  'retries',
  'status1xx',
  'status2xx',
  'status3xx',
  'status4xx',
  'status5xx',
  'statusOther',
  /** No connection could be made. */
  'connectErrors',
  'connectTimeouts',
  /** The connection broke, or what came over it was no answer. */
  'responseErrors',
  'responseTimeouts',
  /** The client left before the member answered. */
  'abandoned',
  /** Sum of the durations in the buckets that follow, in milliseconds. */
  'durationMs',
] as const;

/** What a node counts about itself. */
export const nodeCounters = [
  'accessLogLines',
  'accessLogBytes',
  'accessLogDroppedLines',
  /** Copies of requests that a mirror answered. */
  'mirrorAnswered',
  /** Copies that a mirror did not take or did not answer in time. */
  'mirrorFailed',
  /** Copies that were never sent: too many were on their way, no mirror could take one, or the request broke off. */
  'mirrorDropped',
  /** Answers that went out unencoded because too much was going on. */
  'encodingsLeftOut',
] as const;

export type ClientCounter = (typeof clientCounters)[number];
export type UpstreamCounter = (typeof upstreamCounters)[number];
export type NodeCounter = (typeof nodeCounters)[number];

/** Numbers of one row: the counters in their order, then the latency buckets. */
export const clientRowLength = clientCounters.length + latencyBuckets;
export const upstreamRowLength = upstreamCounters.length + latencyBuckets;

/** Which bucket a duration falls into. */
export function latencyBucket(ms: number): number {
  let low = 0;
  let high = latencyBoundsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ms <= latencyBoundsMs[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** All that a node has counted, at one moment. */
export interface NodeMetrics {
  /** When the counting began, as milliseconds since 1970. */
  readonly startedAtMs: number;
  /** {@link nodeCounters}. */
  readonly node: readonly number[];
  readonly listeners: readonly ListenerCounts[];
  readonly pools: readonly PoolCounts[];
  /** Objects that are left out because there are more than {@link mostCountedObjects}. */
  readonly omitted: number;
}

export interface ListenerCounts {
  readonly id: string;
  readonly loadBalancerId: string;
  readonly openConnections: number;
  /** {@link clientCounters} and buckets of the time from the request to the end of its answer. */
  readonly client: readonly number[];
  /** {@link upstreamCounters} and buckets of the time from the attempt to the end of the member's answer. */
  readonly upstream: readonly number[];
}

export interface PoolCounts {
  readonly id: string;
  readonly client: readonly number[];
  readonly upstream: readonly number[];
  readonly members: readonly MemberCounts[];
}

export interface MemberCounts {
  readonly id: string;
  readonly upstream: readonly number[];
}

/** Listeners, pools and members in one {@link NodeMetrics}: keeps the message and the page made of it bounded. */
export const mostCountedObjects = 5000;
