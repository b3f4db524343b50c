import type { HealthMonitor } from './health-monitor.ts';
import type { L7Policy, L7Rule } from './l7-policy.ts';
import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { Member } from './member.ts';
import type { Pool } from './pool.ts';
import type { ResourceBase } from './resource.ts';

/** Whether and how long deleted load balancers can be brought back; one per project. */
export interface RecycleBin {
  readonly isEnabled: boolean;
  /** Hours that a deleted load balancer is kept. */
  readonly retentionHours: number;
  /** Load balancers younger than this, in hours, are destroyed at once. */
  readonly thresholdHours: number;
}

export const defaultRecycleBin: RecycleBin = { isEnabled: false, retentionHours: 72, thresholdHours: 0 };

/** A load balancer and what went with it, as rows to put back. */
export interface LoadBalancerSnapshot {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  readonly policies: readonly L7Policy[];
  readonly rules: readonly L7Rule[];
  readonly pools: readonly Pool[];
  readonly members: readonly Member[];
  readonly monitors: readonly HealthMonitor[];
}

/** What lies in the bin, under the id of the load balancer; `createdAtMs` is when it was thrown away. */
export interface RecycledLoadBalancer extends ResourceBase {
  readonly snapshot: LoadBalancerSnapshot;
  readonly expiresAtMs: number;
}

const hourMs = 3_600_000;

/** Whether a deleted load balancer goes to the bin. */
export function isKeptOnDelete(
  bin: RecycleBin,
  { createdAtMs }: Pick<LoadBalancer, 'createdAtMs'>,
  nowMs: number,
): boolean {
  return bin.isEnabled && nowMs - createdAtMs >= bin.thresholdHours * hourMs;
}

export function recycledUntilMs({ retentionHours }: RecycleBin, nowMs: number): number {
  return nowMs + retentionHours * hourMs;
}
