import { type NodeCounter, nodeCounters, type NodeMetrics } from '@elbow/plan';
import type { NodeStatus } from '../reconcile/node-status.ts';
import type { Exposition, Family, Labels } from './exposition.ts';

const up = gauge('elbow_node_up', 'Whether a connected node answered this scrape.');
const revision = gauge('elbow_node_served_revision', 'The newest revision that every live worker serves.');
const workerUp = gauge('elbow_worker_up', 'Whether the worker serves.');
const started = gauge(
  'elbow_node_start_time_seconds',
  'When the node began to count, in seconds since 1970.',
);
const omitted = gauge(
  'elbow_node_omitted_objects',
  'Objects left out of this page because there are too many.',
);

const ownCounters: Readonly<Record<NodeCounter, Family>> = {
  accessLogLines: counter('elbow_access_log_lines_total', 'Lines written to the access log.'),
  accessLogBytes: counter('elbow_access_log_bytes_total', 'Bytes written to the access log.'),
  accessLogDroppedLines: counter(
    'elbow_access_log_dropped_lines_total',
    'Lines of the access log that were dropped because the disk was full, broken or too slow.',
  ),
  mirrorAnswered: counter('elbow_mirror_answered_total', 'Copies of requests that a mirror answered.'),
  mirrorFailed: counter(
    'elbow_mirror_failed_total',
    'Copies of requests that a mirror did not take or did not answer in time.',
  ),
  mirrorDropped: counter(
    'elbow_mirror_dropped_total',
    'Copies of requests that were never sent: too many on their way, no mirror there, or the request broke off.',
  ),
  encodingsLeftOut: counter(
    'elbow_compression_left_out_total',
    'Answers that could have been compressed and were not, because too much was going on.',
  ),
};

/** What is known of the nodes themselves. */
export function writeNodes(
  page: Exposition,
  nodes: readonly NodeStatus[],
  counted: ReadonlyMap<string, NodeMetrics>,
): void {
  page.family(
    up,
    nodes.map(({ facts }) => [[['node', facts.id]], counted.has(facts.id) ? 1 : 0]),
  );
  page.family(
    revision,
    nodes.map(({ facts, observation }) => [[['node', facts.id]], observation?.revision ?? 0]),
  );
  page.family(workerUp, nodes.flatMap(workersOf));
  const ofEach = (value: (metrics: NodeMetrics) => number): [Labels, number][] =>
    [...counted].map(([id, metrics]) => [[['node', id]], value(metrics)]);
  page.family(
    started,
    ofEach(({ startedAtMs }) => startedAtMs / 1000),
  );
  page.family(
    omitted,
    ofEach((metrics) => metrics.omitted),
  );
  for (const [at, name] of nodeCounters.entries())
    page.family(
      ownCounters[name],
      ofEach(({ node }) => node[at] ?? 0),
    );
}

function workersOf({ facts, observation }: NodeStatus): [Labels, number][] {
  return (observation?.workers ?? []).map(({ id, state }) => {
    const labels: Labels = [
      ['node', facts.id],
      ['worker', String(id)],
    ];
    return [labels, state === 'serving' ? 1 : 0];
  });
}

function gauge(name: string, help: string): Family {
  return { name, help, type: 'gauge' };
}

function counter(name: string, help: string): Family {
  return { name, help, type: 'counter' };
}
