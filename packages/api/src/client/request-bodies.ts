import type { SessionRequestBody } from '../auth/session-wire.ts';
import type { TokenRequestBody } from '../auth/token-request.ts';
import type { CertificateCreateBody, CertificateUpdateBody } from '../certificate/certificate-body.ts';
import type { CertificateInspectionBody } from '../certificate/inspection-body.ts';
import type { ComposeBody, ListenerCloneBody, TagChangeBody } from './compose-bodies.ts';
import type { ExplainRequestBody } from '../explain/explain-body.ts';
import type {
  HealthMonitorCreateBody,
  HealthMonitorUpdateBody,
} from '../health-monitor/health-monitor-body.ts';
import type { IpGroupCreateBody, IpGroupUpdateBody, IpListRemovalBody } from '../ip-group/ip-group-body.ts';
import type {
  L7PolicyCreateBody,
  L7PolicyUpdateBody,
  PriorityChangeBody,
} from '../l7-policy/l7-policy-body.ts';
import type { L7RuleCreateBody, L7RuleUpdateBody } from '../l7-policy/l7-rule-body.ts';
import type { ListenerCreateBody, ListenerUpdateBody } from '../listener/listener-body.ts';
import type { LoadBalancerCreateBody, LoadBalancerUpdateBody } from '../load-balancer/load-balancer-body.ts';
import type { MemberCreateBody, MemberUpdateBody } from '../member/member-body.ts';
import type {
  LogTankCreateBody,
  PasswordChangeBody,
  UserCreateBody,
  UserUpdateBody,
} from './operator-answers.ts';
import type { MemberCheckBody } from '../member/member-check-body.ts';
import type { ProbeBody } from '../member/probe-body.ts';
import type { PoolCreateBody, PoolUpdateBody } from '../pool/pool-body.ts';
import type { MemberTlsBody, PassiveEjectionBody } from '../pool/pool-extras.ts';
import type {
  SecurityPolicyCreateBody,
  SecurityPolicyUpdateBody,
} from '../security-policy/security-policy-body.ts';

/** The JSON body that each writing operation takes. An operation that is not named takes none. */
export interface RequestBodies {
  readonly CreateToken: TokenRequestBody;
  readonly CreateSession: SessionRequestBody;
  readonly CreateLoadBalancer: { readonly loadbalancer: LoadBalancerCreateBody };
  readonly UpdateLoadBalancer: { readonly loadbalancer: LoadBalancerUpdateBody };
  readonly CreateListener: { readonly listener: ListenerCreateBody };
  readonly UpdateListener: { readonly listener: ListenerUpdateBody };
  readonly CreatePool: { readonly pool: PoolCreateBody };
  readonly UpdatePool: { readonly pool: PoolUpdateBody };
  readonly CreateMember: { readonly member: MemberCreateBody };
  readonly BatchCreateMembers: { readonly members: readonly MemberCreateBody[] };
  readonly BatchUpdateMembers: {
    readonly members: readonly (Omit<MemberUpdateBody, 'id'> & { readonly id: string })[];
  };
  readonly BatchDeletePools: { readonly pools: readonly string[] };
  readonly BatchDeleteCertificates: { readonly certificates: readonly string[] };
  readonly BatchDeleteMembers: { readonly members: readonly { readonly id: string }[] };
  readonly UpdateMember: { readonly member: MemberUpdateBody };
  readonly CreateMemberHealthCheckJob: { readonly member_check: MemberCheckBody };
  readonly CreateHealthMonitor: { readonly healthmonitor: HealthMonitorCreateBody };
  readonly UpdateHealthMonitor: { readonly healthmonitor: HealthMonitorUpdateBody };
  readonly CreateCertificate: { readonly certificate: CertificateCreateBody };
  readonly UpdateCertificate: { readonly certificate: CertificateUpdateBody };
  readonly CreateSecurityPolicy: { readonly security_policy: SecurityPolicyCreateBody };
  readonly UpdateSecurityPolicy: { readonly security_policy: SecurityPolicyUpdateBody };
  readonly CreateIpGroup: { readonly ipgroup: IpGroupCreateBody };
  readonly UpdateIpGroup: { readonly ipgroup: IpGroupUpdateBody };
  readonly UpdateIpList: { readonly ipgroup: IpGroupUpdateBody };
  readonly BatchDeleteIpList: { readonly ipgroup: IpListRemovalBody };
  readonly CreateL7Policy: { readonly l7policy: L7PolicyCreateBody };
  readonly UpdateL7Policy: { readonly l7policy: L7PolicyUpdateBody };
  readonly BatchUpdatePoliciesPriority: { readonly l7policies: readonly PriorityChangeBody[] };
  readonly CreateL7Rule: { readonly rule: L7RuleCreateBody };
  readonly UpdateL7Rule: { readonly rule: L7RuleUpdateBody };
  readonly InspectCertificate: { readonly certificate: CertificateInspectionBody };
  readonly UpdateMemberTls: { readonly member_tls: MemberTlsBody };
  readonly UpdatePassiveEjection: { readonly passive_ejection: PassiveEjectionBody };
  readonly ComposeListener: ComposeBody;
  readonly PreviewPlan: ComposeBody;
  readonly CloneListener: ListenerCloneBody;
  readonly ChangeListenerTags: TagChangeBody;
  readonly ExplainRequest: { readonly request: ExplainRequestBody };
  readonly CreateProbe: { readonly probe: ProbeBody };
  readonly UpdatePublicIp: { readonly publicip: { readonly loadbalancer_id: string | null } };
  readonly ChangeLoadbalancerTags: TagChangeBody;
  readonly CreateLogtank: { readonly logtank: LogTankCreateBody };
  readonly ChangeOwnPassword: { readonly password: PasswordChangeBody };
  readonly CreateOwnKey: { readonly key: { readonly description?: string } };
  readonly UpdateOwnKey: { readonly key: { readonly description?: string; readonly enabled?: boolean } };
  readonly CreateUser: { readonly user: UserCreateBody };
  readonly UpdateUser: { readonly user: UserUpdateBody };
  readonly CreateKey: { readonly key: { readonly description?: string } };
  readonly UpdateKey: { readonly key: { readonly description?: string; readonly enabled?: boolean } };
  readonly CreateDemoCertificate: {
    readonly certificate: { readonly names: readonly string[]; readonly name?: string };
  };
}
