import { checkChunk, chunkHash, type Hash } from '@elbow/plan';
import { failed, type Outcome } from './outcome.ts';

/** An outcome that a node would take, and the name of its chunk; null where there is none. */
export interface JudgedOutcome {
  readonly outcome: Outcome;
  readonly name: string | null;
}

/** The last pass: what a node would refuse is not sent. */
export function judged(outcome: Outcome, hash: Hash): JudgedOutcome {
  if (outcome.chunk === null) return { outcome, name: null };
  const problems = checkChunk(outcome.chunk);
  if (problems.length === 0) return { outcome, name: chunkHash(outcome.chunk, hash) };
  return { outcome: failed(outcome.kind, outcome.id, problems.join('; ')), name: null };
}
