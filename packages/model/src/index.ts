export { hostName } from './host-name.ts';
export { addressRange, canonicalAddress, isInNetwork, isIpv4 } from './address.ts';
export type { AddressRange } from './address.ts';
export type { Certificate, CertificateKeyType } from './certificate.ts';
export {
  checkCertificateIsUnused,
  checkDomainsAreCertified,
  domainListProblem,
  domainNames,
} from './certificate-rules.ts';
export { effectiveLimits, flavorLimits, flavorById, flavors } from './flavor.ts';
export type { Flavor, Limits } from './flavor.ts';
export { expectedCodesRule, parseExpectedCodes, usualCodes } from './expected-codes.ts';
export type { ExpectedCodes } from './expected-codes.ts';
export type { HealthMonitor } from './health-monitor.ts';
export { checkExpectedCodes, checkMonitorIsNew } from './health-monitor-rules.ts';
export { canonicalRange } from './address-range-text.ts';
export type { SystemValue } from './header-edit-rules.ts';
export type { IpGroup, IpGroupEntry } from './ip-group.ts';
export {
  addEntries,
  checkAccessControl,
  checkBindings,
  checkEntryCount,
  checkIpGroupIsUnused,
  withoutEntries,
} from './ip-group-rules.ts';
export { conditionsOf } from './l7-policy.ts';
export type {
  CorsConfig,
  FixedResponse,
  HeaderEdits,
  InsertedHeader,
  L7Action,
  L7CompareType,
  L7Condition,
  L7Policy,
  MirrorConfig,
  L7Rule,
  L7RuleType,
  PoolsExtension,
  RedirectPool,
  RedirectUrl,
  TrafficLimit,
  UrlRewrite,
} from './l7-policy.ts';
export {
  comparePolicies,
  orderPolicies,
  type RuledPolicy,
  ruleKey,
  ruleSetKey,
  shadowedPolicies,
} from './l7-policy-order.ts';
export {
  checkAmongPolicies,
  checkIsNoRedirectTarget,
  checkL7Policy,
  checkListenerHasNoPolicy,
  checkPoolHasNoPolicy,
  checkPoolsPerPolicy,
  checkPriority,
  checkRedirectListener,
  duplicatePolicy,
  highestPriority,
  nextPriority,
  noPriorityLeft,
  poolIdsOf,
} from './l7-policy-rules.ts';
export { checkRule, checkRuleSet } from './l7-rule-rules.ts';
export type { AccessControl, HttpListener, HttpsListener, InsertHeaders, Listener } from './listener.ts';
export {
  checkListenerIsUnused,
  checkListenersPerPool,
  checkLowestPort,
  checkNotAdminAddress,
  checkHttp2Suits,
  checkPoolFits,
  checkPortIsFree,
  checkServesHttp,
  portTaken,
} from './listener-rules.ts';
export type { EarlyDataFacts } from './listener-tls-rules.ts';
export {
  checkCertificateType,
  checkEarlyData,
  checkEarlyDataStays,
  checkSniCertificates,
  offersTls13,
} from './listener-tls-rules.ts';
export type { LoadBalancer, SourceAddress } from './load-balancer.ts';
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
  memberPlace,
} from './member-rules.ts';
export { canonicalChain, formatPem, pemBlocks } from './pem.ts';
export type { PemBlock } from './pem.ts';
export type { MemberTrust, PassiveEjection, Pool, SessionPersistence, SlowStart } from './pool.ts';
export {
  checkBalancing,
  checkMemberTrust,
  checkMembersSuitType,
  checkPoolIsUnused,
  checkPoolType,
  checkPoolTypeChange,
} from './pool-rules.ts';
export {
  accepted,
  conflict,
  firstProblem,
  invalidField,
  mapOutcome,
  notFound,
  problem,
  problemCodes,
  refused,
} from './problem.ts';
export type { FieldComplaint, Outcome, Problem, ProblemName } from './problem.ts';
export { applyProtection, unprotected } from './protection.ts';
export { featuresOf } from './feature.ts';
export type { Feature, ZoneAbilities, ZoneFeature } from './feature.ts';
export { keptJobs } from './job.ts';
export type { Job, JobStatus, JobType, SubJob } from './job.ts';
export type { CheckItem, MemberCheck } from './member-check.ts';
export type { LogTank } from './log-tank.ts';
export { defaultRecycleBin, isKeptOnDelete, recycledUntilMs } from './recycle-bin.ts';
export type { LoadBalancerSnapshot, RecycleBin, RecycledLoadBalancer } from './recycle-bin.ts';
export { checkQuota, quotaKeyOf } from './quota-rules.ts';
export type { Protection, ResourceBase, ResourceKind, Resources, Tag } from './resource.ts';
export type { SecurityPolicy } from './security-policy.ts';
export { checkSecurityPolicyIsUnused, checkTlsChoice } from './security-policy-rules.ts';
export { defaultQuotas } from './settings.ts';
export type { QuotaKey, Settings } from './settings.ts';
export { describeSubnets, subnetOf } from './subnet.ts';
export type { Subnet } from './subnet.ts';
export { mostTags, withoutTags, withTags } from './tag-rules.ts';
export {
  checkSubnetsInUse,
  freeCount,
  settleSources,
  sourcesPerZone,
  usedIn,
  usualBackendSubnets,
} from './source-addresses.ts';
export type { SourceRequest } from './source-addresses.ts';
export { familyOf, usableAddresses, usableCount } from './subnet-addresses.ts';
export type { Family } from './subnet-addresses.ts';
export { choosePublicAddress, describePublicAddresses } from './public-address.ts';
export type { PublicAddress } from './public-address.ts';
export { chooseVip } from './vip.ts';
export type { Vip, VipRequest } from './vip.ts';
export {
  defaultSecurityPolicy,
  systemSecurityPolicies,
  systemSecurityPolicyByName,
} from './system-security-policy.ts';
export type {
  SystemSecurityPolicy,
  SystemSecurityPolicyName,
  TlsChoice,
} from './system-security-policy.ts';
export { mergeTlsHeaders, tlsHeaderFacts } from './tls-headers.ts';
export type { TlsHeader, TlsHeaderFact, TlsHeaders } from './tls-headers.ts';
export {
  customSuites,
  inServerOrder,
  suiteFits,
  tlsProtocols,
  unavailableSuites,
} from './tls-suite.ts';
export type { TlsProtocol } from './tls-suite.ts';
export { userRoles } from './user.ts';
export type { AccessKey, User, UserRole } from './user.ts';
export {
  checkAdminRemains,
  checkKeyCount,
  checkUserCount,
  checkUserName,
  mostKeysPerUser,
  mostUsers,
  rolesOf,
} from './user-rules.ts';
export { planWarnings } from './plan-warnings.ts';
export type { PlanFacts, PlanWarning, WarningCode } from './plan-warnings.ts';
