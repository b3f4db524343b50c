import { privateKeyEcho } from '../certificate/private-key-echo.ts';
import { versions } from '../catalog/catalog-wire.ts';
import { probeToWire } from '../member/probe-wire.ts';
import type { Method, Operation } from '../routes.ts';
import { inapplicableRows } from '../survey-routes.ts';
import { type Shape, shapeOf } from './shape-of.ts';

/** What a call answers with when it does what it is for. */
export interface OperationAnswer {
  readonly status: number;
  /** Null: no body. */
  readonly body: Shape | null;
}

const ref = (name: string): Shape => ({ $ref: `#/components/schemas/${name}` });
const listOf = (items: Shape): Shape => ({ type: 'array', items });
const text: Shape = { type: 'string' };
const anything: Shape = { type: 'object' };

function object(properties: Readonly<Record<string, Shape>>): Shape {
  return { type: 'object', properties, required: Object.keys(properties) };
}

const one = (key: string, name: string): Shape => object({ [key]: ref(name) });
const page = (key: string, name: string): Shape =>
  object({ [key]: listOf(ref(name)), page_info: ref('PageInfo') });

/** Resources with the usual calls: noun in operation names, key of one, key of many, schema. */
const nouns = [
  ['LoadBalancer', 'LoadBalancers', 'loadbalancer', 'loadbalancers', 'LoadBalancer'],
  ['Listener', 'Listeners', 'listener', 'listeners', 'Listener'],
  ['Pool', 'Pools', 'pool', 'pools', 'Pool'],
  ['Member', 'Members', 'member', 'members', 'Member'],
  ['HealthMonitor', 'HealthMonitors', 'healthmonitor', 'healthmonitors', 'HealthMonitor'],
  ['Certificate', 'Certificates', 'certificate', 'certificates', 'Certificate'],
  ['SecurityPolicy', 'SecurityPolicies', 'security_policy', 'security_policies', 'SecurityPolicy'],
  ['IpGroup', 'IpGroups', 'ipgroup', 'ipgroups', 'IpGroup'],
  ['L7Policy', 'L7Policies', 'l7policy', 'l7policies', 'L7Policy'],
  ['L7Rule', 'L7Rules', 'rule', 'rules', 'L7Rule'],
  ['Logtank', 'Logtanks', 'logtank', 'logtanks', 'LogTank'],
] as const;

const usual: Readonly<Record<string, Shape>> = Object.fromEntries(
  nouns.flatMap(([noun, plural, key, keys, name]) => [
    ...['Create', 'Show', 'Update'].map((verb) => [`${verb}${noun}`, one(key, name)] as const),
    [`List${plural}`, page(keys, name)] as const,
  ]),
);

const jobStarted = object({ job_id: text });
const tagList = object({ tags: listOf(object({ key: text, value: text })) });
const tagValues = object({ tags: listOf(object({ key: text, values: listOf(text) })) });
const bin = object({
  recycle_bin: shapeOf([
    { project_id: '', enable: true, policy: { retention_hour: 1, recycle_threshold_hour: 0 } },
  ]),
});

const probed = shapeOf([
  {
    probe: probeToWire({ address: '', port: 1, type: 'TCP' }, [
      { nodeId: '', transcript: null },
      {
        nodeId: '',
        transcript: {
          isHealthy: false,
          reason: { code: '', message: '' },
          steps: [{ atMs: 1, text: '' }],
        },
      },
    ]),
  },
]);

const byItem = listOf(object({ id: text, ret_status: text }));
const zonesChanged = one('loadbalancer', 'LoadBalancer');

