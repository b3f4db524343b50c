import { canonicalJson } from './canonical-json.ts';
import type { Chunk } from './chunk.ts';

/** A cryptographic digest of a text as hex or base64url, passed in because this room computes nothing by itself. */
export type Hash = (text: string) => string;

/** The name of a chunk: the digest of its canonical JSON. Equal chunks have equal names in every process. */
export function chunkHash(chunk: Chunk, hash: Hash): string {
  return hash(canonicalJson(chunk));
}
