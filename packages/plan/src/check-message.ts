import {
  boolean,
  type Check,
  type Checked,
  type Checks,
  fields,
  integer,
  isRecord,
  list,
  nullable,
  oneOf,
  ownValue,
  text,
} from './check.ts';
import { chunkKind } from './check-chunk.ts';
import { id } from './check-values.ts';
import { checkMetrics } from './check-metrics.ts';
import { oneOffCheck } from './check-pool.ts';
import { memberHealthList, memberSeenList, transcript } from './check-member-health.ts';
import type {
  Capabilities,
  FromNode,
  Manifest,
  ManifestEntry,
  NodeFacts,
  ObjectTrouble,
  Observation,
  PlanChange,
  ToNode,
  WorkerState,
} from './delivery.ts';
import { entryKey } from './plan.ts';
import type { PlanMessage } from './plan-delta.ts';

/** As it came over the stream: the envelope is checked, the chunks are judged by `assemblePlan`. */
export type ReceivedToNode =
  | Exclude<ToNode, PlanMessage | PlanChange>
  | (Omit<PlanChange, 'chunks'> & { readonly chunks: Readonly<Record<string, unknown>> })
  | {
      readonly type: 'plan';
      readonly manifest: Manifest;
      readonly chunks: Readonly<Record<string, unknown>>;
    };

type Variant<M extends { readonly type: string }, T extends M['type']> = Checks<
  Extract<M, { readonly type: T }>
>;

const revision = integer(0, Number.MAX_SAFE_INTEGER);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const line = text('a text of at most 1000 characters', (value) => value.length <= 1000);
const hash = text('the hash of a chunk', (value) => /^[\w-]{1,128}$/.test(value));

const entry: Checks<ManifestEntry> = { kind: chunkKind, id, hash: nullable(hash) };
const manifest: Checks<Manifest> = { revision, entries: list(fields(entry)) };
const trouble: Checks<ObjectTrouble> = { kind: chunkKind, id, reason: line };
const capabilities: Checks<Capabilities> = {
  lowestPort: integer(0, 65_535),
  earlyData: boolean,
  whyNoEarlyData: nullable(line),
  tlsEngine: oneOf('native', 'node'),
  http2: boolean,
};

const node: Checks<NodeFacts> = {
  id,
  availabilityZone: line,
  processId: count,
  runtime: line,
  capabilities: fields(capabilities),
};

const worker: Checks<WorkerState> = {
  id: count,
  revision,
  state: oneOf('starting', 'serving', 'dead'),
  connections: count,
};

const observation: Checks<Observation> = {
  revision,
  workers: list(fields(worker)),
  troubles: list(fields(trouble)),
};

const toNode: { readonly [T in ToNode['type']]: Variant<ToNode, T> } = {
  plan: { type: oneOf('plan'), manifest: checkManifest, chunks: checkChunkTable },
  'plan-change': {
    type: oneOf('plan-change'),
    base: fields({ revision, entries: count } satisfies Checks<PlanChange['base']>),
    revision,
    put: list(fields(entry)),
    remove: list(fields({ kind: chunkKind, id } satisfies Checks<PlanChange['remove'][number]>)),
    chunks: checkChunkTable,
  },
  'ask-workers': { type: oneOf('ask-workers'), id: count },
  'ask-metrics': { type: oneOf('ask-metrics'), id: count },
  'ask-pool': { type: oneOf('ask-pool'), id: count, poolId: id },
  'ask-check': { type: oneOf('ask-check'), id: count, poolId: id, memberId: id },
  'ask-probe': { type: oneOf('ask-probe'), id: count, target: oneOffCheck },
};

const fromNode: { readonly [T in FromNode['type']]: Variant<FromNode, T> } = {
  hello: { type: oneOf('hello'), node: fields(node), revision, hashes: list(hash) },
  observed: { type: oneOf('observed'), observation: fields(observation) },
  refused: { type: oneOf('refused'), revision, reason: line, hashes: list(hash) },
  workers: { type: oneOf('workers'), id: count, workers: list(fields(worker)) },
  metrics: { type: oneOf('metrics'), id: count, metrics: checkMetrics },
  health: { type: oneOf('health'), isWhole: boolean, members: memberHealthList },
  'pool-seen': { type: oneOf('pool-seen'), id: count, members: memberSeenList },
  checked: { type: oneOf('checked'), id: count, transcript: nullable(transcript) },
};

/** What a node makes of a message from the control process. */
export function checkToNode(value: unknown): Checked<ReceivedToNode> {
  return checkVariant<ReceivedToNode>(value, toNode);
}

/** What the control process makes of a message from a node. */
export function checkFromNode(value: unknown): Checked<FromNode> {
  return checkVariant<FromNode>(value, fromNode);
}

/** What is wrong with a manifest by itself. */
export function checkManifest(value: unknown, path = 'manifest'): readonly string[] {
  const problems = fields(manifest)(value, path);
  if (problems.length > 0) return problems;
  const seen = new Set<string>();
  for (const item of (value as Manifest).entries) {
    const key = entryKey(item);
    if (seen.has(key)) return [`${path}: ${key} is listed twice`];
    seen.add(key);
  }
  return [];
}

function checkChunkTable(value: unknown, path: string): readonly string[] {
  return isRecord(value) ? [] : [`${path} must be an object of chunks by hash`];
}

function checkVariant<T>(value: unknown, variants: Readonly<Record<string, unknown>>): Checked<T> {
  const type = isRecord(value) ? ownValue(value, 'type') : undefined;
  const checks = typeof type === 'string' ? ownValue(variants, type) : undefined;
  const check: Check = isRecord(checks)
    ? fields(checks as Readonly<Record<string, Check>>)
    : oneOf(...Object.keys(variants));
  const problems = isRecord(checks) ? check(value, 'message') : check(type, 'message.type');
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as T };
}