const special: Readonly<Record<string, Shape>> = {
  ListApiVersions: shapeOf([{ versions }]),
  CreateToken: object({ token: anything }),
  ListAvailabilityZones: object({ availability_zones: listOf(listOf(anything)) }),
  ListFlavors: object({ flavors: listOf(anything), page_info: ref('PageInfo') }),
  ShowFlavor: object({ flavor: anything }),
  ShowQuota: object({ quota: anything }),
  ListQuotaDetails: object({ quotas: listOf(anything) }),
  ListSystemSecurityPolicies: object({ system_security_policies: listOf(anything) }),
  ShowLoadBalancerStatus: object({ statuses: anything }),
  ShowLoadBalancerTopology: object({ topology: anything }),
  ShowLoadBalancerPorts: object({ ports: listOf(anything) }),
  ListLoadbalancerFeature: object({
    features: listOf(object({ feature: text, type: text, value: text })),
  }),
  ListFeatureConfigs: object({ configs: listOf(anything), page_info: ref('PageInfo') }),
  CountPreoccupyIpNum: object({ preoccupy_ip: object({ total: { type: 'integer' } }) }),
  ListAllMembers: page('members', 'MemberOfAnyPool'),
  CreateMemberHealthCheckJob: object({ member_check: jobStarted }),
  ShowMemberHealthCheckJob: object({ member_check: anything }),
  CreateProbe: probed,
  ListAllL7Rules: page('rules', 'L7RuleOfAnyPolicy'),
  UpdateIpList: one('ipgroup', 'IpGroup'),
  BatchDeleteIpList: one('ipgroup', 'IpGroup'),
  ShowIpGroupRelatedListeners: object({ listeners: listOf(object({ id: text })) }),
  ListJobs: page('jobs', 'Job'),
  ShowJob: one('job', 'JobDetails'),
  ShowRecycleBin: bin,
  UpdateRecycleBinEnable: bin,
  UpdateRecycleBinPolicy: bin,
  ListRecycleBinLoadBalancers: page('loadbalancers', 'RecycledLoadBalancer'),
  RestoreLoadbalancer: object({ job_id: text, type: text }),
  ShowCertificatePrivateKeyEcho: shapeOf([privateKeyEcho]),
  CreateCertificatePrivateKeyEcho: shapeOf([privateKeyEcho]),
  ListMasterSlavePools: object({ pools: listOf(anything), page_info: ref('PageInfo') }),
  ListLoadbalancerTags: tagValues,
  ListListenerTags: tagValues,
  ListLoadbalancerTagsV2: tagValues,
  ListListenerTagsV2: tagValues,
  BatchCreateLoadBalancers: object({ loadbalancer_ids: listOf(text), job_id: text }),
  BatchDeleteLoadbalancers: object({ loadbalancer_ids: listOf(text), job_id: text }),
  BatchDeleteListeners: object({ listener_ids: listOf(text), job_id: text }),
  CloneLoadbalancer: object({ loadbalancer_list: listOf(object({ id: text })), job_id: text }),
  CloneListener: object({ listener_list: listOf(object({ id: text })), job_id: text }),
  BatchAddAvailableZones: zonesChanged,
  BatchRemoveAvailableZones: zonesChanged,
  BatchDeletePools: object({ pools: byItem }),
  BatchDeleteCertificates: object({ certificates: byItem }),
  BatchCreateMembers: object({ members: byItem }),
  BatchUpdateMembers: object({ members: byItem }),
  BatchDeleteMembers: object({ members: byItem }),
  ShowLoadbalancerTags: tagList,
  ShowListenerTags: tagList,
  ShowLoadbalancerTagsV2: tagList,
  ShowListenerTagsV2: tagList,
};

/** Where the status is another than the method's usual one. */
const statuses: Readonly<Partial<Record<Operation, number>>> = {
  UpdateIpList: 200,
  BatchDeleteIpList: 200,
  BatchUpdatePoliciesPriority: 202,
  ExplainRequest: 200,
  CreateProbe: 200,
  InspectCertificate: 200,
  PreviewPlan: 200,
  ChangeOwnPassword: 204,
  ChangeLoadbalancerTags: 204,
  ChangeListenerTags: 204,
  ChangeLoadbalancerTagsV2: 204,
  ChangeListenerTagsV2: 204,
  CreateLoadbalancerTagV2: 204,
  CreateListenerTagV2: 204,
  ListLoadbalancersByTagsV2: 200,
  ListListenersByTagsV2: 200,
  DeleteLoadBalancerCascade: 204,
  BatchDeleteLoadbalancers: 200,
  BatchDeleteListeners: 200,
  BatchDeletePools: 200,
  BatchDeleteCertificates: 200,
  BatchCreateMembers: 200,
  BatchUpdateMembers: 200,
  BatchDeleteMembers: 200,
  BatchAddAvailableZones: 200,
  BatchRemoveAvailableZones: 200,
};

const usualStatus: Readonly<Record<Method, number>> = { GET: 200, POST: 201, PUT: 200, DELETE: 204 };

const refusedOperations: ReadonlySet<string> = new Set(
  inapplicableRows.map(([, , operation]) => operation).filter((name) => name !== 'ListMasterSlavePools'),
);

/** @returns null for a call that can only be refused */
export function answerOf(operation: Operation, method: Method): OperationAnswer | null {
  if (refusedOperations.has(operation)) return null;
  const status = statuses[operation] ?? usualStatus[method];
  return { status, body: status === 204 ? null : (usual[operation] ?? special[operation] ?? anything) };
}
