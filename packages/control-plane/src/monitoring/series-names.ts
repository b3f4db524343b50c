import { latencyBoundsMs } from '@elbow/plan';
import { maximumMs, quantileMs } from './latency.ts';
import { averageOf, bucketsOf, client, mostOf, type Point, upstream } from './point.ts';

/** A point and how often the object was looked at in its time, if only to find that nothing had happened. */
export interface Span {
  readonly point: Point;
  readonly samples: number;
}

type Value = (span: Span) => number | null;

type Side = 'client' | 'upstream';

const quantile =
  (side: Side, share: number): Value =>
  ({ point }) =>
    quantileMs(bucketsOf(point, side), share);

const maximum =
  (side: Side): Value =>
  ({ point }) =>
    maximumMs(bucketsOf(point, side));

function average(side: Side): Value {
  return ({ point }) => {
    const count = bucketsOf(point, side).reduce((sum, one) => sum + one, 0);
    const total = side === 'client' ? client(point, 'durationMs') : upstream(point, 'durationMs');
    return count === 0 ? null : total / count;
  };
}

const counted =
  (name: Parameters<typeof client>[1]): Value =>
  (span) =>
    client(span.point, name);
const asked =
  (name: Parameters<typeof upstream>[1]): Value =>
  (span) =>
    upstream(span.point, name);

/** Every series by its name. Counts are of the span, times are milliseconds, bytes are bytes. */
export const seriesValues = {
  connections_open: ({ point, samples }) => averageOf(point, 'openConnections', samples),
  connections_open_max: ({ point }) => mostOf(point, 'openConnections'),
  connections_new: counted('connections'),
  requests: counted('requests'),
  status_1xx: counted('status1xx'),
  status_2xx: counted('status2xx'),
  status_3xx: counted('status3xx'),
  status_4xx: counted('status4xx'),
  status_5xx: counted('status5xx'),
  status_404: counted('status404'),
  status_499: counted('status499'),
  status_502: counted('status502'),
  status_503: counted('status503'),
  status_504: counted('status504'),
  bytes_in: counted('requestBytes'),
  bytes_out: counted('sentBytes'),
  latency_avg: average('client'),
  latency_p50: quantile('client', 0.5),
  latency_p95: quantile('client', 0.95),
  latency_p99: quantile('client', 0.99),
  latency_max: maximum('client'),
  refused_by_access: counted('connectionsRefusedByAccess'),
  refused_by_rate: counted('connectionsRefusedByRate'),
  refused_by_count: counted('connectionsRefusedByCount'),
  refused_by_node: counted('connectionsRefusedByNode'),
  refused_requests: counted('refusedRequests'),
  tls_failures: counted('handshakeErrors'),
  member_requests: asked('attempts'),
  member_retries: asked('retries'),
  member_status_1xx: asked('status1xx'),
  member_status_2xx: asked('status2xx'),
  member_status_3xx: asked('status3xx'),
  member_status_4xx: asked('status4xx'),
  member_status_5xx: asked('status5xx'),
  member_connect_errors: asked('connectErrors'),
  member_connect_timeouts: asked('connectTimeouts'),
  member_response_errors: asked('responseErrors'),
  member_response_timeouts: asked('responseTimeouts'),
  member_latency_avg: average('upstream'),
  member_latency_p50: quantile('upstream', 0.5),
  member_latency_p95: quantile('upstream', 0.95),
  member_latency_max: maximum('upstream'),
  members_healthy: ({ point, samples }) => averageOf(point, 'healthyMembers', samples),
  members_unhealthy: ({ point, samples }) => averageOf(point, 'unhealthyMembers', samples),
} as const satisfies Readonly<Record<string, Value>>;

export type SeriesName = keyof typeof seriesValues;

export const seriesNames = Object.keys(seriesValues) as readonly SeriesName[];

/** With this resolution latencies are known. */
export const latencyResolutionMs = latencyBoundsMs;
