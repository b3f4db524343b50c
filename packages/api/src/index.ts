export { parseTokenRequest, tokenToWire } from './auth/token-request.ts';
export type { TokenFacts, TokenRequest } from './auth/token-request.ts';
export {
  availabilityZonesToWire,
  flavorToWire,
  quotaDetailsToWire,
  quotaToWire,
  selectFlavors,
  systemSecurityPoliciesToWire,
  versions,
} from './catalog/catalog-wire.ts';
export { parseCertificateCreate, parseCertificateUpdate } from './certificate/certificate-body.ts';
export type { CertificateCreate, CertificateUpdate } from './certificate/certificate-body.ts';
export { certificateToWire } from './certificate/certificate-wire.ts';
export { parseExplainRequest } from './explain/explain-body.ts';
export type { ExplainRequest } from './explain/explain-body.ts';
export { errorToWire } from './envelope.ts';
export {
  parseHealthMonitorCreate,
  parseHealthMonitorUpdate,
} from './health-monitor/health-monitor-body.ts';
export type { HealthMonitorCreate, HealthMonitorUpdate } from './health-monitor/health-monitor-body.ts';
export { healthMonitorToWire } from './health-monitor/health-monitor-wire.ts';
export type { MemberReason, MemberStatus } from './member/member-status.ts';
export { parseMemberCheck } from './member/member-check-body.ts';
export type { MemberCheckRequest } from './member/member-check-body.ts';
export { memberCheckToWire } from './member/member-check-wire.ts';
export type { CheckItem, MemberCheckJob } from './member/member-check-wire.ts';
export { parseListenerCreate, parseListenerUpdate } from './listener/listener-body.ts';
export { httpsOnly, httpsOnlyFields } from './listener/listener-tls.ts';
export type { ListenerTlsFields } from './listener/listener-tls.ts';
export type { ListenerCreate, ListenerUpdate } from './listener/listener-body.ts';
export { listenerToWire } from './listener/listener-wire.ts';
export type { ListenerRelations } from './listener/listener-wire.ts';
export {
  certificateFilters,
  healthMonitorFilters,
  ipGroupFilters,
  l7PolicyFilters,
  l7RuleFilters,
  listenerFilters,
  loadBalancerFilters,
  memberFilters,
  poolFilters,
  securityPolicyFilters,
} from './list/filter-tables.ts';
export {
  parseIpGroupCreate,
  parseIpGroupUpdate,
  parseIpListRemoval,
} from './ip-group/ip-group-body.ts';
export type { IpGroupCreate, IpGroupUpdate } from './ip-group/ip-group-body.ts';
export { ipGroupToWire } from './ip-group/ip-group-wire.ts';
export type { IpGroupRelations } from './ip-group/ip-group-wire.ts';
export {
  parseL7PolicyCreate,
  parseL7PolicyUpdate,
  parsePriorityChanges,
} from './l7-policy/l7-policy-body.ts';
export type { L7PolicyCreate, L7PolicyUpdate, PriorityChange } from './l7-policy/l7-policy-body.ts';
export { l7PolicyToWire } from './l7-policy/l7-policy-wire.ts';
export type { L7PolicyRelations } from './l7-policy/l7-policy-wire.ts';
export { parseL7RuleCreate, parseL7RuleUpdate } from './l7-policy/l7-rule-body.ts';
export type { L7RuleCreate, L7RuleUpdate } from './l7-policy/l7-rule-body.ts';
export { l7RuleOfAnyPolicyToWire, l7RuleToWire } from './l7-policy/l7-rule-wire.ts';
export { matchesWire, parseFilters } from './list/filters.ts';
export type { FilterTable, ParsedFilters } from './list/filters.ts';
export { cutPage, pageInfo, parsePageQuery } from './list/page-query.ts';
export type { PageInfo, PageQuery } from './list/page-query.ts';
export { parseLoadBalancerCreate, parseLoadBalancerUpdate } from './load-balancer/load-balancer-body.ts';
export type { LoadBalancerCreate, LoadBalancerUpdate } from './load-balancer/load-balancer-body.ts';
export { loadBalancerToWire } from './load-balancer/load-balancer-wire.ts';
export type { LoadBalancerRelations } from './load-balancer/load-balancer-wire.ts';
export { statusTreeToWire } from './load-balancer/status-tree.ts';
export { parseMemberCreate, parseMemberUpdate } from './member/member-body.ts';
export type { MemberCreate, MemberUpdate } from './member/member-body.ts';
export { memberOfAnyPoolToWire, memberToWire } from './member/member-wire.ts';
export type { MemberRelations } from './member/member-wire.ts';
export { parsePoolCreate, parsePoolUpdate } from './pool/pool-body.ts';
export type { PoolCreate, PoolUpdate } from './pool/pool-body.ts';
export { poolToWire } from './pool/pool-wire.ts';
export type { PoolRelations } from './pool/pool-wire.ts';
export { guardedRoots, routes } from './routes.ts';
export type { Method, Operation, Resource, Role, Route } from './routes.ts';
export {
  parseSecurityPolicyCreate,
  parseSecurityPolicyUpdate,
} from './security-policy/security-policy-body.ts';
export type { SecurityPolicyCreate, SecurityPolicyUpdate } from './security-policy/security-policy-body.ts';
export { securityPolicyToWire } from './security-policy/security-policy-wire.ts';
export { wireTime } from './time.ts';
