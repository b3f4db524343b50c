import type { LoadBalancerWire, MemberOfAnyPoolWire, TroubleAnswer } from '@elbow/api';
import type { Tone } from '../shell/status-dot.tsx';

export type LoadBalancerStatus =
  | { readonly word: 'running' | 'disabled' }
  | { readonly word: 'degraded'; readonly offlineCount: number }
  | { readonly word: 'error'; readonly reason: string };

export interface Surroundings {
  readonly offlineMembers: readonly MemberOfAnyPoolWire[];
  readonly troubles: readonly TroubleAnswer[];
}

export const statusTones: Readonly<Record<LoadBalancerStatus['word'], Tone>> = {
  running: 'good',
  degraded: 'warn',
  disabled: 'off',
  error: 'bad',
};

/** One word for a load balancer and all below it, the worst first. */
export function statusOf(loadBalancer: LoadBalancerWire, around: Surroundings): LoadBalancerStatus {
  if (!loadBalancer.admin_state_up) return { word: 'disabled' };
  const ids = new Set([
    loadBalancer.id,
    ...[...loadBalancer.listeners, ...loadBalancer.pools].map(({ id }) => id),
  ]);
  const trouble = around.troubles.find(({ id }) => ids.has(id));
  if (trouble !== undefined) return { word: 'error', reason: trouble.reason };
  const offlineCount = around.offlineMembers.filter(({ loadbalancers }) =>
    loadbalancers.some(({ id }) => id === loadBalancer.id),
  ).length;
  return offlineCount > 0 ? { word: 'degraded', offlineCount } : { word: 'running' };
}

/** Names and ids are what people call things by: an object without a name goes by its id. */
export function nameOf({ id, name }: { readonly id: string; readonly name: string }): string {
  return name === '' ? id : name;
}
