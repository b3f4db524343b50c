import type { PolicyEntry } from '@elbow/plan';
import { type CompiledCondition, compileCondition } from './condition.ts';
import type { RequestFacts } from './request-facts.ts';

/** A policy that is ready to be asked. */
export interface Policy {
  readonly entry: PolicyEntry;
  /** Place in its table: smaller comes first. Another one only when its index says so. */
  order: number;
  readonly conditions: readonly CompiledCondition[];
}

/** @throws Error when a path expression cannot be read */
export function compilePolicy(entry: PolicyEntry, order: number): Policy {
  return { entry, order, conditions: entry.conditions.map(compileCondition) };
}

export function holds({ conditions }: Policy, facts: RequestFacts): boolean {
  for (const each of conditions) if (!each.holds(facts)) return false;
  return true;
}

/** The policy that is carried out, looked for one by one: what {@link PolicyIndex} must answer, only slower. */
export function firstHolding(policies: readonly Policy[], facts: RequestFacts): Policy | null {
  return policies.find((policy) => holds(policy, facts)) ?? null;
}
