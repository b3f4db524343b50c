import type { sessionToWire } from '../auth/session-wire.ts';
import type { tokenToWire } from '../auth/token-request.ts';
import type {
  availabilityZonesToWire,
  flavorToWire,
  quotaDetailsToWire,
  quotaToWire,
  systemSecurityPoliciesToWire,
  versions,
} from '../catalog/catalog-wire.ts';
import type { certificateToWire } from '../certificate/certificate-wire.ts';
import type { healthMonitorToWire } from '../health-monitor/health-monitor-wire.ts';
import type { ipGroupToWire } from '../ip-group/ip-group-wire.ts';
import type { l7PolicyToWire } from '../l7-policy/l7-policy-wire.ts';
import type { l7RuleOfAnyPolicyToWire, l7RuleToWire } from '../l7-policy/l7-rule-wire.ts';
import type { PageInfo } from '../list/page-query.ts';
import type { listenerToWire } from '../listener/listener-wire.ts';
import type { loadBalancerToWire } from '../load-balancer/load-balancer-wire.ts';
import type { statusTreeToWire } from '../load-balancer/status-tree.ts';
import type { probeToWire } from '../member/probe-wire.ts';
import type { memberCheckToWire } from '../member/member-check-wire.ts';
import type { memberOfAnyPoolToWire, memberToWire } from '../member/member-wire.ts';
import type { poolToWire } from '../pool/pool-wire.ts';
import type { securityPolicyToWire } from '../security-policy/security-policy-wire.ts';
import type { ComposedAnswer, LimitsAnswer, PlanAnswer } from './compose-bodies.ts';
import type { ExplainAnswer } from './explain-answer.ts';
import type { loadBalancerFeaturesToWire } from '../feature/feature-wire.ts';
import type { InspectionAnswer, PoolExtrasAnswer } from './extra-answers.ts';
import type {
  CapabilitiesAnswer,
  NodeAnswer,
  PublicIpAnswer,
  SubnetAnswer,
  TroubleAnswer,
} from './installation-answers.ts';
import type {
  AccessLogAnswer,
  AttentionAnswer,
  CallerWire,
  DemoBackendAnswer,
  HistoryEntryWire,
  KeyWire,
  LogTankWire,
  NewKeyAnswer,
  SeriesAnswer,
  TopologyWire,
  UserWire,
} from './operator-answers.ts';

/** Resources as answers show them. */
export type LoadBalancerWire = ReturnType<typeof loadBalancerToWire>;
export type SessionWire = ReturnType<typeof sessionToWire>;
export type StatusTreeWire = ReturnType<typeof statusTreeToWire>;
export type ListenerWire = ReturnType<typeof listenerToWire>;
export type PoolWire = ReturnType<typeof poolToWire>;
export type MemberWire = ReturnType<typeof memberToWire>;
export type MemberOfAnyPoolWire = ReturnType<typeof memberOfAnyPoolToWire>;
export type ProbeWire = ReturnType<typeof probeToWire>;
export type MemberCheckWire = ReturnType<typeof memberCheckToWire>;
export type HealthMonitorWire = ReturnType<typeof healthMonitorToWire>;
export type CertificateWire = ReturnType<typeof certificateToWire>;
export type SecurityPolicyWire = ReturnType<typeof securityPolicyToWire>;
export type SystemSecurityPolicyWire = ReturnType<typeof systemSecurityPoliciesToWire>[number];
/** What became of one item of a batch. */
export interface BatchItem {
  readonly id: string;
  readonly ret_status: 'successful' | 'not found' | 'failed';
  readonly ret_code: string;
}
export type IpGroupWire = ReturnType<typeof ipGroupToWire> & {
  /** How many entries it has: in lists with `with_ip_list=false`, whose `ip_list` is empty. */
  readonly ip_count?: number;
};
export type L7PolicyWire = ReturnType<typeof l7PolicyToWire>;
export type L7RuleWire = ReturnType<typeof l7RuleToWire>;
export type FlavorWire = ReturnType<typeof flavorToWire>;
export type QuotaDetailWire = ReturnType<typeof quotaDetailsToWire>[number];

