import type { ListenerChunk } from '@elbow/plan';

/** What is to be done with a request, before any byte goes to a member. */
export type Decision =
  | { readonly kind: 'forward'; readonly poolId: string }
  | { readonly kind: 'answer'; readonly status: number; readonly reason: string };

/**
 * Where a request goes. The data plane, `explain` and the tests call this one function.
 * A listener without a pool answers 503: nobody said who should serve it.
 */
export function decide(listener: Pick<ListenerChunk, 'defaultPoolId'>): Decision {
  if (listener.defaultPoolId !== null) return { kind: 'forward', poolId: listener.defaultPoolId };
  return { kind: 'answer', status: 503, reason: 'the listener has no pool' };
}
