import { unavailableSuites } from '@elbow/model';
import type { NodeStatus } from '../../reconcile/node-status.ts';
import type { Fleet } from '../../fleet.ts';
import type { WorkerState } from '@elbow/plan';
import type { Answer } from '../crud/service-context.ts';

/** What the v3 API has no word for. */
export async function listNodes(fleet: Fleet): Promise<Answer> {
  const answers = await fleet.askWorkers();
  const nodes = fleet.nodes().map((node) => {
    return nodeToWire(node, answers.find(({ nodeId }) => nodeId === node.facts.id)?.workers ?? []);
  });
  return { status: 200, body: { nodes } };
}

/** The workers' own answers, made for this call; what the node reported by itself stands beside them. */
function nodeToWire(
  { facts, observation, deliveredRevision, refusal }: NodeStatus,
  workers: readonly WorkerState[],
) {
  return {
    id: facts.id,
    availability_zone: facts.availabilityZone,
    process_id: facts.processId,
    runtime: facts.runtime,
    delivered_revision: deliveredRevision,
    revision: observation?.revision ?? 0,
    refusal,
    workers,
  };
}

export async function showCapabilities(fleet: Fleet): Promise<Answer> {
  const { lowestPort, earlyData, whyNoEarlyData, tlsEngine, http2 } = fleet.capabilities();
  const ciphers = { names: [...unavailableSuites], reason: 'not in the TLS library of this installation' };
  const capabilities = {
    lowest_port: lowestPort,
    early_data: earlyData,
    early_data_reason: whyNoEarlyData,
    tls_engine: tlsEngine,
    http2,
    unavailable_ciphers: ciphers,
  };
  return { status: 200, body: { capabilities } };
}

export async function listTroubles(fleet: Fleet): Promise<Answer> {
  const troubles = fleet.troubles().map(({ kind, id, reason }) => ({ kind, id, reason }));
  return { status: 200, body: { troubles } };
}
