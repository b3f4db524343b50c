import { expectedCodesRule, parseExpectedCodes } from './expected-codes.ts';
import type { HealthMonitor } from './health-monitor.ts';
import { conflict, invalidField, type Problem } from './problem.ts';

/** The codes must be ones that the type can answer with. */
export function checkExpectedCodes({
  type,
  expectedCodes,
}: Pick<HealthMonitor, 'type' | 'expectedCodes'>): Problem | null {
  if (expectedCodes === null || parseExpectedCodes(expectedCodes, type) !== null) return null;
  return invalidField('healthmonitor.expected_codes', `must be ${expectedCodesRule(type)}`);
}

/** A pool has one monitor. */
export function checkMonitorIsNew(
  poolId: string,
  others: readonly Pick<HealthMonitor, 'id'>[],
): Problem | null {
  const [other] = others;
  if (other === undefined) return null;
  return conflict(`pool ${poolId} already has the health monitor ${other.id}`);
}
