import type { MonitoringMessages } from './messages.ts';
import type { MonitoringScope } from './queries.ts';

export type SeriesLabel = keyof MonitoringMessages['series'];
/** How values of a chart are said, and whether counts become rates. */
export type ChartUnit = 'rate' | 'ms' | 'bytes' | 'count';

export interface PlannedLine {
  readonly name: string;
  readonly label: SeriesLabel;
  readonly tone: number | 'good' | 'warn' | 'bad' | 'info';
}

export interface ChartPlan {
  readonly key: keyof MonitoringMessages['charts'];
  readonly unit: ChartUnit;
  readonly lines: readonly PlannedLine[];
  readonly isStacked?: boolean;
  readonly scopes: readonly MonitoringScope[];
}

export interface ChartGroup {
  readonly key: keyof MonitoringMessages['groups'];
  readonly charts: readonly ChartPlan[];
}

const clients: readonly MonitoringScope[] = ['loadbalancer', 'listener', 'zone'];
const all: readonly MonitoringScope[] = ['loadbalancer', 'listener', 'pool', 'zone'];
const withHealth: readonly MonitoringScope[] = ['loadbalancer', 'pool'];

function line(name: SeriesLabel, tone: PlannedLine['tone']): PlannedLine {
  return { name, label: name, tone };
}

const classes = [
  ['2xx', 'good'],
  ['3xx', 'info'],
  ['4xx', 'warn'],
  ['5xx', 'bad'],
] as const;

function classLines(prefix: string): readonly PlannedLine[] {
  return classes.map(([name, tone]) => ({ name: `${prefix}status_${name}`, label: `status_${name}`, tone }));
}

/** What is shown of which object; answers to clients stand beside those of servers, so that a difference shows. */
export const chartGroups: readonly ChartGroup[] = [
  {
    key: 'traffic',
    charts: [
      { key: 'requests', unit: 'rate', scopes: clients, lines: [line('requests', 1)] },
      { key: 'serverRequests', unit: 'rate', scopes: ['pool'], lines: [line('member_requests', 1)] },
      { key: 'bytes', unit: 'bytes', scopes: clients, lines: [line('bytes_in', 1), line('bytes_out', 2)] },
    ],
  },
  {
    key: 'answers',
    charts: [
      { key: 'clientAnswers', unit: 'rate', scopes: clients, isStacked: true, lines: classLines('') },
      { key: 'serverAnswers', unit: 'rate', scopes: all, isStacked: true, lines: classLines('member_') },
      {
        key: 'errors',
        unit: 'rate',
        scopes: clients,
        lines: [
          line('status_404', 1),
          line('status_499', 2),
          line('status_502', 5),
          line('status_503', 3),
          line('status_504', 4),
        ],
      },
      {
        key: 'attempts',
        unit: 'rate',
        scopes: all,
        lines: [
          line('member_retries', 1),
          line('member_connect_errors', 5),
          line('member_connect_timeouts', 3),
          line('member_response_errors', 4),
          line('member_response_timeouts', 2),
        ],
      },
    ],
  },
  {
    key: 'times',
    charts: [
      {
        key: 'clientTimes',
        unit: 'ms',
        scopes: clients,
        lines: [
          line('latency_avg', 1),
          line('latency_p95', 2),
          line('latency_p99', 4),
          line('latency_max', 5),
        ],
      },
      {
        key: 'serverTimes',
        unit: 'ms',
        scopes: all,
        lines: [
          { name: 'member_latency_avg', label: 'latency_avg', tone: 1 },
          { name: 'member_latency_p50', label: 'latency_p50', tone: 3 },
          { name: 'member_latency_p95', label: 'latency_p95', tone: 2 },
          { name: 'member_latency_max', label: 'latency_max', tone: 5 },
        ],
      },
    ],
  },
  {
    key: 'health',
    charts: [
      {
        key: 'servers',
        unit: 'count',
        scopes: withHealth,
        isStacked: true,
        lines: [line('members_healthy', 'good'), line('members_unhealthy', 'bad')],
      },
    ],
  },
  {
    key: 'connections',
    charts: [
      {
        key: 'open',
        unit: 'count',
        scopes: clients,
        lines: [line('connections_open', 1), line('connections_open_max', 2)],
      },
      { key: 'newConnections', unit: 'rate', scopes: clients, lines: [line('connections_new', 1)] },
    ],
  },
  {
    key: 'refused',
    charts: [
      {
        key: 'refused',
        unit: 'rate',
        scopes: clients,
        lines: [
          line('refused_by_access', 1),
          line('refused_by_rate', 3),
          line('refused_by_count', 2),
          line('refused_by_node', 6),
          line('refused_requests', 4),
          line('tls_failures', 5),
        ],
      },
    ],
  },
];
