export type { Log, LogFacts, LogLevel } from './log.ts';
export { startNode } from './start-node.ts';
export type { NodeOptions, RunningNode } from './start-node.ts';
