import type { ExplainAnswer, ExplainedPolicy } from '@elbow/api';

/** What became of a policy when a request was tried; `untried` while there is none. */
export type Outcome = 'untried' | 'wins' | 'loses' | 'behind';

/** @param policyId null: the default */
export function outcomeOf(explanation: ExplainAnswer | null, policyId: string | null): Outcome {
  if (explanation === null) return 'untried';
  if (!explanation.access.admitted) return 'behind';
  if (explanation.decision.policy_id === policyId) return 'wins';
  return traceOf(explanation, policyId) === null ? 'behind' : 'loses';
}

export function traceOf(explanation: ExplainAnswer | null, policyId: string | null): ExplainedPolicy | null {
  return explanation?.tried.find(({ policy_id: id }) => id === policyId) ?? null;
}
