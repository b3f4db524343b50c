export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Resource =
  | 'loadbalancer'
  | 'listener'
  | 'pool'
  | 'member'
  | 'healthmonitor'
  | 'certificate'
  | 'security_policy'
  | 'ipgroup'
  | 'l7policy'
  | 'catalog'
  | 'identity'
  | 'installation';
/** What a caller must hold: `reader` sees, `editor` changes. */
export type Role = 'reader' | 'editor';

export interface Route {
  readonly method: Method;
  /** Parameters stand in braces. */
  readonly path: string;
  /** The name of the operation in the SDKs; handlers are found by it. */
  readonly operation: string;
  readonly resource: Resource;
  /** Null: anybody may call it. */
  readonly role: Role | null;
}

type Row = readonly [Method, string, string, Resource, Role | null];

const e = '/v3/{project_id}/elb';

/** Literal paths stand before paths with a parameter in the same place. */
const rows = [
  ['GET', '/versions', 'ListApiVersions', 'catalog', null],
  ['POST', '/v3/auth/tokens', 'CreateToken', 'identity', null],

  ['GET', `${e}/availability-zones`, 'ListAvailabilityZones', 'catalog', 'reader'],
  ['GET', `${e}/flavors`, 'ListFlavors', 'catalog', 'reader'],
  ['GET', `${e}/flavors/{flavor_id}`, 'ShowFlavor', 'catalog', 'reader'],
  ['GET', `${e}/quotas`, 'ShowQuota', 'catalog', 'reader'],
  ['GET', `${e}/quotas/details`, 'ListQuotaDetails', 'catalog', 'reader'],
  ['GET', `${e}/system-security-policies`, 'ListSystemSecurityPolicies', 'catalog', 'reader'],

  ['GET', `${e}/loadbalancers`, 'ListLoadBalancers', 'loadbalancer', 'reader'],
  ['POST', `${e}/loadbalancers`, 'CreateLoadBalancer', 'loadbalancer', 'editor'],
  ['GET', `${e}/loadbalancers/{loadbalancer_id}`, 'ShowLoadBalancer', 'loadbalancer', 'reader'],
  ['PUT', `${e}/loadbalancers/{loadbalancer_id}`, 'UpdateLoadBalancer', 'loadbalancer', 'editor'],
  ['DELETE', `${e}/loadbalancers/{loadbalancer_id}`, 'DeleteLoadBalancer', 'loadbalancer', 'editor'],
  [
    'DELETE',
    `${e}/loadbalancers/{loadbalancer_id}/force-elb`,
    'DeleteLoadBalancerForce',
    'loadbalancer',
    'editor',
  ],
  [
    'GET',
    `${e}/loadbalancers/{loadbalancer_id}/statuses`,
    'ShowLoadBalancerStatus',
    'loadbalancer',
    'reader',
  ],

  ['GET', `${e}/listeners`, 'ListListeners', 'listener', 'reader'],
  ['POST', `${e}/listeners`, 'CreateListener', 'listener', 'editor'],
  ['GET', `${e}/listeners/{listener_id}`, 'ShowListener', 'listener', 'reader'],
  ['PUT', `${e}/listeners/{listener_id}`, 'UpdateListener', 'listener', 'editor'],
  ['DELETE', `${e}/listeners/{listener_id}`, 'DeleteListener', 'listener', 'editor'],
  ['DELETE', `${e}/listeners/{listener_id}/force`, 'DeleteListenerForce', 'listener', 'editor'],

  ['GET', `${e}/pools`, 'ListPools', 'pool', 'reader'],
  ['POST', `${e}/pools`, 'CreatePool', 'pool', 'editor'],
  ['GET', `${e}/pools/{pool_id}`, 'ShowPool', 'pool', 'reader'],
  ['PUT', `${e}/pools/{pool_id}`, 'UpdatePool', 'pool', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}`, 'DeletePool', 'pool', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}/delete-cascade`, 'DeletePoolCascade', 'pool', 'editor'],

  ['GET', `${e}/members`, 'ListAllMembers', 'member', 'reader'],
  ['GET', `${e}/members/check/jobs/{job_id}`, 'ShowMemberHealthCheckJob', 'member', 'reader'],
  ['POST', `${e}/members/{member_id}/health-check`, 'CreateMemberHealthCheckJob', 'member', 'editor'],
  ['GET', `${e}/pools/{pool_id}/members`, 'ListMembers', 'member', 'reader'],
  ['POST', `${e}/pools/{pool_id}/members`, 'CreateMember', 'member', 'editor'],
  ['GET', `${e}/pools/{pool_id}/members/{member_id}`, 'ShowMember', 'member', 'reader'],
  ['PUT', `${e}/pools/{pool_id}/members/{member_id}`, 'UpdateMember', 'member', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}/members/{member_id}`, 'DeleteMember', 'member', 'editor'],

  ['GET', `${e}/healthmonitors`, 'ListHealthMonitors', 'healthmonitor', 'reader'],
  ['POST', `${e}/healthmonitors`, 'CreateHealthMonitor', 'healthmonitor', 'editor'],
  ['GET', `${e}/healthmonitors/{healthmonitor_id}`, 'ShowHealthMonitor', 'healthmonitor', 'reader'],
  ['PUT', `${e}/healthmonitors/{healthmonitor_id}`, 'UpdateHealthMonitor', 'healthmonitor', 'editor'],
  ['DELETE', `${e}/healthmonitors/{healthmonitor_id}`, 'DeleteHealthMonitor', 'healthmonitor', 'editor'],

  ['GET', `${e}/certificates`, 'ListCertificates', 'certificate', 'reader'],
  ['POST', `${e}/certificates`, 'CreateCertificate', 'certificate', 'editor'],
  ['GET', `${e}/certificates/{certificate_id}`, 'ShowCertificate', 'certificate', 'reader'],
  ['PUT', `${e}/certificates/{certificate_id}`, 'UpdateCertificate', 'certificate', 'editor'],
  ['DELETE', `${e}/certificates/{certificate_id}`, 'DeleteCertificate', 'certificate', 'editor'],

  ['GET', `${e}/security-policies`, 'ListSecurityPolicies', 'security_policy', 'reader'],
  ['POST', `${e}/security-policies`, 'CreateSecurityPolicy', 'security_policy', 'editor'],
  ['GET', `${e}/security-policies/{security_policy_id}`, 'ShowSecurityPolicy', 'security_policy', 'reader'],
  ['PUT', `${e}/security-policies/{security_policy_id}`, 'UpdateSecurityPolicy', 'security_policy', 'editor'],
  [
    'DELETE',
    `${e}/security-policies/{security_policy_id}`,
    'DeleteSecurityPolicy',
    'security_policy',
    'editor',
  ],

  ['GET', `${e}/ipgroups`, 'ListIpGroups', 'ipgroup', 'reader'],
  ['POST', `${e}/ipgroups`, 'CreateIpGroup', 'ipgroup', 'editor'],
  ['GET', `${e}/ipgroups/{ipgroup_id}`, 'ShowIpGroup', 'ipgroup', 'reader'],
  ['PUT', `${e}/ipgroups/{ipgroup_id}`, 'UpdateIpGroup', 'ipgroup', 'editor'],
  ['DELETE', `${e}/ipgroups/{ipgroup_id}`, 'DeleteIpGroup', 'ipgroup', 'editor'],
  ['POST', `${e}/ipgroups/{ipgroup_id}/iplist/create-or-update`, 'UpdateIpList', 'ipgroup', 'editor'],
  ['POST', `${e}/ipgroups/{ipgroup_id}/iplist/batch-delete`, 'BatchDeleteIpList', 'ipgroup', 'editor'],
  ['GET', `${e}/ipgroups/{ipgroup_id}/related-listeners`, 'ShowIpGroupRelatedListeners', 'ipgroup', 'reader'],

  ['GET', `${e}/l7policies`, 'ListL7Policies', 'l7policy', 'reader'],
  ['POST', `${e}/l7policies`, 'CreateL7Policy', 'l7policy', 'editor'],
  ['POST', `${e}/l7policies/batch-update-priority`, 'BatchUpdatePoliciesPriority', 'l7policy', 'editor'],
  ['GET', `${e}/l7policies/rules`, 'ListAllL7Rules', 'l7policy', 'reader'],
  ['GET', `${e}/l7policies/{l7policy_id}`, 'ShowL7Policy', 'l7policy', 'reader'],
  ['PUT', `${e}/l7policies/{l7policy_id}`, 'UpdateL7Policy', 'l7policy', 'editor'],
  ['DELETE', `${e}/l7policies/{l7policy_id}`, 'DeleteL7Policy', 'l7policy', 'editor'],
  ['GET', `${e}/l7policies/{l7policy_id}/rules`, 'ListL7Rules', 'l7policy', 'reader'],
  ['POST', `${e}/l7policies/{l7policy_id}/rules`, 'CreateL7Rule', 'l7policy', 'editor'],
  ['GET', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`, 'ShowL7Rule', 'l7policy', 'reader'],
  ['PUT', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`, 'UpdateL7Rule', 'l7policy', 'editor'],
  ['DELETE', `${e}/l7policies/{l7policy_id}/rules/{l7rule_id}`, 'DeleteL7Rule', 'l7policy', 'editor'],

  ['POST', '/elbow/v1/explain', 'ExplainRequest', 'installation', 'reader'],
  ['GET', '/elbow/v1/nodes', 'ListNodes', 'installation', 'reader'],
  ['GET', '/elbow/v1/capabilities', 'ShowCapabilities', 'installation', 'reader'],
  ['GET', '/elbow/v1/subnets', 'ListSubnets', 'installation', 'reader'],
  ['GET', '/elbow/v1/troubles', 'ListTroubles', 'installation', 'reader'],
] as const satisfies readonly Row[];

/** Every operation that this version answers; a handler table typed by it cannot forget one. */
export type Operation = (typeof rows)[number][2];

export const routes: readonly (Route & { readonly operation: Operation })[] = rows.map(
  ([method, path, operation, resource, role]) => ({ method, path, operation, resource, role }),
);

/** Paths under these roots never answer without credentials, so that strangers learn nothing of what exists. */
export const guardedRoots: readonly string[] = ['/v3', '/v2.0', '/elbow'];
