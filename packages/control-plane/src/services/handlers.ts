import type { Operation } from '@elbow/api';
import type { Fleet } from '../fleet.ts';
import { cascadeDeletePool, forceDeleteListener, forceDeleteLoadBalancer } from './work/cascade.ts';
import {
  listAvailabilityZones,
  listFlavors,
  listQuotaDetails,
  listSystemSecurityPolicies,
  listVersions,
  showFlavor,
  showQuota,
} from './load-balancers/catalog.ts';
import type { SessionOperation } from '../http/serve-session.ts';
import { batchHandlers } from './work/batch-handlers.ts';
import { certificateDescriptor } from './tls/certificates.ts';
import { createCrud } from './crud/crud.ts';
import { explainRequest } from './policies/explain-request.ts';
import { healthMonitorDescriptor } from './pools/health-monitors.ts';
import { createMemberCheck, showMemberCheck } from './pools/member-checks.ts';
import { listNodes, listTroubles, showCapabilities } from './load-balancers/installation.ts';
import {
  batchDeleteIpList,
  ipGroupDescriptor,
  showRelatedListeners,
  updateIpList,
} from './listeners/ip-groups.ts';
import { l7PolicyDescriptor } from './policies/l7-policies.ts';
import { updatePriorities } from './policies/l7-priorities.ts';
import { anyPolicyRuleDescriptor, l7RuleDescriptor } from './policies/l7-rules.ts';
import { listenerDescriptor } from './listeners/listeners.ts';
import { loadBalancerDescriptor } from './load-balancers/load-balancers.ts';
import { anyPoolMemberDescriptor, memberDescriptor } from './pools/members.ts';
import { showPoolExtras, updateMemberTls, updatePassiveEjection } from './pools/pool-extras.ts';
import { poolDescriptor } from './pools/pools.ts';
import { listenersAndBin, loadBalancersAndBin } from './work/recycled-lists.ts';
import type { OperatorHandlers } from '../operators.ts';
import { showRevocations, updateRevocations } from './tls/revocations.ts';
import { securityPolicyDescriptor } from './tls/security-policies.ts';
import type { Call, Handler, ServiceContext } from './crud/service-context.ts';
import { showStatusTree } from './load-balancers/status-tree.ts';
import { surveyHandlers } from './load-balancers/survey-handlers.ts';
import { createProbe } from './pools/probes.ts';
import { listPublicIps, updatePublicIp } from './load-balancers/public-ips.ts';
import { showListenerLimits } from './listeners/listener-limits.ts';
import { listSubnets } from './load-balancers/subnets.ts';
import { tagHandlers } from './tags/tag-handlers.ts';

/** Tokens and sessions are made at the edge, which knows the caller's address and cookie. */
export type ServedOperation = Exclude<Operation, 'CreateToken' | SessionOperation>;

/** Every operation and what answers it. */
export function createHandlers(
  context: ServiceContext,
  fleet: Fleet,
  operators: OperatorHandlers,
): Readonly<Record<ServedOperation, Handler>> {
  return {
    ...operators,
    ...resourceHandlers(context),
    ...poolHandlers(context),
    ...tagHandlers(context),
    ...batchHandlers(context),
    ...surveyHandlers(context),
    ...otherHandlers(context, fleet),
  };
}

