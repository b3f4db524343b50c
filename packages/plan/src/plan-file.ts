import { assemblePlan } from './assemble-plan.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Checked, fields, integer, isRecord, oneOf, text } from './check.ts';
import { checkManifest } from './check-message.ts';
import type { Chunk } from './chunk.ts';
import type { Hash } from './chunk-hash.ts';
import type { Manifest } from './delivery.ts';
import { emptyPlan, type Plan } from './plan.ts';
import { fromVersion1 } from './plan-file-1.ts';

/** Counts up with every change of what a chunk may say, so that the file of an older node still loads. */
const PLAN_FILE_VERSION = 2;

/** The plan as a node keeps it on disk: one JSON document that names its format and proves its content. */
interface PlanFile {
  readonly format: 'elbow-plan';
  readonly version: number;
  /** Digest of the manifest; the manifest in turn names every chunk by its digest. */
  readonly manifestHash: string;
  readonly manifest: Manifest;
  readonly chunks: Readonly<Record<string, unknown>>;
}

/** @returns the pieces of the file, one after the other */
export function encodePlanFile(plan: Plan, hash: Hash): readonly Uint8Array[] {
  const head: Omit<PlanFile, 'chunks'> = {
    format: 'elbow-plan',
    version: PLAN_FILE_VERSION,
    manifestHash: hash(canonicalJson(plan.manifest)),
    manifest: plan.manifest,
  };
  const pieces: Uint8Array[] = [encoder.encode(`${JSON.stringify(head).slice(0, -1)},"chunks":{`)];
  for (const [name, chunk] of plan.chunks) {
    pieces.push(encoder.encode(`${pieces.length > 1 ? ',' : ''}${JSON.stringify(name)}:`), encoded(chunk));
  }
  pieces.push(encoder.encode('}}'));
  return pieces;
}

const encoder = new TextEncoder();
/** Chunks never change, and a plan is mostly what the one before it was. */
const encodedChunks = new WeakMap<Chunk, Uint8Array>();

function encoded(chunk: Chunk): Uint8Array {
  let bytes = encodedChunks.get(chunk);
  if (bytes === undefined) {
    bytes = encoder.encode(JSON.stringify(chunk));
    encodedChunks.set(chunk, bytes);
  }
  return bytes;
}

/**
 * Reads a plan back and judges it like one that came over the wire: a file that was cut, edited, or written by a newer
 * version is refused with the reason, never served in part.
 */
export function decodePlanFile(bytes: Uint8Array, hash: Hash): Checked<Plan> {
  const value = parseJson(bytes);
  const problems = value === undefined ? ['the file is not JSON'] : checkFile(value, 'file');
  if (problems.length > 0) return { ok: false, problems };
  const file = value as PlanFile;
  if (hash(canonicalJson(file.manifest)) !== file.manifestHash)
    return { ok: false, problems: ['file.manifest is not what its hash says'] };
  if (file.manifest.entries.some((entry) => entry.hash === null))
    return { ok: false, problems: ['file.manifest must name a hash in each entry'] };
  const received = file.version === 1 ? fromVersion1(file, hash) : file;
  const assembled = assemblePlan(emptyPlan, received, hash);
  return assembled.ok ? { ok: true, value: assembled.value.plan } : assembled;
}

const checkFile = fields<PlanFile>({
  format: oneOf('elbow-plan'),
  version: integer(1, PLAN_FILE_VERSION),
  manifestHash: text('a digest', (value) => value.length > 0),
  manifest: checkManifest,
  chunks: (value, path) => (isRecord(value) ? [] : [`${path} must be an object of chunks by hash`]),
});

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
