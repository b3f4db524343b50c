import type { NodeMetrics } from '@elbow/plan';
import type { NodeStatus } from '../reconcile/node-status.ts';
import { Exposition } from './exposition.ts';
import { writeNodes } from './node-metrics.ts';
import { writeListeners, writeMembers, writePools } from './traffic-metrics.ts';

export { metricsContentType } from './exposition.ts';

export interface MetricsSources {
  readonly version: string;
  readonly nodes: readonly NodeStatus[];
  /** By node id; a node that did not answer is not in it. */
  readonly counted: ReadonlyMap<string, NodeMetrics>;
}

/** Everything that is counted, in the text format of Prometheus. */
export function metricsPage({ version, nodes, counted }: MetricsSources): string {
  const page = new Exposition();
  const help = 'Always 1; the label says which version runs.';
  page.family({ name: 'elbow_build_info', type: 'gauge', help }, [[[['version', version]], 1]]);
  writeNodes(page, nodes, counted);
  writeListeners(page, counted);
  writePools(page, counted);
  writeMembers(page, counted);
  return page.toString();
}
