export type { NodeStatus, Readiness } from './node-status.ts';
export { createReconciler, type NodeWorkers, type Reconciler, type ReconcilerOptions } from './reconciler.ts';
