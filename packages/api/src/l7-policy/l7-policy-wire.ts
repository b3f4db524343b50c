import type { L7Policy, L7Rule } from '@elbow/model';
import { wireTime } from '../time.ts';
import {
  fixedResponseToWire,
  poolsExtensionToWire,
  poolStickinessToWire,
  redirectUrlToWire,
} from './action-configs.ts';
import { l7RuleToWire } from './l7-rule-wire.ts';

export interface L7PolicyRelations {
  readonly rules: readonly L7Rule[];
  /** Of the load balancer. */
  readonly enterpriseProjectId: string;
  /** `display_all_rules`: rules as a whole instead of their ids. */
  readonly showsRules: boolean;
  /** Whether a policy that is tried earlier has the same rules. */
  readonly isShadowed?: boolean;
}

export function l7PolicyToWire(
  policy: L7Policy,
  { rules, enterpriseProjectId, showsRules, isShadowed = false }: L7PolicyRelations,
) {
  return {
    id: policy.id,
    project_id: policy.projectId,
    name: policy.name,
    description: policy.description,
    admin_state_up: true,
    listener_id: policy.listenerId,
    action: policy.action,
    position: 100,
    priority: policy.priority,
    provisioning_status: isShadowed ? 'ERROR' : 'ACTIVE',
    redirect_pool_id: policy.redirectPoolId,
    redirect_listener_id: policy.redirectListenerId,
    redirect_url: null,
    redirect_url_config: redirectUrlToWire(policy.redirectUrl),
    fixed_response_config: fixedResponseToWire(policy.fixedResponse),
    redirect_pools_config: policy.redirectPools.map(({ poolId, weight }) => ({ pool_id: poolId, weight })),
    redirect_pools_sticky_session_config: poolStickinessToWire(policy.poolStickiness),
    redirect_pools_extend_config: poolsExtensionToWire(policy.poolsExtension),
    rules: rules.map((rule) => (showsRules ? l7RuleToWire(rule) : { id: rule.id })),
    enterprise_project_id: enterpriseProjectId,
    created_at: wireTime(policy.createdAtMs),
    updated_at: wireTime(policy.updatedAtMs),
  };
}
