import type { Reconciler } from './reconcile/reconciler.ts';

/** What the API asks of the reconciler: which nodes there are, what they can do and what they serve. */
export type Fleet = Omit<Reconciler, 'start' | 'stop'>;
