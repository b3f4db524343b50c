import { assemblePlan } from './assemble-plan.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Checked, fields, integer, isRecord, oneOf, text } from './check.ts';
import { checkManifest } from './check-message.ts';
import type { Hash } from './chunk-hash.ts';
import type { Manifest } from './delivery.ts';
import { emptyPlan, type Plan } from './plan.ts';

/** The plan as a node keeps it on disk: one JSON document that names its format and proves its content. */
interface PlanFile {
  readonly format: 'elbow-plan';
  readonly version: 1;
  /** Digest of the manifest; the manifest in turn names every chunk by its digest. */
  readonly manifestHash: string;
  readonly manifest: Manifest;
  readonly chunks: Readonly<Record<string, unknown>>;
}

export function encodePlanFile(plan: Plan, hash: Hash): Uint8Array {
  const file: PlanFile = {
    format: 'elbow-plan',
    version: 1,
    manifestHash: hash(canonicalJson(plan.manifest)),
    manifest: plan.manifest,
    chunks: Object.fromEntries(plan.chunks),
  };
  return new TextEncoder().encode(JSON.stringify(file));
}

/**
 * Reads a plan back and judges it like one that came over the wire: a file that was cut, edited, or written by a
 * version that knows other fields is refused with the reason, never served in part.
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
  const assembled = assemblePlan(emptyPlan, file, hash);
  return assembled.ok ? { ok: true, value: assembled.value.plan } : assembled;
}

const checkFile = fields<PlanFile>({
  format: oneOf('elbow-plan'),
  version: integer(1, 1),
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