function resourceHandlers(context: ServiceContext) {
  const loadBalancers = createCrud(context, loadBalancerDescriptor(context));
  const listeners = createCrud(context, listenerDescriptor(context));
  const groups = createCrud(context, ipGroupDescriptor(context));
  const briefGroups = createCrud(context, ipGroupDescriptor(context, true));
  const policies = createCrud(context, l7PolicyDescriptor(context));
  const rules = createCrud(context, l7RuleDescriptor(context));
  const certificates = createCrud(context, certificateDescriptor(context));
  const securityPolicies = createCrud(context, securityPolicyDescriptor());
  return {
    ListLoadBalancers: loadBalancersAndBin(context, loadBalancers.list),
    CreateLoadBalancer: loadBalancers.create,
    ShowLoadBalancer: loadBalancers.show,
    UpdateLoadBalancer: loadBalancers.update,
    DeleteLoadBalancer: loadBalancers.remove,
    ListListeners: listenersAndBin(context, listeners.list),
    CreateListener: listeners.create,
    ShowListener: listeners.show,
    UpdateListener: listeners.update,
    DeleteListener: listeners.remove,
    ListIpGroups: (call: Call) =>
      (call.query.get('with_ip_list') === 'false' ? briefGroups : groups).list(call),
    CreateIpGroup: groups.create,
    ShowIpGroup: groups.show,
    UpdateIpGroup: groups.update,
    DeleteIpGroup: groups.remove,
    UpdateIpList: (call: Call) => updateIpList(context, call),
    BatchDeleteIpList: (call: Call) => batchDeleteIpList(context, call),
    ShowIpGroupRelatedListeners: (call: Call) => showRelatedListeners(context, call),
    ListL7Policies: (call: Call) => listL7Policies(context, call),
    CreateL7Policy: policies.create,
    ShowL7Policy: policies.show,
    UpdateL7Policy: policies.update,
    DeleteL7Policy: policies.remove,
    BatchUpdatePoliciesPriority: (call: Call) => updatePriorities(context, call),
    ListAllL7Rules: createCrud(context, anyPolicyRuleDescriptor(context)).list,
    ListL7Rules: rules.list,
    CreateL7Rule: rules.create,
    ShowL7Rule: rules.show,
    UpdateL7Rule: rules.update,
    DeleteL7Rule: rules.remove,
    ListCertificates: certificates.list,
    CreateCertificate: certificates.create,
    ShowCertificate: certificates.show,
    UpdateCertificate: certificates.update,
    ShowRevocations: (call: Call) => showRevocations(context, call),
    UpdateRevocations: (call: Call) => updateRevocations(context, call),
    DeleteCertificate: certificates.remove,
    ListSecurityPolicies: securityPolicies.list,
    CreateSecurityPolicy: securityPolicies.create,
    ShowSecurityPolicy: securityPolicies.show,
    UpdateSecurityPolicy: securityPolicies.update,
    DeleteSecurityPolicy: securityPolicies.remove,
  } satisfies Partial<Record<ServedOperation, Handler>>;
}

/** Pools and what is below them. */
function poolHandlers(context: ServiceContext) {
  const pools = createCrud(context, poolDescriptor(context));
  const members = createCrud(context, memberDescriptor(context));
  const monitors = createCrud(context, healthMonitorDescriptor());
  return {
    ListPools: pools.list,
    CreatePool: pools.create,
    ShowPool: pools.show,
    UpdatePool: pools.update,
    DeletePool: pools.remove,
    ShowPoolExtras: (call: Call) => showPoolExtras(context, call),
    UpdateMemberTls: (call: Call) => updateMemberTls(context, call),
    UpdatePassiveEjection: (call: Call) => updatePassiveEjection(context, call),
    ListAllMembers: createCrud(context, anyPoolMemberDescriptor(context)).list,
    ListMembers: members.list,
    CreateMember: members.create,
    ShowMember: members.show,
    UpdateMember: members.update,
    DeleteMember: members.remove,
    CreateMemberHealthCheckJob: (call: Call) => createMemberCheck(context, call),
    ShowMemberHealthCheckJob: (call: Call) => showMemberCheck(context, call),
    CreateProbe: (call: Call) => createProbe(context, call),
    ListHealthMonitors: monitors.list,
    CreateHealthMonitor: monitors.create,
    ShowHealthMonitor: monitors.show,
    UpdateHealthMonitor: monitors.update,
    DeleteHealthMonitor: monitors.remove,
  } satisfies Partial<Record<ServedOperation, Handler>>;
}

/** Only lists show rules as a whole. */
function listL7Policies(context: ServiceContext, call: Call) {
  const showsRules = call.query.get('display_all_rules') === 'true';
  return createCrud(context, l7PolicyDescriptor(context, showsRules)).list(call);
}

function otherHandlers(context: ServiceContext, fleet: Fleet) {
  return {
    DeleteLoadBalancerForce: (call) => forceDeleteLoadBalancer(context, call),
    DeleteListenerForce: (call) => forceDeleteListener(context, call),
    DeletePoolCascade: (call) => cascadeDeletePool(context, call),
    ShowLoadBalancerStatus: (call) => showStatusTree(context, call),
    ListApiVersions: listVersions,
    ListAvailabilityZones: () => listAvailabilityZones(context),
    ListFlavors: listFlavors,
    ShowFlavor: showFlavor,
    ShowQuota: (call) => showQuota(context, call),
    ListQuotaDetails: (call) => listQuotaDetails(context, call),
    ListSystemSecurityPolicies: listSystemSecurityPolicies,
    ExplainRequest: (call) => explainRequest(context, call),
    ListNodes: () => listNodes(fleet),
    ShowCapabilities: () => showCapabilities(fleet),
    ListSubnets: () => listSubnets(context),
    ListPublicIps: (call) => listPublicIps(context, call),
    UpdatePublicIp: (call) => updatePublicIp(context, call),
    ShowListenerLimits: (call) => showListenerLimits(context, call),
    ListTroubles: () => listTroubles(fleet),
  } satisfies Partial<Record<ServedOperation, Handler>>;
}
