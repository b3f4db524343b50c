/** What is known of one member at this moment. */
export interface Candidate {
  readonly weight: number;
  /** False for members that a health check has not found healthy. */
  readonly isHealthy: boolean;
  /** True while it is left out because connections to it failed. */
  readonly isEjected: boolean;
}

/**
 * The weights by which requests are shared out now; 0 for members that get none.
 *
 * Ejection is a guess from what requests met, so it never takes the last member. Without any healthy member nobody
 * gets anything, unless the pool would rather have its members tried than answer by itself.
 */
export function shares(candidates: readonly Candidate[], isFailOpen: boolean): number[] {
  const best = weightsOf(candidates, ({ isHealthy, isEjected }) => isHealthy && !isEjected);
  if (best.some(isPositive)) return best;
  const healthy = weightsOf(candidates, ({ isHealthy }) => isHealthy);
  if (!isFailOpen || healthy.some(isPositive)) return healthy;
  return candidates.map(({ weight }) => weight);
}

function weightsOf(candidates: readonly Candidate[], mayTake: (candidate: Candidate) => boolean): number[] {
  return candidates.map((candidate) => (mayTake(candidate) ? candidate.weight : 0));
}

function isPositive(weight: number): boolean {
  return weight > 0;
}
