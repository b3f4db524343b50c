import type { Outcome, Problem } from '@elbow/model';

/** Carries a problem out of a unit of work, which rolls back on the way. */
export class Refusal extends Error {
  readonly problem: Problem;
  /** What else was found wrong at the same time. */
  readonly others: readonly Problem[];

  constructor(problem: Problem, others: readonly Problem[] = []) {
    super(problem.message);
    this.name = 'Refusal';
    this.problem = problem;
    this.others = others;
  }
}

/** @throws {Refusal} with the first problem there is */
export function refuseIf(...problems: readonly (Problem | null)[]): void {
  const [first, ...others] = problems.filter((problem) => problem !== null);
  if (first !== undefined) throw new Refusal(first, others);
}

/** @throws {Refusal} when there is no value */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Refusal(outcome.problem);
  return outcome.value;
}
