export { parseSessionRequest, sessionToWire } from './auth/session-wire.ts';
export type { SessionFacts, SessionRequest } from './auth/session-wire.ts';
export { parseTokenRequest, tokenToWire } from './auth/token-request.ts';
export type { TokenFacts, TokenRequest } from './auth/token-request.ts';
export {
  parseCascade,
  parseCertificateIds,
  parseListenerIds,
  parseLoadBalancerBatch,
  parseLoadBalancerIds,
  parsePoolIds,
  parseZones,
  withEnding,
} from './batch/batch-bodies.ts';
export type { Cascade, LoadBalancerBatch } from './batch/batch-bodies.ts';
export { parseListenerClones, parseLoadBalancerClone } from './batch/clone-bodies.ts';
export type { ListenerClone, LoadBalancerClone } from './batch/clone-bodies.ts';
export {
  parseMemberAdditions,
  parseMemberChanges,
  parseMemberRemovals,
} from './batch/member-batch-bodies.ts';
export type { MemberChange, MemberName } from './batch/member-batch-bodies.ts';
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
export { parseRevocations } from './certificate/revocations.ts';
export type { RevocationsBody } from './certificate/revocations.ts';
export { certificateToWire } from './certificate/certificate-wire.ts';
export { parseExplainRequest } from './explain/explain-body.ts';
export type { ExplainRequest } from './explain/explain-body.ts';
export { parsePublicIpChange } from './public-ip/public-ip-body.ts';
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
export { parseProbe } from './member/probe-body.ts';
export type { ProbeRequest, ProbeBody } from './member/probe-body.ts';
export { probeToWire } from './member/probe-wire.ts';
export type { ProbeOfNode } from './member/probe-wire.ts';
export { memberCheckToWire } from './member/member-check-wire.ts';
export type { MemberCheckJob } from './member/member-check-wire.ts';
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
export {
  certificateSorts,
  healthMonitorSorts,
  ipGroupSorts,
  l7PolicySorts,
  l7RuleSorts,
  listenerSorts,
  loadBalancerSorts,
  memberSorts,
  poolSorts,
  securityPolicySorts,
} from './list/sort-tables.ts';
export { inOrder, parseSort, sortKeyOf } from './list/sort.ts';
export type { Sort, SortKey, SortTable } from './list/sort.ts';
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
export {
  memberTlsToWire,
  parseMemberTls,
  parsePassiveEjection,
  passiveEjectionToWire,
} from './pool/pool-extras.ts';
export { poolToWire } from './pool/pool-wire.ts';
export type { PoolRelations } from './pool/pool-wire.ts';
export { jobDetailsToWire, jobToWire } from './job/job-wire.ts';
export { parseJobQuery } from './job/job-query.ts';
export type { JobFilter } from './job/job-query.ts';
export { parseLogTankCreate, parseLogTankUpdate } from './log-tank/log-tank-body.ts';
export type { LogTankCreate, LogTankUpdate } from './log-tank/log-tank-body.ts';
export { logTankToWire } from './log-tank/log-tank-wire.ts';
export { parseRecycleBinPolicy, parseRecycleBinSwitch } from './recycle-bin/recycle-bin-body.ts';
export { recycleBinToWire, recycledToWire } from './recycle-bin/recycle-bin-wire.ts';
export { featureConfigToWire, loadBalancerFeaturesToWire } from './feature/feature-wire.ts';
export type { FeatureConfigFacts } from './feature/feature-wire.ts';
export { topologyToWire } from './topology/topology-wire.ts';
export type { TopologyInput } from './topology/topology-wire.ts';
export { openApiDocument } from './openapi/document.ts';
export { localPortsToWire } from './topology/local-ports-wire.ts';
export { parsePrivateKeyEcho, privateKeyEcho } from './certificate/private-key-echo.ts';
export { guardedRoots, routes } from './routes.ts';
export type { Method, Operation, Resource, Role, Route } from './routes.ts';
export {
  parseSecurityPolicyCreate,
  parseSecurityPolicyUpdate,
} from './security-policy/security-policy-body.ts';
export type { SecurityPolicyCreate, SecurityPolicyUpdate } from './security-policy/security-policy-body.ts';
export { securityPolicyToWire } from './security-policy/security-policy-wire.ts';
export { parseTag, parseTagChange, parseTagQuery } from './tag/tag-body.ts';
export type { TagChange, TagQuery } from './tag/tag-body.ts';
export { taggedResourceToWire, tagValuesToWire } from './tag/tag-wire.ts';
export { wireTime } from './time.ts';
export { ApiError, fieldComplaints } from './client/api-error.ts';
export type { FieldComplaint } from './client/api-error.ts';
export { createClient } from './client/client.ts';
export type {
  Answer,
  AnswerOf,
  CallOf,
  Client,
  ClientOptions,
  OutgoingRequest,
  Query,
} from './client/client.ts';
export type * from './client/answer-bodies.ts';
export type * from './client/compose-bodies.ts';
export type * from './client/explain-answer.ts';
export type * from './client/extra-answers.ts';
export type * from './client/installation-answers.ts';
export type * from './client/operator-answers.ts';
export type * from './client/request-bodies.ts';
export type { LoadBalancerCreateBody, LoadBalancerUpdateBody } from './load-balancer/load-balancer-body.ts';
export type { ListenerCreateBody, ListenerUpdateBody } from './listener/listener-body.ts';
export type { MemberTlsBody, PassiveEjectionBody } from './pool/pool-extras.ts';
export type { PoolCreateBody, PoolUpdateBody } from './pool/pool-body.ts';
export type { MemberCreateBody, MemberUpdateBody } from './member/member-body.ts';
export type {
  HealthMonitorCreateBody,
  HealthMonitorUpdateBody,
} from './health-monitor/health-monitor-body.ts';
export type { CertificateCreateBody, CertificateUpdateBody } from './certificate/certificate-body.ts';
export type {
  SecurityPolicyCreateBody,
  SecurityPolicyUpdateBody,
} from './security-policy/security-policy-body.ts';
export type { IpGroupCreateBody, IpGroupUpdateBody } from './ip-group/ip-group-body.ts';
export type { L7PolicyCreateBody, L7PolicyUpdateBody } from './l7-policy/l7-policy-body.ts';
export type { L7RuleCreateBody, L7RuleUpdateBody } from './l7-policy/l7-rule-body.ts';
export type { ExplainRequestBody } from './explain/explain-body.ts';
export type { PriorityChangeBody } from './l7-policy/l7-policy-body.ts';
export { historyEntryToWire } from './history/history-wire.ts';
export type { ChangeFacts, HistoryFacts } from './history/history-wire.ts';
export { parseHistoryQuery } from './history/history-query.ts';
export type { ParsedHistoryQuery } from './history/history-query.ts';
export type { OperatorOperation } from './operator-routes.ts';
export { parseTime } from './schema/time-parameter.ts';
export {
  parseKeyCreate,
  parseKeyUpdate,
  parsePasswordChange,
  parseUserCreate,
  parseUserUpdate,
} from './user/user-body.ts';
export type { KeyCreate, KeyUpdate, PasswordChange, UserCreate, UserUpdate } from './user/user-body.ts';
export { callerToWire, keyToWire, userToWire } from './user/user-wire.ts';
export { parseAccessLogQuery, positionToWire } from './access-log/access-log-query.ts';
export type { AccessLogFilter, AccessLogQuery, LogPosition } from './access-log/access-log-query.ts';
export { parseCertificateInspection } from './certificate/inspection-body.ts';
export type { CertificateInspection, CertificateInspectionBody } from './certificate/inspection-body.ts';
export { atMember, parseCompose } from './compose/compose-body.ts';
export type { ComposeWish } from './compose/compose-body.ts';
export { parseDemoCertificate } from './compose/demo-body.ts';
export type { DemoCertificate } from './compose/demo-body.ts';
export { parseSeriesQuery, seriesScopes } from './monitoring/series-query.ts';
export type { SeriesRequest, SeriesScope } from './monitoring/series-query.ts';
