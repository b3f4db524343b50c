import { z } from 'zod';
import { sessionBodies } from '../auth/session-wire.ts';
import { tokenBodies } from '../auth/token-request.ts';
import { batchBodies } from '../batch/batch-bodies.ts';
import { cloneBodies } from '../batch/clone-bodies.ts';
import { memberBatchBodies } from '../batch/member-batch-bodies.ts';
import { certificateBodies } from '../certificate/certificate-body.ts';
import { revocationBodies } from '../certificate/revocations.ts';
import { inspectionBodies } from '../certificate/inspection-body.ts';
import { privateKeyEchoBody } from '../certificate/private-key-echo.ts';
import { demoBodies } from '../compose/demo-body.ts';
import { probeBodies } from '../member/probe-body.ts';
import { explainBodies } from '../explain/explain-body.ts';
import { healthMonitorBodies } from '../health-monitor/health-monitor-body.ts';
import { ipGroupBodies } from '../ip-group/ip-group-body.ts';
import { l7PolicyBodies } from '../l7-policy/l7-policy-body.ts';
import { l7RuleBodies } from '../l7-policy/l7-rule-body.ts';
import { listenerBodies } from '../listener/listener-body.ts';
import { loadBalancerBodies } from '../load-balancer/load-balancer-body.ts';
import { logTankCreateBody, logTankUpdateBody } from '../log-tank/log-tank-body.ts';
import { memberBodies } from '../member/member-body.ts';
import { memberCheckBodies } from '../member/member-check-body.ts';
import { poolBodies } from '../pool/pool-body.ts';
import { poolExtraBodies } from '../pool/pool-extras.ts';
import { recycleBinPolicyBody, recycleBinSwitchBody } from '../recycle-bin/recycle-bin-body.ts';
import { publicIpBodies } from '../public-ip/public-ip-body.ts';
import type { Operation } from '../routes.ts';
import { securityPolicyBodies } from '../security-policy/security-policy-body.ts';
import { tagBodies } from '../tag/tag-body.ts';
import { userBodies } from '../user/user-body.ts';

/** The body of a call: below one key, or the object itself (null). */
export interface RequestBody {
  readonly key: string | null;
  readonly schema: z.ZodType;
}

const below = (key: string, schema: z.ZodType): RequestBody => ({ key, schema });
const plain = (schema: z.ZodType): RequestBody => ({ key: null, schema });

/** Each part is read by itself; what it says about its place is filled in. */
const composed = z.strictObject({
  listener: listenerBodies.create,
  pool: poolBodies.create.nullable().exactOptional(),
  members: z.array(memberBodies.create).exactOptional(),
  healthmonitor: healthMonitorBodies.create.omit({ pool_id: true }).nullable().exactOptional(),
  server_names: z.array(z.string()).exactOptional(),
});

