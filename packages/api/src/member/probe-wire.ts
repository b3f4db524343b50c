import type { ProbeRequest } from './probe-body.ts';

/** What one node found. */
export interface ProbeOfNode {
  readonly nodeId: string;
  /** Null: the node had too much to do, or did not come to an end in time. */
  readonly transcript: {
    readonly isHealthy: boolean;
    readonly reason: { readonly code: string; readonly message: string } | null;
    readonly steps: readonly { readonly atMs: number; readonly text: string }[];
  } | null;
}

export function probeToWire(
  { address, port, type }: Pick<ProbeRequest, 'address' | 'port' | 'type'>,
  nodes: readonly ProbeOfNode[],
) {
  return { address, protocol_port: port, protocol: type, nodes: nodes.map(nodeToWire) };
}

function nodeToWire({ nodeId, transcript }: ProbeOfNode) {
  return {
    node_id: nodeId,
    healthy: transcript?.isHealthy ?? false,
    reason_code: transcript?.reason?.code ?? null,
    outcome: outcomeOf(transcript),
    transcript: (transcript?.steps ?? []).map(({ atMs, text }) => ({ at_ms: atMs, text })),
  };
}

function outcomeOf(transcript: ProbeOfNode['transcript']): string {
  if (transcript === null) return 'the node had too much to do, or did not come to an end in time';
  if (transcript.isHealthy) return 'healthy';
  return transcript.reason?.message ?? 'the node could not make the check: see the transcript';
}
