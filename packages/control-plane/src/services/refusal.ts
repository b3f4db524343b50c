import type { Outcome, Problem } from '@elbow/model';

/** Carries a problem out of a unit of work, which rolls back on the way. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** @throws {Refusal} with the first problem there is */
export function refuseIf(...problems: readonly (Problem | null)[]): void {
  const found = problems.find((problem) => problem !== null);
  if (found !== undefined && found !== null) throw new Refusal(found);
}

/** @throws {Refusal} when there is no value */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Refusal(outcome.problem);
  return outcome.value;
}
