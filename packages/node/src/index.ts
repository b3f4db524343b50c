export { startNode } from './start-node.ts';
export type { NodeOptions, RunningNode } from './start-node.ts';
