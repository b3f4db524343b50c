import type { L7Rule } from '@elbow/model';
import { wireTime } from '../time.ts';

export function l7RuleToWire(rule: L7Rule) {
  return {
    id: rule.id,
    project_id: rule.projectId,
    admin_state_up: true,
    type: rule.type,
    compare_type: rule.compareType,
    key: rule.key,
    value: rule.value,
    invert: false,
    conditions: rule.conditions.map(({ key, value }) => ({ key, value })),
    provisioning_status: 'ACTIVE',
    created_at: wireTime(rule.createdAtMs),
    updated_at: wireTime(rule.updatedAtMs),
  };
}

/** Where the path names no policy. */
export function l7RuleOfAnyPolicyToWire(rule: L7Rule) {
  return { ...l7RuleToWire(rule), l7policy_id: rule.policyId };
}
