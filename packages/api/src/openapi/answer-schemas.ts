import type { Member } from '@elbow/model';
import { certificateToWire } from '../certificate/certificate-wire.ts';
import { healthMonitorToWire } from '../health-monitor/health-monitor-wire.ts';
import { ipGroupToWire } from '../ip-group/ip-group-wire.ts';
import { jobDetailsToWire, jobToWire } from '../job/job-wire.ts';
import { l7PolicyToWire } from '../l7-policy/l7-policy-wire.ts';
import { l7RuleOfAnyPolicyToWire, l7RuleToWire } from '../l7-policy/l7-rule-wire.ts';
import { listenerToWire } from '../listener/listener-wire.ts';
import { loadBalancerToWire } from '../load-balancer/load-balancer-wire.ts';
import { logTankToWire } from '../log-tank/log-tank-wire.ts';
import { memberOfAnyPoolToWire, type MemberRelations, memberToWire } from '../member/member-wire.ts';
import { poolToWire } from '../pool/pool-wire.ts';
import { recycledToWire } from '../recycle-bin/recycle-bin-wire.ts';
import { securityPolicyToWire } from '../security-policy/security-policy-wire.ts';
import * as rows from './sample-rows.ts';
import { type Shape, shapeOf } from './shape-of.ts';

const ids = [rows.loadBalancer.id];
const none = { listenerIds: [], loadBalancerIds: [], memberIds: [], poolIds: [], healthMonitorId: null };
const all = {
  listenerIds: ids,
  loadBalancerIds: ids,
  memberIds: ids,
  poolIds: ids,
  healthMonitorId: rows.healthMonitor.id,
};
const { logTank, ...untanked } = rows.loadBalancer;
const withoutAddress = {
  vipSubnetCidrId: null,
  vipAddress: null,
  vipPortId: null,
  publicAddress: null,
  l4FlavorId: null,
  l7FlavorId: null,
} as const;
const status = {
  operatingStatus: 'OFFLINE',
  reason: { code: 'code', message: 'text', expected: '200', actual: '503' },
  sinceMs: 0,
} as const;
const noTarget = {
  redirectPoolId: null,
  redirectPools: [],
  poolStickiness: null,
  poolsExtension: null,
  redirectListenerId: null,
  redirectUrl: null,
  fixedResponse: null,
} as const;
const policyPlace = { rules: [rows.l7Rule], enterpriseProjectId: '0', showsRules: false, isShadowed: false };

const unchecked = { operatingStatus: 'NO_MONITOR', reason: null, sinceMs: null } as const;
const memberSamples: readonly (readonly [Member, MemberRelations])[] = [
  [rows.member, { ...all, status }],
  [
    { ...rows.member, subnetCidrId: null },
    { ...none, status: unchecked },
  ],
];
const ruleSamples = [rows.l7Rule, { ...rows.l7Rule, key: null }];
const faultless = { errorCode: null, errorMessage: null } as const;
const jobSamples = [
  rows.job,
  {
    ...rows.job,
    ...faultless,
    endedAtMs: null,
    subJobs: rows.job.subJobs.map((subJob) => ({ ...subJob, ...faultless })),
  },
];

/** Resources as answers show them, under the names of their schemas. */
export const answerSchemas: Readonly<Record<string, Shape>> = {
  LoadBalancer: shapeOf([
    loadBalancerToWire(rows.loadBalancer, all),
    loadBalancerToWire({ ...untanked, ...withoutAddress }, none),
  ]),
  Listener: shapeOf([
    listenerToWire(rows.httpListener, { enterpriseProjectId: '0' }),
    listenerToWire(rows.httpsListener, { enterpriseProjectId: '0' }),
    listenerToWire(
      { ...rows.httpListener, defaultPoolId: null, accessControl: null },
      { enterpriseProjectId: '0' },
    ),
  ]),
  Pool: shapeOf([
    poolToWire(rows.pool, all),
    poolToWire(
      { ...rows.pool, sessionPersistence: null, slowStart: null, memberTls: null, passiveEjection: null },
      none,
    ),
  ]),
  Member: shapeOf(memberSamples.map(([row, relations]) => memberToWire(row, relations))),
  MemberOfAnyPool: shapeOf(memberSamples.map(([row, relations]) => memberOfAnyPoolToWire(row, relations))),
  HealthMonitor: shapeOf([
    healthMonitorToWire(rows.healthMonitor),
    healthMonitorToWire({
      ...rows.healthMonitor,
      type: 'TCP',
      port: null,
      domainName: null,
      expectedCodes: null,
    }),
  ]),
  Certificate: shapeOf([
    certificateToWire(rows.certificate),
    certificateToWire({
      ...rows.certificate,
      type: 'client',
      domain: null,
      sealedKey: null,
      scmCertificateId: null,
      source: null,
    }),
  ]),
  SecurityPolicy: shapeOf([securityPolicyToWire(rows.securityPolicy, all)]),
  IpGroup: shapeOf([ipGroupToWire(rows.ipGroup, all)]),
  L7Policy: shapeOf([
    l7PolicyToWire(rows.l7Policy, policyPlace),
    l7PolicyToWire({ ...rows.l7Policy, ...noTarget }, policyPlace),
  ]),
  L7Rule: shapeOf(ruleSamples.map(l7RuleToWire)),
  L7RuleOfAnyPolicy: shapeOf(ruleSamples.map(l7RuleOfAnyPolicyToWire)),
  LogTank: shapeOf(logTank === undefined ? [] : [logTankToWire(rows.loadBalancer, logTank)]),
  Job: shapeOf(jobSamples.map(jobToWire)),
  JobDetails: shapeOf(jobSamples.map(jobDetailsToWire)),
  RecycledLoadBalancer: shapeOf([recycledToWire(rows.recycledLoadBalancer)]),
  PageInfo: shapeOf([{ previous_marker: 'id', next_marker: 'id', current_count: 1 }, { current_count: 0 }]),
};
