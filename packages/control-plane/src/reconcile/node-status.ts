import type { Capabilities, NodeFacts, Observation } from '@elbow/plan';

/** What is known about one connected node. */
export interface NodeStatus {
  readonly facts: NodeFacts;
  readonly connectedAtMs: number;
  /** The newest revision that was sent over this connection; 0 before the first. */
  readonly deliveredRevision: number;
  /** What the node said last; null until it has said something. */
  readonly observation: Observation | null;
  /** Why the node did not take the newest plan, or null. */
  readonly refusal: string | null;
}

export interface Readiness {
  readonly isReady: boolean;
  /** Completes "ready: …" or "not ready: …" for an operator. */
  readonly reason: string;
}

/** Ready means that every worker of every node serves `revision`; null stands for a plan that is not made yet. */
export function judgeReadiness(revision: number | null, nodes: readonly NodeStatus[]): Readiness {
  if (revision === null) return { isReady: false, reason: 'the first plan is not made yet' };
  if (nodes.length === 0) return { isReady: false, reason: 'no node is connected' };
  const reasons = nodes.map((node) => whyNotReady(revision, node)).filter((reason) => reason !== null);
  return reasons.length > 0
    ? { isReady: false, reason: reasons.join('; ') }
    : { isReady: true, reason: `every worker serves revision ${revision}` };
}

/** What every connected node can do. Without a node nothing is promised that needs one. */
export function commonCapabilities(nodes: readonly NodeStatus[]): Capabilities {
  const all = nodes.map((node) => node.facts.capabilities);
  return {
    lowestPort: Math.max(1, ...all.map((one) => one.lowestPort)),
    earlyData: all.length > 0 && all.every((one) => one.earlyData),
    whyNoEarlyData: all.length === 0 ? 'no node is connected' : firstReason(nodes),
    tlsEngine: all.length > 0 && all.every((one) => one.tlsEngine === 'native') ? 'native' : 'node',
    http2: all.length > 0 && all.every((one) => one.http2),
  };
}

/** Why not every node has early data, in the words of the first that has none. */
function firstReason(nodes: readonly NodeStatus[]): string | null {
  const without = nodes.find(({ facts }) => !facts.capabilities.earlyData);
  return without === undefined
    ? null
    : `node ${without.facts.id}: ${without.facts.capabilities.whyNoEarlyData ?? 'has none'}`;
}

function whyNotReady(
  revision: number,
  { facts, observation, deliveredRevision, refusal }: NodeStatus,
): string | null {
  if (refusal !== null) return `node ${facts.id} refused ${refusal}`;
  if (observation === null) return `node ${facts.id} has not reported yet`;
  const served = Math.min(observation.revision, deliveredRevision);
  if (served < revision) return `node ${facts.id} serves revision ${served} of ${revision}`;
  const workers = observation.workers.filter((worker) => worker.state !== 'dead');
  const late = workers.filter((worker) => worker.state !== 'serving' || worker.revision < revision);
  if (workers.length === 0) return `node ${facts.id} has no worker`;
  return late.length > 0
    ? `${late.length} of ${workers.length} workers of node ${facts.id} are not there yet`
    : null;
}