type List<Key extends string, Wire> = { readonly [K in Key]: readonly Wire[] } & {
  readonly page_info: PageInfo;
};
type One<Key extends string, Wire> = { readonly [K in Key]: Wire };

/** What each operation answers with; deletes answer with no body at all. */
export interface AnswerBodies {
  readonly ListApiVersions: { readonly versions: typeof versions };
  readonly CreateToken: ReturnType<typeof tokenToWire>;
  readonly CreateSession: One<'session', SessionWire>;
  readonly ShowSession: One<'session', SessionWire | null>;
  readonly ListLoadbalancerFeature: { readonly features: ReturnType<typeof loadBalancerFeaturesToWire> };
  readonly ListAvailabilityZones: { readonly availability_zones: ReturnType<typeof availabilityZonesToWire> };
  readonly ListFlavors: List<'flavors', FlavorWire>;
  readonly ShowFlavor: One<'flavor', FlavorWire>;
  readonly ShowQuota: One<'quota', ReturnType<typeof quotaToWire>>;
  readonly ListQuotaDetails: { readonly quotas: readonly QuotaDetailWire[] };
  readonly ListSystemSecurityPolicies: {
    readonly system_security_policies: readonly SystemSecurityPolicyWire[];
  };
  readonly ListLoadBalancers: List<'loadbalancers', LoadBalancerWire>;
  readonly CreateLoadBalancer: One<'loadbalancer', LoadBalancerWire>;
  readonly ShowLoadBalancer: One<'loadbalancer', LoadBalancerWire>;
  readonly UpdateLoadBalancer: One<'loadbalancer', LoadBalancerWire>;
  readonly ShowLoadBalancerStatus: One<'statuses', StatusTreeWire>;
  readonly ListListeners: List<'listeners', ListenerWire>;
  readonly CreateListener: One<'listener', ListenerWire>;
  readonly ShowListener: One<'listener', ListenerWire>;
  readonly UpdateListener: One<'listener', ListenerWire>;
  readonly ListPools: List<'pools', PoolWire>;
  readonly CreatePool: One<'pool', PoolWire>;
  readonly ShowPool: One<'pool', PoolWire>;
  readonly UpdatePool: One<'pool', PoolWire>;
  readonly ListAllMembers: List<'members', MemberOfAnyPoolWire>;
  readonly CreateMemberHealthCheckJob: { readonly member_check: { readonly job_id: string } };
  readonly ShowMemberHealthCheckJob: One<'member_check', MemberCheckWire>;
  readonly ListMembers: List<'members', MemberWire>;
  readonly CreateMember: One<'member', MemberWire>;
  readonly ShowMember: One<'member', MemberWire>;
  readonly UpdateMember: One<'member', MemberWire>;
  readonly BatchCreateMembers: {
    readonly members: readonly (MemberWire & { readonly ret_status: string })[];
  };
  readonly BatchUpdateMembers: { readonly members: readonly MemberWire[] };
  readonly ListHealthMonitors: List<'healthmonitors', HealthMonitorWire>;
  readonly CreateHealthMonitor: One<'healthmonitor', HealthMonitorWire>;
  readonly ShowHealthMonitor: One<'healthmonitor', HealthMonitorWire>;
  readonly UpdateHealthMonitor: One<'healthmonitor', HealthMonitorWire>;
  readonly ListCertificates: List<'certificates', CertificateWire>;
  readonly CreateCertificate: One<'certificate', CertificateWire>;
  readonly ShowCertificate: One<'certificate', CertificateWire>;
  readonly UpdateCertificate: One<'certificate', CertificateWire>;
  readonly ListSecurityPolicies: List<'security_policies', SecurityPolicyWire>;
  readonly CreateSecurityPolicy: One<'security_policy', SecurityPolicyWire>;
  readonly ShowSecurityPolicy: One<'security_policy', SecurityPolicyWire>;
  readonly UpdateSecurityPolicy: One<'security_policy', SecurityPolicyWire>;
  readonly ListIpGroups: List<'ipgroups', IpGroupWire>;
  readonly CreateIpGroup: One<'ipgroup', IpGroupWire>;
  readonly ShowIpGroup: One<'ipgroup', IpGroupWire>;
  readonly UpdateIpGroup: One<'ipgroup', IpGroupWire>;
  readonly UpdateIpList: One<'ipgroup', IpGroupWire>;
  readonly BatchDeletePools: { readonly pools: readonly BatchItem[] };
  readonly BatchDeleteCertificates: { readonly certificates: readonly BatchItem[] };
  readonly BatchDeleteIpList: One<'ipgroup', IpGroupWire>;
  readonly ShowIpGroupRelatedListeners: { readonly listeners: readonly { readonly id: string }[] };
  readonly ListL7Policies: List<'l7policies', L7PolicyWire>;
  readonly CreateL7Policy: One<'l7policy', L7PolicyWire>;
  readonly ShowL7Policy: One<'l7policy', L7PolicyWire>;
  readonly UpdateL7Policy: One<'l7policy', L7PolicyWire>;
  readonly ListAllL7Rules: List<'rules', ReturnType<typeof l7RuleOfAnyPolicyToWire>>;
  readonly ListL7Rules: List<'rules', L7RuleWire>;
  readonly CreateL7Rule: One<'rule', L7RuleWire>;
  readonly ShowL7Rule: One<'rule', L7RuleWire>;
  readonly UpdateL7Rule: One<'rule', L7RuleWire>;
  readonly ComposeListener: ComposedAnswer;
  readonly PreviewPlan: One<'plan', PlanAnswer>;
  readonly CloneListener: {
    readonly listener_list: readonly { readonly id: string }[];
    readonly job_id: string;
  };
  readonly ShowListenerLimits: One<'limits', LimitsAnswer>;
  readonly ExplainRequest: One<'explanation', ExplainAnswer>;
  readonly CreateProbe: One<'probe', ProbeWire>;
  readonly ListNodes: { readonly nodes: readonly NodeAnswer[] };
  readonly InspectCertificate: One<'inspection', InspectionAnswer>;
  readonly ShowPoolExtras: One<'pool', PoolExtrasAnswer>;
  readonly UpdateMemberTls: One<'member_tls', PoolExtrasAnswer['member_tls']>;
  readonly UpdatePassiveEjection: One<'passive_ejection', PoolExtrasAnswer['passive_ejection']>;
  readonly ShowCapabilities: One<'capabilities', CapabilitiesAnswer>;
  readonly ListSubnets: { readonly subnets: readonly SubnetAnswer[] };
  readonly ListPublicIps: { readonly publicips: readonly PublicIpAnswer[] };
  readonly UpdatePublicIp: One<'publicip', PublicIpAnswer>;
  readonly ListTroubles: { readonly troubles: readonly TroubleAnswer[] };
  readonly ShowLoadBalancerTopology: One<'topology', TopologyWire>;
  readonly ListLogtanks: List<'logtanks', LogTankWire>;
  readonly CreateLogtank: One<'logtank', LogTankWire>;
  readonly ShowMe: One<'me', CallerWire>;
  readonly ListOwnKeys: { readonly keys: readonly KeyWire[] };
  readonly CreateOwnKey: One<'key', NewKeyAnswer>;
  readonly UpdateOwnKey: One<'key', KeyWire>;
  readonly ShowUser: { readonly user: UserWire };
  readonly ListUsers: { readonly users: readonly UserWire[] };
  readonly CreateUser: One<'user', UserWire>;
  readonly UpdateUser: One<'user', UserWire>;
  readonly CreateKey: One<'key', NewKeyAnswer>;
  readonly UpdateKey: One<'key', KeyWire>;
  readonly ListHistory: List<'history', HistoryEntryWire>;
  readonly ShowMetricSeries: One<'series', SeriesAnswer>;
  readonly ShowAttention: One<'attention', AttentionAnswer>;
  readonly ListAccessLog: One<'access_log', AccessLogAnswer>;
  readonly CreateDemoCertificate: One<'certificate', CertificateWire>;
  readonly ListDemoBackends: { readonly backends: readonly DemoBackendAnswer[] };
  readonly StartDemoBackends: { readonly backends: readonly DemoBackendAnswer[] };
}
