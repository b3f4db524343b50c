export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Resource =
  | 'loadbalancer' | 'listener' | 'pool' | 'member' | 'certificate' | 'catalog' | 'identity' | 'installation';
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
  ['DELETE', `${e}/loadbalancers/{loadbalancer_id}/force-elb`, 'DeleteLoadBalancerForce', 'loadbalancer', 'editor'],
  ['GET', `${e}/loadbalancers/{loadbalancer_id}/statuses`, 'ShowLoadBalancerStatus', 'loadbalancer', 'reader'],

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
  ['GET', `${e}/pools/{pool_id}/members`, 'ListMembers', 'member', 'reader'],
  ['POST', `${e}/pools/{pool_id}/members`, 'CreateMember', 'member', 'editor'],
  ['GET', `${e}/pools/{pool_id}/members/{member_id}`, 'ShowMember', 'member', 'reader'],
  ['PUT', `${e}/pools/{pool_id}/members/{member_id}`, 'UpdateMember', 'member', 'editor'],
  ['DELETE', `${e}/pools/{pool_id}/members/{member_id}`, 'DeleteMember', 'member', 'editor'],

  ['GET', `${e}/certificates`, 'ListCertificates', 'certificate', 'reader'],
  ['POST', `${e}/certificates`, 'CreateCertificate', 'certificate', 'editor'],
  ['GET', `${e}/certificates/{certificate_id}`, 'ShowCertificate', 'certificate', 'reader'],
  ['PUT', `${e}/certificates/{certificate_id}`, 'UpdateCertificate', 'certificate', 'editor'],
  ['DELETE', `${e}/certificates/{certificate_id}`, 'DeleteCertificate', 'certificate', 'editor'],

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
