export { addressRange, canonicalAddress, isInNetwork, isIpv4 } from './address.ts';
export type { AddressRange } from './address.ts';
export type { Certificate } from './certificate.ts';
export {
  checkCertificateIsUnused,
  checkDomainsAreCertified,
  domainListProblem,
  domainNames,
} from './certificate-rules.ts';
export { flavorById, flavors } from './flavor.ts';
export type { Flavor } from './flavor.ts';
export type { HttpListener, HttpsListener, InsertHeaders, Listener } from './listener.ts';
export {
  checkIsServerCertificate,
  checkListenerIsUnused,
  checkListenersPerPool,
  checkLowestPort,
  checkNotAdminAddress,
  checkPoolFits,
  checkPortIsFree,
  checkServesHttp,
  portTaken,
} from './listener-rules.ts';
export type { LoadBalancer } from './load-balancer.ts';
export {
  checkBackendSubnets,
  checkDeletionProtection,
  checkFlavors,
  checkIpTargetSwitch,
  checkLoadBalancerIsUnused,
  checkMemberProtection,
  checkZones,
} from './load-balancer-rules.ts';
export type { Member } from './member.ts';
export {
  checkIpTargets,
  checkMemberIsNew,
  checkMemberKind,
  checkMemberSubnet,
  memberAddress,
} from './member-rules.ts';
export { canonicalChain, formatPem, pemBlocks } from './pem.ts';
export type { PemBlock } from './pem.ts';
export type { Pool } from './pool.ts';
export { checkMembersSuitType, checkPoolIsUnused, checkPoolType, checkPoolTypeChange } from './pool-rules.ts';
export {
  accepted,
  conflict,
  firstProblem,
  invalidField,
  notFound,
  problem,
  problemCodes,
  refused,
} from './problem.ts';
export type { Outcome, Problem, ProblemName } from './problem.ts';
export { applyProtection, unprotected } from './protection.ts';
export { checkQuota, quotaKeyOf } from './quota-rules.ts';
export type { Protection, ResourceBase, ResourceKind, Resources, Tag } from './resource.ts';
export { defaultSecurityPolicy, securityPolicies, securityPolicyByName } from './security-policy.ts';
export type { SecurityPolicy, SecurityPolicyName, TlsProtocol } from './security-policy.ts';
export { defaultQuotas } from './settings.ts';
export type { QuotaKey, Settings } from './settings.ts';
export { describeSubnets, subnetOf } from './subnet.ts';
export type { Subnet } from './subnet.ts';
export { chooseVip } from './vip.ts';
export type { Vip, VipRequest } from './vip.ts';
