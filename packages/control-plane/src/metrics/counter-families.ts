import type { ClientCounter, UpstreamCounter } from '@elbow/plan';

/** One counter of a family; families with several tell them apart by one label. */
export interface CounterSample<C extends string> {
  readonly counter: C;
  readonly label: readonly [name: string, value: string] | null;
}

export interface CounterFamily<C extends string> {
  /** What follows the prefix of the scope. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly CounterSample<C>[];
}

/** Of listeners and of pools. */
export const clientFamilies: readonly CounterFamily<ClientCounter>[] = [
  single(
    'requests_total',
    'requests',
    'Requests that were understood and answered, by a member or by the load balancer.',
  ),
  several('responses_total', 'Answers to clients by the first digit of their status.', 'class', {
    '1xx': 'status1xx',
    '2xx': 'status2xx',
    '3xx': 'status3xx',
    '4xx': 'status4xx',
    '5xx': 'status5xx',
    other: 'statusOther',
  }),
  several(
    'responses_by_code_total',
    'Answers to clients of single statuses; 499: the client left first.',
    'code',
    {
      '404': 'status404',
      '499': 'status499',
      '502': 'status502',
      '503': 'status503',
      '504': 'status504',
    },
  ),
  single('request_bytes_total', 'requestBytes', 'Bytes of requests, head and body.'),
  single('sent_bytes_total', 'sentBytes', 'Bytes of answers, head and body, before TLS.'),
  single('tunnels_total', 'tunnels', 'Requests that became a WebSocket tunnel, counted at its end.'),
  single('cut_responses_total', 'cutAnswers', 'Exchanges that ended before their answer was complete.'),
];

/** Of listeners only: what happens before there is a request. */
export const connectionFamilies: readonly CounterFamily<ClientCounter>[] = [
  single(
    'refused_requests_total',
    'refusedRequests',
    'Requests refused for breaking a rule of HTTP or for taking too long.',
  ),
  single('connections_total', 'connections', 'Connections of clients that were accepted.'),
  several('refused_connections_total', 'Connections of clients that were refused, by the limit.', 'limit', {
    rate: 'connectionsRefusedByRate',
    connections: 'connectionsRefusedByCount',
    node: 'connectionsRefusedByNode',
    access: 'connectionsRefusedByAccess',
  }),
  single('tls_handshake_errors_total', 'handshakeErrors', 'TLS handshakes that failed.'),
];

/** Of listeners and pools under `upstream_`, and of members. */
export const upstreamFamilies: readonly CounterFamily<UpstreamCounter>[] = [
  single('attempts_total', 'attempts', 'Attempts to have a request answered by a member.'),
  single('retries_total', 'retries', 'Attempts at another member after one that failed.'),
  several('responses_total', 'Answers of members by the first digit of their status.', 'class', {
    '1xx': 'status1xx',
    '2xx': 'status2xx',
    '3xx': 'status3xx',
    '4xx': 'status4xx',
    '5xx': 'status5xx',
    other: 'statusOther',
  }),
  several(
    'failures_total',
    'Attempts without an answer, by what went wrong; abandoned: the client left.',
    'kind',
    {
      connect_error: 'connectErrors',
      connect_timeout: 'connectTimeouts',
      response_error: 'responseErrors',
      response_timeout: 'responseTimeouts',
      abandoned: 'abandoned',
    },
  ),
];

export const requestDuration = {
  name: 'request_duration_seconds',
  help: 'From a complete request head to the end of its answer; tunnels are not counted.',
} as const;

export const upstreamDuration = {
  name: 'duration_seconds',
  help: "From an attempt to the end of the member's answer; tunnels and failures are not counted.",
} as const;

function single<C extends string>(name: string, counter: C, help: string): CounterFamily<C> {
  return { name, help, samples: [{ counter, label: null }] };
}

function several<C extends string>(
  name: string,
  help: string,
  label: string,
  counters: Readonly<Record<string, C>>,
): CounterFamily<C> {
  const samples = Object.entries(counters).map(([value, counter]) => ({
    counter,
    label: [label, value] as const,
  }));
  return { name, help, samples };
}
