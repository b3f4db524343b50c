import type { Chunk, ChunkKind } from '@elbow/plan';

/** What a pass makes of one object: a chunk, or the reason why its newest form cannot be served. */
export type Outcome =
  | { readonly kind: ChunkKind; readonly id: string; readonly chunk: Chunk }
  | { readonly kind: ChunkKind; readonly id: string; readonly chunk: null; readonly reason: string };

export function made(chunk: Chunk): Outcome {
  return { kind: chunk.kind, id: chunk.id, chunk };
}

export function failed(kind: ChunkKind, id: string, reason: string): Outcome {
  return { kind, id, chunk: null, reason };
}
