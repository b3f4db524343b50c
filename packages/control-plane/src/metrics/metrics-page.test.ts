import {
  clientCounters,
  clientRowLength,
  type NodeMetrics,
  upstreamCounters,
  upstreamRowLength,
} from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '../reconcile/node-status.ts';
import { metricsPage } from './metrics-page.ts';

/** Every number of a row is another one, so that a mix-up shows. */
const numbered = (from: number, length: number) => Array.from({ length }, (_, at) => from + at);

const metrics: NodeMetrics = {
  startedAtMs: 1_700_000_000_500,
  node: [7, 8, 9],
  listeners: [
    {
      id: 'l1',
      loadBalancerId: 'lb1',
      openConnections: 4,
      client: numbered(100, clientRowLength),
      upstream: numbered(200, upstreamRowLength),
    },
  ],
  pools: [
    {
      id: 'p1',
      client: numbered(300, clientRowLength),
      upstream: numbered(400, upstreamRowLength),
      members: [{ id: 'm1', upstream: numbered(500, upstreamRowLength) }],
    },
  ],
  omitted: 2,
};

const node: NodeStatus = {
  facts: {
    id: 'n1',
    availabilityZone: 'az1',
    processId: 1,
    runtime: 'test',
    capabilities: {
      lowestPort: 1,
      earlyData: false,
      whyNoEarlyData: 'not built',
      tlsEngine: 'node',
      http2: true,
    },
  },
  connectedAtMs: 0,
  deliveredRevision: 3,
  observation: {
    revision: 3,
    workers: [
      { id: 0, revision: 3, state: 'serving', connections: 1 },
      { id: 1, revision: 0, state: 'dead', connections: 0 },
    ],
    troubles: [],
  },
  refusal: null,
};

const page = metricsPage({ version: '1.2.3', nodes: [node], counted: new Map([['n1', metrics]]) });
const lines = page.trimEnd().split('\n');
const value = (sample: string): string | undefined =>
  lines.find((line) => line.startsWith(`${sample} `))?.slice(sample.length + 1);

describe('metricsPage', () => {
  it('keeps its names and labels: dashboards are made of them', async () => {
    const names = lines.flatMap((line) => {
      if (line.startsWith('#')) return line.startsWith('# TYPE') ? [line.slice(7)] : [];
      return [
        `  ${line.slice(0, line.lastIndexOf(' ')).replace(/(node|lb|listener|pool|member|version|worker)="[^"]*"/g, '$1')}`,
      ];
    });
    const golden = new URL('../../testdata/metric-names.txt', import.meta.url).pathname;
    await expect(`${[...new Set(names)].join('\n')}\n`).toMatchFileSnapshot(golden);
  });

  it('shows each number under its name', () => {
    const listener = 'node="n1",lb="lb1",listener="l1"';
    const at = (name: (typeof clientCounters)[number]): string => String(100 + clientCounters.indexOf(name));
    expect(value(`elbow_listener_requests_total{${listener}}`)).toBe(at('requests'));
    expect(value(`elbow_listener_responses_total{${listener},class="4xx"}`)).toBe(at('status4xx'));
    expect(value(`elbow_listener_responses_by_code_total{${listener},code="499"}`)).toBe(at('status499'));
    expect(value(`elbow_listener_refused_connections_total{${listener},limit="rate"}`)).toBe(
      at('connectionsRefusedByRate'),
    );
    expect(value('elbow_listener_open_connections{node="n1",lb="lb1",listener="l1"}')).toBe('4');
    expect(value('elbow_pool_requests_total{node="n1",pool="p1"}')).toBe('300');
    expect(value('elbow_member_attempts_total{node="n1",pool="p1",member="m1"}')).toBe('500');
    expect(value('elbow_member_failures_total{node="n1",pool="p1",member="m1",kind="connect_timeout"}')).toBe(
      String(500 + upstreamCounters.indexOf('connectTimeouts')),
    );
    expect(value('elbow_access_log_dropped_lines_total{node="n1"}')).toBe('9');
    expect(value('elbow_node_start_time_seconds{node="n1"}')).toBe('1700000000.5');
    expect(['0', '1'].map((worker) => value(`elbow_worker_up{node="n1",worker="${worker}"}`))).toEqual([
      '1',
      '0',
    ]);
  });

  it('shows buckets that add up, with their bounds in seconds', () => {
    const first = 500 + upstreamCounters.length;
    const bucket = (bound: string): string | undefined =>
      value(`elbow_member_duration_seconds_bucket{node="n1",pool="p1",member="m1",le="${bound}"}`);
    expect([bucket('0.00005'), bucket('0.0001'), bucket('0.0002')]).toEqual(
      [first, 2 * first + 1, 3 * first + 3].map(String),
    );
    expect(bucket('1000')).toBeDefined();
    expect(value('elbow_member_duration_seconds_count{node="n1",pool="p1",member="m1"}')).toBe(
      bucket('+Inf'),
    );
    expect(value('elbow_member_duration_seconds_sum{node="n1",pool="p1",member="m1"}')).toBe(
      String((500 + upstreamCounters.indexOf('durationMs')) / 1000),
    );
  });

  it('introduces each family once, right before its samples, and no family without one', () => {
    const introduced = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]!);
    expect(new Set(introduced).size).toBe(introduced.length);
    let family = '';
    for (const line of lines) {
      if (line.startsWith('# HELP')) family = line.split(' ')[2]!;
      else if (!line.startsWith('#')) expect(line.startsWith(family)).toBe(true);
    }
    expect(metricsPage({ version: '1', nodes: [], counted: new Map() }).trimEnd().split('\n')).toHaveLength(
      3,
    );
  });

  it('shows a node that did not answer as down', () => {
    expect(metricsPage({ version: '1', nodes: [node], counted: new Map() })).toContain(
      'elbow_node_up{node="n1"} 0\n',
    );
  });

  it('is proof against any label', () => {
    const text = metricsPage({ version: 'a"b\\c\nd', nodes: [], counted: new Map() });
    expect(text).toContain('elbow_build_info{version="a\\"b\\\\c\\nd"} 1\n');
  });
});