/** The schemas that requests are read with. A writing call that is not named takes no body. */
export const requestBodies: Readonly<Partial<Record<Operation, RequestBody>>> = {
  CreateToken: plain(tokenBodies.create),
  CreateSession: plain(sessionBodies.create),
  CreateLoadBalancer: below('loadbalancer', loadBalancerBodies.create),
  UpdateLoadBalancer: below('loadbalancer', loadBalancerBodies.update),
  CreateListener: below('listener', listenerBodies.create),
  UpdateListener: below('listener', listenerBodies.update),
  CreatePool: below('pool', poolBodies.create),
  UpdatePool: below('pool', poolBodies.update),
  CreateMember: below('member', memberBodies.create),
  UpdateMember: below('member', memberBodies.update),
  CreateMemberHealthCheckJob: below('member_check', memberCheckBodies.create),
  CreateHealthMonitor: below('healthmonitor', healthMonitorBodies.create),
  UpdateHealthMonitor: below('healthmonitor', healthMonitorBodies.update),
  CreateCertificate: below('certificate', certificateBodies.create),
  UpdateCertificate: below('certificate', certificateBodies.update),
  CreateCertificatePrivateKeyEcho: plain(privateKeyEchoBody),
  CreateSecurityPolicy: below('security_policy', securityPolicyBodies.create),
  UpdateSecurityPolicy: below('security_policy', securityPolicyBodies.update),
  CreateIpGroup: below('ipgroup', ipGroupBodies.create),
  UpdateIpGroup: below('ipgroup', ipGroupBodies.update),
  UpdateIpList: below('ipgroup', ipGroupBodies.update),
  BatchDeleteIpList: below('ipgroup', ipGroupBodies.removal),
  CreateL7Policy: below('l7policy', l7PolicyBodies.create),
  UpdateL7Policy: below('l7policy', l7PolicyBodies.update),
  BatchUpdatePoliciesPriority: below('l7policies', z.array(l7PolicyBodies.priority)),
  CreateL7Rule: below('rule', l7RuleBodies.create),
  UpdateL7Rule: below('rule', l7RuleBodies.update),
  ChangeLoadbalancerTags: plain(tagBodies.change),
  ChangeListenerTags: plain(tagBodies.change),
  ChangeLoadbalancerTagsV2: plain(tagBodies.change),
  ChangeListenerTagsV2: plain(tagBodies.change),
  CreateLoadbalancerTagV2: below('tag', tagBodies.one),
  CreateListenerTagV2: below('tag', tagBodies.one),
  ListLoadbalancersByTagsV2: plain(tagBodies.query),
  ListListenersByTagsV2: plain(tagBodies.query),
  CreateLogtank: below('logtank', logTankCreateBody),
  UpdateLogtank: below('logtank', logTankUpdateBody),
  UpdateRecycleBinEnable: below('recycle_bin', recycleBinSwitchBody),
  UpdateRecycleBinPolicy: below('recycle_bin', recycleBinPolicyBody),
  BatchCreateLoadBalancers: below(
    'loadbalancer',
    loadBalancerBodies.create.extend({ number: batchBodies.number }),
  ),
  BatchDeleteLoadbalancers: plain(batchBodies.loadBalancers),
  DeleteLoadBalancerCascade: below('loadbalancer', batchBodies.cascade),
  BatchAddAvailableZones: plain(batchBodies.zones),
  BatchRemoveAvailableZones: plain(batchBodies.zones),
  CloneLoadbalancer: plain(cloneBodies.loadBalancer),
  CloneListener: plain(cloneBodies.listener),
  BatchDeleteListeners: plain(batchBodies.listeners),
  BatchDeletePools: plain(batchBodies.pools),
  BatchDeleteCertificates: plain(batchBodies.certificates),
  BatchCreateMembers: plain(memberBatchBodies.additions),
  BatchUpdateMembers: plain(memberBatchBodies.changes),
  BatchDeleteMembers: plain(memberBatchBodies.removals),
  UpdateMemberTls: below('member_tls', poolExtraBodies.memberTls),
  UpdateRevocations: below('revocations', revocationBodies.update),
  UpdatePassiveEjection: below('passive_ejection', poolExtraBodies.passiveEjection),
  ChangeOwnPassword: below('password', userBodies.password),
  CreateUser: below('user', userBodies.create),
  UpdateUser: below('user', userBodies.update),
  CreateOwnKey: below('key', userBodies.keyCreate),
  CreateKey: below('key', userBodies.keyCreate),
  UpdateOwnKey: below('key', userBodies.keyUpdate),
  UpdateKey: below('key', userBodies.keyUpdate),
  UpdatePublicIp: below('publicip', publicIpBodies.update),
  InspectCertificate: below('certificate', inspectionBodies.inspect),
  PreviewPlan: plain(composed),
  ComposeListener: plain(composed),
  CreateDemoCertificate: below('certificate', demoBodies.certificate),
  ExplainRequest: below('request', explainBodies.request),
  CreateProbe: below('probe', probeBodies.create),
};
