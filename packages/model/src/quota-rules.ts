import { type Problem, problem } from './problem.ts';
import type { ResourceKind } from './resource.ts';
import type { QuotaKey, Settings } from './settings.ts';

/** The quota that counts the objects of a kind in a project; null: other quotas bound them. */
export const quotaKeyOf: Readonly<Record<ResourceKind, QuotaKey | null>> = {
  loadBalancer: 'loadbalancer',
  listener: 'listener',
  pool: 'pool',
  member: 'member',
  healthMonitor: 'healthmonitor',
  certificate: 'certificate',
  securityPolicy: 'security_policy',
  ipGroup: 'ipgroup',
  l7Policy: 'l7policy',
  l7Rule: null,
  job: null,
  recycledLoadBalancer: null,
};

/** @param used objects that count against the quota before one more is made */
export function checkQuota(key: QuotaKey | null, used: number, quotas: Settings['quotas']): Problem | null {
  if (key === null) return null;
  const limit = quotas[key];
  if (limit < 0 || used < limit) return null;
  return problem('quotaExceeded', `quota exceeded for ${key}: ${used} of ${limit} in use`);
}
