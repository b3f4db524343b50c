import type { SecurityPolicy } from '@elbow/model';
import { wireTime } from '../time.ts';

export interface SecurityPolicyRelations {
  readonly listenerIds: readonly string[];
}

export function securityPolicyToWire(policy: SecurityPolicy, { listenerIds }: SecurityPolicyRelations) {
  return {
    id: policy.id,
    project_id: policy.projectId,
    name: policy.name,
    description: policy.description,
    protocols: policy.protocols,
    ciphers: policy.ciphers,
    listeners: listenerIds.map((id) => ({ id })),
    enterprise_project_id: policy.enterpriseProjectId,
    created_at: wireTime(policy.createdAtMs),
    updated_at: wireTime(policy.updatedAtMs),
  };
}
