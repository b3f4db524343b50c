import { type Monitor, slotMs } from './monitor.ts';
import { client } from './point.ts';

/** Whole slots that the rate is taken over. */
const slots = 3;

/** New connections per second to a listener over the last half minute, on all nodes together. */
export function clientConnectionsPerSecond(monitor: Monitor, listenerId: string, nowMs: number): number {
  const toMs = Math.floor(nowMs / slotMs) * slotMs;
  const spans = monitor.read({
    keys: [`listener/${listenerId}`],
    fromMs: toMs - slots * slotMs,
    toMs,
    stepMs: slotMs,
  });
  const counted = spans.filter((span) => span !== null);
  if (counted.length === 0) return 0;
  const connections = counted.reduce((sum, { point }) => sum + client(point, 'connections'), 0);
  return connections / ((counted.length * slotMs) / 1000);
}
