import type { UserRole } from '@elbow/model';
import { operatorRows } from './operator-routes.ts';
import { inapplicableRows, surveyRows } from './survey-routes.ts';

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
  | 'job'
  | 'logtank'
  | 'recycle_bin'
  | 'feature'
  | 'catalog'
  | 'identity'
  | 'user'
  | 'history'
  | 'metric'
  | 'access_log'
  | 'demo'
  | 'installation';
/** What a caller must hold: `reader` sees, `editor` changes, `admin` says who may. */
export type Role = UserRole;

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
/** Tags live beside the load balancer API, and once more in its older version, which some clients still call. */
const v3 = '/v3/{project_id}';
const v2 = '/v2.0/{project_id}';

/** Literal paths stand before paths with a parameter in the same place. */
const rows = [
  ['GET', '/versions', 'ListApiVersions', 'catalog', null],
  ['POST', '/v3/auth/tokens', 'CreateToken', 'identity', null],
  // Who may call them the edge says: it is they that let somebody in.
  ['POST', '/elbow/v1/session', 'CreateSession', 'identity', null],
  ['GET', '/elbow/v1/session', 'ShowSession', 'identity', null],
  ['DELETE', '/elbow/v1/session', 'DeleteSession', 'identity', null],

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

  ['POST', `${e}/loadbalancers/batch-create`, 'BatchCreateLoadBalancers', 'loadbalancer', 'editor'],
  ['POST', `${e}/loadbalancers/batch-delete`, 'BatchDeleteLoadbalancers', 'loadbalancer', 'editor'],
  [
    'POST',
    `${e}/loadbalancers/{loadbalancer_id}/delete-cascade`,
    'DeleteLoadBalancerCascade',
    'loadbalancer',
    'editor',
  ],
  [
    'POST',
    `${e}/loadbalancers/{loadbalancer_id}/availability-zone/batch-add`,
    'BatchAddAvailableZones',
    'loadbalancer',
    'editor',
  ],
  [
    'POST',
    `${e}/loadbalancers/{loadbalancer_id}/availability-zone/batch-remove`,
    'BatchRemoveAvailableZones',
    'loadbalancer',
    'editor',
  ],
  ['POST', `${e}/loadbalancers/{loadbalancer_id}/clone`, 'CloneLoadbalancer', 'loadbalancer', 'editor'],

  ['GET', `${e}/listeners`, 'ListListeners', 'listener', 'reader'],
  ['POST', `${e}/listeners`, 'CreateListener', 'listener', 'editor'],
  ['GET', `${e}/listeners/{listener_id}`, 'ShowListener', 'listener', 'reader'],
  ['PUT', `${e}/listeners/{listener_id}`, 'UpdateListener', 'listener', 'editor'],
  ['DELETE', `${e}/listeners/{listener_id}`, 'DeleteListener', 'listener', 'editor'],
  ['DELETE', `${e}/listeners/{listener_id}/force`, 'DeleteListenerForce', 'listener', 'editor'],

  ['POST', `${e}/listeners/batch-delete`, 'BatchDeleteListeners', 'listener', 'editor'],
  ['POST', `${e}/listeners/{listener_id}/clone`, 'CloneListener', 'listener', 'editor'],

  ['GET', `${e}/pools`, 'ListPools', 'pool', 'reader'],
  ['POST', `${e}/pools`, 'CreatePool', 'pool', 'editor'],
  ['GET', `${e}/pools/{pool_id}`, 'ShowPool', 'pool', 'reader'],
  ['PUT', `${e}/pools/{pool_id}`, 'UpdatePool', 'pool', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}`, 'DeletePool', 'pool', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}/delete-cascade`, 'DeletePoolCascade', 'pool', 'editor'],

  ['POST', `${e}/pools/batch-delete`, 'BatchDeletePools', 'pool', 'editor'],
  ['POST', `${e}/pools/{pool_id}/members/batch-add`, 'BatchCreateMembers', 'member', 'editor'],
  ['POST', `${e}/pools/{pool_id}/members/batch-update`, 'BatchUpdateMembers', 'member', 'editor'],
  ['POST', `${e}/pools/{pool_id}/members/batch-delete`, 'BatchDeleteMembers', 'member', 'editor'],

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
  ['POST', `${e}/certificates/batch-delete`, 'BatchDeleteCertificates', 'certificate', 'editor'],
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

  ['GET', `${v3}/loadbalancers/tags`, 'ListLoadbalancerTags', 'loadbalancer', 'reader'],
  ['GET', `${v3}/loadbalancers/{loadbalancer_id}/tags`, 'ShowLoadbalancerTags', 'loadbalancer', 'reader'],
  [
    'POST',
    `${v3}/loadbalancers/{loadbalancer_id}/tags/action`,
    'ChangeLoadbalancerTags',
    'loadbalancer',
    'editor',
  ],
  ['GET', `${v3}/listeners/tags`, 'ListListenerTags', 'listener', 'reader'],
  ['GET', `${v3}/listeners/{listener_id}/tags`, 'ShowListenerTags', 'listener', 'reader'],
  ['POST', `${v3}/listeners/{listener_id}/tags/action`, 'ChangeListenerTags', 'listener', 'editor'],

  ['GET', `${v2}/loadbalancers/tags`, 'ListLoadbalancerTagsV2', 'loadbalancer', 'reader'],
  [
    'POST',
    `${v2}/loadbalancers/resource_instances/action`,
    'ListLoadbalancersByTagsV2',
    'loadbalancer',
    'reader',
  ],
  ['GET', `${v2}/loadbalancers/{loadbalancer_id}/tags`, 'ShowLoadbalancerTagsV2', 'loadbalancer', 'reader'],
  ['POST', `${v2}/loadbalancers/{loadbalancer_id}/tags`, 'CreateLoadbalancerTagV2', 'loadbalancer', 'editor'],
  [
    'POST',
    `${v2}/loadbalancers/{loadbalancer_id}/tags/action`,
    'ChangeLoadbalancerTagsV2',
    'loadbalancer',
    'editor',
  ],
  [
    'DELETE',
    `${v2}/loadbalancers/{loadbalancer_id}/tags/{key}`,
    'DeleteLoadbalancerTagV2',
    'loadbalancer',
    'editor',
  ],
  ['GET', `${v2}/listeners/tags`, 'ListListenerTagsV2', 'listener', 'reader'],
  ['POST', `${v2}/listeners/resource_instances/action`, 'ListListenersByTagsV2', 'listener', 'reader'],
  ['GET', `${v2}/listeners/{listener_id}/tags`, 'ShowListenerTagsV2', 'listener', 'reader'],
  ['POST', `${v2}/listeners/{listener_id}/tags`, 'CreateListenerTagV2', 'listener', 'editor'],
  ['POST', `${v2}/listeners/{listener_id}/tags/action`, 'ChangeListenerTagsV2', 'listener', 'editor'],
  ['DELETE', `${v2}/listeners/{listener_id}/tags/{key}`, 'DeleteListenerTagV2', 'listener', 'editor'],

  ...surveyRows,
  ...inapplicableRows,

  ['POST', '/elbow/v1/explain', 'ExplainRequest', 'installation', 'reader'],
  ['POST', '/elbow/v1/probes', 'CreateProbe', 'installation', 'editor'],
  ['GET', '/elbow/v1/nodes', 'ListNodes', 'installation', 'reader'],
  ['GET', '/elbow/v1/capabilities', 'ShowCapabilities', 'installation', 'reader'],
  ['GET', '/elbow/v1/pools/{pool_id}', 'ShowPoolExtras', 'pool', 'reader'],
  ['PUT', '/elbow/v1/pools/{pool_id}/member-tls', 'UpdateMemberTls', 'pool', 'editor'],
  ['PUT', '/elbow/v1/pools/{pool_id}/passive-ejection', 'UpdatePassiveEjection', 'pool', 'editor'],
  ['GET', '/elbow/v1/certificates/{certificate_id}/revocations', 'ShowRevocations', 'certificate', 'reader'],
  [
    'PUT',
    '/elbow/v1/certificates/{certificate_id}/revocations',
    'UpdateRevocations',
    'certificate',
    'editor',
  ],
  ['GET', '/elbow/v1/subnets', 'ListSubnets', 'installation', 'reader'],
  ['GET', '/elbow/v1/publicips', 'ListPublicIps', 'installation', 'reader'],
  ['PUT', '/elbow/v1/publicips/{publicip_id}', 'UpdatePublicIp', 'installation', 'editor'],
  ['GET', '/elbow/v1/listeners/{listener_id}/limits', 'ShowListenerLimits', 'installation', 'reader'],
  ['GET', '/elbow/v1/troubles', 'ListTroubles', 'installation', 'reader'],
  ...operatorRows,
] as const satisfies readonly Row[];

/** Every operation that this version answers; a handler table typed by it cannot forget one. */
export type Operation = (typeof rows)[number][2];

export const routes: readonly (Route & { readonly operation: Operation })[] = rows.map(
  ([method, path, operation, resource, role]) => ({ method, path, operation, resource, role }),
);

/** One route with its path as a literal, for what is derived from the table at type level. */
export type RouteOf<O extends Operation> = Extract<
  (typeof rows)[number],
  readonly [Method, string, O, ...unknown[]]
>;

/** Paths under these roots never answer without credentials, so that strangers learn nothing of what exists. */
export const guardedRoots: readonly string[] = ['/v3', '/v2.0', '/elbow'];
