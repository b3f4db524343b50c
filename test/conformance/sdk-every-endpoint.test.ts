import { ApiClient, freeAddress, startElbow, testAuthority } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SdkAnswer, SdkClient } from './sdk-client.ts';

// Every route, called by the cloud's own SDK core with objects that exist, in the order of one long story.

type Json = Readonly<Record<string, unknown>>;

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly responses: Readonly<Record<string, Json>>;
}

let elbow: Elbow;
let sdk: SdkClient;
let described: ReadonlyMap<string, Described>;
const called = new Set<string>();
const problems: string[] = [];

beforeAll(async () => {
  elbow = await startElbow({ workers: 1, arguments: ['--public-addresses', '198.51.100.7/32'] });
  sdk = new SdkClient(elbow.credentials);
  const { json } = await new ApiClient(elbow.credentials).call('GET', '/openapi.json');
  const paths = Object.entries(json.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>);
  described = new Map(
    paths.flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId, responses }]) => [
        operationId as string,
        { method: method.toUpperCase(), path, operation: operationId, responses } as Described,
      ]),
    ),
  );
});
afterAll(() => elbow?.stop());

interface CallWish {
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  /** Where the call is refused by design: the status. */
  readonly refusal?: number;
}

/** Calls an operation and notes whatever is not as the document says. */
async function call(operation: string, wish: CallWish = {}): Promise<SdkAnswer['json']> {
  const found = described.get(operation);
  if (found === undefined) throw new Error(`no operation ${operation}`);
  called.add(operation);
  const filled = found.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => wish.ids?.[name] ?? whole);
  const answer = await sdk.call(found.method, `${filled}${wish.query ?? ''}`, wish.body);
  const complaint = complaintOf(answer, found, wish.refusal ?? null);
  if (complaint !== null) problems.push(`${operation}: ${complaint}`);
  return answer.json ?? {};
}

function complaintOf(answer: SdkAnswer, { responses }: Described, refusal: number | null): string | null {
  const wanted = refusal ?? Number(Object.keys(responses).find((status) => status !== 'default'));
  if (answer.status !== wanted) return `${answer.status} ${answer.code} ${answer.message}, not ${wanted}`;
  if (refusal !== null) return answer.code?.startsWith('ELB.') === true ? null : `code ${answer.code}`;
  const schema = schemaOf(responses[String(wanted)] ?? {});
  if (schema === null) return null;
  const known = new Set([...Object.keys(schema['properties'] ?? {}), 'httpStatusCode']);
  const strangers = known.size > 2 ? Object.keys(answer.json).filter((key) => !known.has(key)) : [];
  const missing = ((schema['required'] ?? []) as readonly string[]).filter((key) => !(key in answer.json));
  return strangers.length + missing.length === 0 ? null : `unknown ${strangers}; missing ${missing}`;
}

function schemaOf(response: Json): Json | null {
  const content = response['content'] as Readonly<Record<string, { readonly schema: Json }>> | undefined;
  return content?.['application/json']?.schema ?? null;
}

const aPool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
const unknown = '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10';

async function createLoadBalancer(fields: object = {}): Promise<string> {
  const own = { availability_zone_list: ['az1'], vip_address: freeAddress(), ip_target_enable: true };
  const { loadbalancer } = await call('CreateLoadBalancer', {
    body: { loadbalancer: { ...own, ...fields } },
  });
  return loadbalancer.id;
}

async function createListener(loadBalancerId: string, port: number): Promise<string> {
  const place = { loadbalancer_id: loadBalancerId, protocol: 'HTTP', protocol_port: port };
  return (await call('CreateListener', { body: { listener: place } })).listener.id;
}

async function createPool(loadBalancerId: string): Promise<string> {
  const body = { pool: { ...aPool, loadbalancer_id: loadBalancerId } };
  return (await call('CreatePool', { body })).pool.id;
}

// The objects of a story are made once: what fails cannot be tried again.
describe('every endpoint', { timeout: 120_000, retry: 0 }, () => {
  it('catalog', async () => {
    await call('ListApiVersions');
    await call('ListAvailabilityZones');
    const { flavors } = await call('ListFlavors', { query: '?type=L7' });
    await call('ShowFlavor', { ids: { flavor_id: flavors[0].id } });
    await call('ShowQuota');
    await call('ListQuotaDetails', { query: '?quota_key=listener' });
    await call('ListSystemSecurityPolicies');
    await call('CountPreoccupyIpNum', { query: '?availability_zone_id=az1' });
    await call('ListFeatureConfigs');
    expect(problems).toEqual([]);
  });

  it('load balancers', async () => {
    const id = await createLoadBalancer({ name: 'edge' });
    const ids = { loadbalancer_id: id };
    expect((await call('ListLoadBalancers', { query: '?name=edge' })).loadbalancers).toHaveLength(1);
    await call('ShowLoadBalancer', { ids });
    await call('UpdateLoadBalancer', { ids, body: { loadbalancer: { description: 'changed' } } });
    for (const operation of [
      'ShowLoadBalancerStatus',
      'ShowLoadBalancerTopology',
      'ShowLoadBalancerPorts',
      'ListLoadbalancerFeature',
    ])
      await call(operation, { ids });
    await call('BatchAddAvailableZones', { ids, body: { availability_zone_list: ['az1'] } });
    await call('BatchRemoveAvailableZones', { ids, body: { availability_zone_list: ['az1'] }, refusal: 400 });
    const batch = { availability_zone_list: ['az1'], name: 'many', number: 2 };
    const made = await call('BatchCreateLoadBalancers', { body: { loadbalancer: batch } });
    expect((await call('ShowJob', { ids: { job_id: made.job_id } })).job.sub_jobs).toHaveLength(2);
    await call('BatchDeleteLoadbalancers', { body: { loadbalancer_ids: made.loadbalancer_ids } });
    const { loadbalancer_list: copies } = await call('CloneLoadbalancer', { ids, body: { count: 2 } });
    await call('DeleteLoadBalancerForce', { ids: { loadbalancer_id: copies[0].id } });
    await call('DeleteLoadBalancerCascade', {
      ids: { loadbalancer_id: copies[1].id },
      body: { loadbalancer: {} },
    });
    expect((await call('ListJobs', { query: `?resource_id=${id}` })).jobs).toHaveLength(1);
    await call('DeleteLoadBalancer', { ids });
    expect(problems).toEqual([]);
  });

  it('certificates, security policies and IP groups', async () => {
    const files = await (await testAuthority()).issue(['www.example.test']);
    const fields = { certificate: files.certificatePem, private_key: files.keyPem };
    const create = async (): Promise<string> =>
      (await call('CreateCertificate', { body: { certificate: fields } })).certificate.id;
    const id = await create();
    await call('ListCertificates', { query: `?id=${id}` });
    await call('ShowCertificate', { ids: { certificate_id: id } });
    await call('UpdateCertificate', { ids: { certificate_id: id }, body: { certificate: { name: 'shop' } } });
    await call('BatchDeleteCertificates', { body: { certificates: [await create()] } });
    await call('DeleteCertificate', { ids: { certificate_id: id } });
    await call('ShowCertificatePrivateKeyEcho');
    await call('CreateCertificatePrivateKeyEcho', { body: { private_key_echo: false } });
    const choice = { protocols: ['TLSv1.2'], ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] };
    const made = await call('CreateSecurityPolicy', { body: { security_policy: choice } });
    const ids = { security_policy_id: made.security_policy.id };
    await call('ListSecurityPolicies');
    await call('ShowSecurityPolicy', { ids });
    await call('UpdateSecurityPolicy', { ids, body: { security_policy: { name: 'mine' } } });
    await call('DeleteSecurityPolicy', { ids });
    const group = await call('CreateIpGroup', { body: { ipgroup: { ip_list: [{ ip: '192.0.2.1' }] } } });
    const groupIds = { ipgroup_id: group.ipgroup.id };
    await call('ListIpGroups');
    await call('ShowIpGroup', { ids: groupIds });
    await call('UpdateIpGroup', { ids: groupIds, body: { ipgroup: { name: 'office' } } });
    await call('UpdateIpList', { ids: groupIds, body: { ipgroup: { ip_list: [{ ip: '192.0.2.2' }] } } });
    await call('BatchDeleteIpList', { ids: groupIds, body: { ipgroup: { ip_list: [{ ip: '192.0.2.2' }] } } });
    await call('ShowIpGroupRelatedListeners', { ids: groupIds });
    await call('DeleteIpGroup', { ids: groupIds });
    expect(problems).toEqual([]);
  });

  it('listeners, pools, members and health monitors', async () => {
    const owner = await createLoadBalancer();
    const other = await createLoadBalancer();
    const listener = await createListener(owner, 8081);
    const ids = { listener_id: listener };
    await call('ListListeners', { query: `?loadbalancer_id=${owner}` });
    await call('ShowListener', { ids });
    await call('UpdateListener', { ids, body: { listener: { name: 'web' } } });
    const params = { target_listener_params: [{ loadbalancer_id: other }] };
    const { listener_list: copies } = await call('CloneListener', { ids, body: params });
    await call('BatchDeleteListeners', { body: { listener_ids: [copies[0].id] } });
    await call('DeleteListenerForce', { ids: { listener_id: await createListener(other, 8082) } });

    const pool = await createPool(owner);
    const poolIds = { pool_id: pool };
    await call('ListPools', { query: `?loadbalancer_id=${owner}` });
    await call('ShowPool', { ids: poolIds });
    await call('UpdatePool', { ids: poolIds, body: { pool: { name: 'web' } } });
    await call('BatchDeletePools', { body: { pools: [await createPool(owner)] } });
    await call('DeletePoolCascade', { ids: { pool_id: await createPool(owner) } });
    await call('DeletePool', { ids: { pool_id: await createPool(owner) } });

    const place = { address: '127.0.9.1', protocol_port: 80 };
    const { member } = await call('CreateMember', { ids: poolIds, body: { member: place } });
    const memberIds = { ...poolIds, member_id: member.id };
    await call('ListMembers', { ids: poolIds });
    await call('ListAllMembers');
    await call('ShowMember', { ids: memberIds });
    await call('UpdateMember', { ids: memberIds, body: { member: { weight: 2 } } });
    const check = { listener_id: listener, subject: 'config' };
    const { member_check: job } = await call('CreateMemberHealthCheckJob', {
      ids: memberIds,
      body: { member_check: check },
    });
    await call('ShowMemberHealthCheckJob', { ids: { job_id: job.job_id } });
    const { members } = await call('BatchCreateMembers', {
      ids: poolIds,
      body: { members: [{ ...place, protocol_port: 81 }] },
    });
    await call('BatchUpdateMembers', { ids: poolIds, body: { members: [{ id: members[0].id, weight: 3 }] } });
    await call('BatchDeleteMembers', { ids: poolIds, body: { members: [{ id: members[0].id }] } });

    const monitor = { pool_id: pool, type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 };
    const { healthmonitor } = await call('CreateHealthMonitor', { body: { healthmonitor: monitor } });
    const monitorIds = { healthmonitor_id: healthmonitor.id };
    await call('ListHealthMonitors');
    await call('ShowHealthMonitor', { ids: monitorIds });
    await call('UpdateHealthMonitor', { ids: monitorIds, body: { healthmonitor: { delay: 6 } } });
    await call('DeleteHealthMonitor', { ids: monitorIds });
    await call('DeleteMember', { ids: memberIds });
    await call('DeleteListener', { ids });
    expect(problems).toEqual([]);
  });

  it('policies and rules', async () => {
    const owner = await createLoadBalancer();
    const place = { loadbalancer_id: owner, protocol: 'HTTP', protocol_port: 8083 };
    const advanced = { ...place, enhance_l7policy_enable: true };
    const { listener } = await call('CreateListener', { body: { listener: advanced } });
    const wish = {
      listener_id: listener.id,
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: await createPool(owner),
    };
    const { l7policy } = await call('CreateL7Policy', { body: { l7policy: wish } });
    const ids = { l7policy_id: l7policy.id };
    await call('ListL7Policies', { query: `?listener_id=${listener.id}` });
    await call('ShowL7Policy', { ids });
    await call('UpdateL7Policy', { ids, body: { l7policy: { name: 'side' } } });
    await call('BatchUpdatePoliciesPriority', { body: { l7policies: [{ id: l7policy.id, priority: 7 }] } });
    const path = { type: 'PATH', compare_type: 'STARTS_WITH', value: '/side' };
    const { rule } = await call('CreateL7Rule', { ids, body: { rule: path } });
    const ruleIds = { ...ids, l7rule_id: rule.id };
    await call('ListL7Rules', { ids });
    await call('ListAllL7Rules');
    await call('ShowL7Rule', { ids: ruleIds });
    await call('UpdateL7Rule', { ids: ruleIds, body: { rule: { value: '/other' } } });
    await call('DeleteL7Rule', { ids: ruleIds });
    await call('DeleteL7Policy', { ids });
    expect(problems).toEqual([]);
  });

  it('tags, of both versions', async () => {
    const owner = await createLoadBalancer();
    const ids = { loadbalancer_id: owner, listener_id: await createListener(owner, 8084), key: 'env' };
    const tags = [{ key: 'env', value: 'prod' }];
    for (const [noun, list] of [
      ['Loadbalancer', 'Loadbalancers'],
      ['Listener', 'Listeners'],
    ] as const) {
      await call(`Change${noun}Tags`, { ids, body: { action: 'create', tags } });
      expect((await call(`Show${noun}Tags`, { ids })).tags).toEqual(tags);
      await call(`List${noun}Tags`);
      await call(`Change${noun}TagsV2`, { ids, body: { action: 'delete', tags } });
      await call(`Create${noun}TagV2`, { ids, body: { tag: tags[0] } });
      expect((await call(`Show${noun}TagsV2`, { ids })).tags).toEqual(tags);
      await call(`List${noun}TagsV2`);
      const found = await call(`List${list}ByTagsV2`, {
        body: { action: 'filter', tags: [{ key: 'env', values: [] }] },
      });
      expect(found.resources).toHaveLength(1);
      await call(`Delete${noun}TagV2`, { ids });
    }
    expect(problems).toEqual([]);
  });

  it('log tanks and the recycle bin', async () => {
    const owner = await createLoadBalancer();
    const labels = { log_group_id: 'g', log_topic_id: 't' };
    const { logtank } = await call('CreateLogtank', {
      body: { logtank: { loadbalancer_id: owner, ...labels } },
    });
    const tankIds = { logtank_id: logtank.id };
    await call('ListLogtanks');
    await call('ShowLogtank', { ids: tankIds });
    await call('UpdateLogtank', { ids: tankIds, body: { logtank: { log_topic_id: 'u' } } });
    await call('DeleteLogtank', { ids: tankIds });
    const ids = { loadbalancer_id: owner };
    await call('UpdateRecycleBinEnable', { body: { recycle_bin: { enable: true } } });
    await call('UpdateRecycleBinPolicy', { body: { recycle_bin: { policy: { retention_hour: 5 } } } });
    await call('ShowRecycleBin');
    await call('DeleteLoadBalancer', { ids });
    expect((await call('ListRecycleBinLoadBalancers')).loadbalancers).toHaveLength(1);
    await call('RestoreLoadbalancer', { ids });
    await call('DeleteLoadBalancer', { ids });
    await call('DeleteRecycleLoadBalancer', { ids });
    await call('UpdateRecycleBinEnable', { body: { recycle_bin: { enable: false } } });
    expect(problems).toEqual([]);
  });

  it('what is not done here says why', async () => {
    const ids = { loadbalancer_id: await createLoadBalancer(), pool_id: unknown };
    await call('ListMasterSlavePools');
    await call('CreateMasterSlavePool', { body: { pool: {} }, refusal: 400 });
    await call('ShowMasterSlavePool', { ids, refusal: 404 });
    await call('DeleteMasterSlavePool', { ids, refusal: 404 });
    for (const operation of [
      'ChangeLoadbalancerChargeMode',
      'UpgradeLoadbalancer',
      'UpdateUserDefinedDomainConfig',
      'UpdateSystemDefaultDomainConfig',
      'BatchEnableDomainIPs',
      'BatchDisableDomainIPs',
    ])
      await call(operation, { ids, body: {}, refusal: 400 });
    await call('ListDomainIPs', { ids, refusal: 400 });
    expect(problems).toEqual([]);
  });

  it('the installation', async () => {
    const owner = await createLoadBalancer();
    const listener = await createListener(owner, 8085);
    const poolIds = { pool_id: await createPool(owner) };
    await call('ExplainRequest', { body: { request: { url: 'http://www.example.test:8085/' } } });
    const place = { address: '127.0.9.1', protocol_port: 80, protocol: 'TCP' };
    await call('CreateProbe', { body: { probe: place } });
    await call('ListNodes');
    await call('ShowCapabilities');
    await call('ListSubnets');
    await call('ListTroubles');
    await call('ShowPoolExtras', { ids: poolIds });
    await call('UpdatePassiveEjection', { ids: poolIds, body: { passive_ejection: { enable: true } } });
    const secure = { pool: { ...aPool, protocol: 'HTTPS', loadbalancer_id: owner } };
    const { pool } = await call('CreatePool', { body: secure });
    await call('UpdateMemberTls', { ids: { pool_id: pool.id }, body: { member_tls: { verify: false } } });
    const { publicips } = await call('ListPublicIps');
    const bound = { publicip: { loadbalancer_id: owner } };
    await call('UpdatePublicIp', { ids: { publicip_id: publicips[0].id }, body: bound });
    await call('ShowListenerLimits', { ids: { listener_id: listener } });
    const authority = await testAuthority();
    const client = { type: 'client', certificate: authority.certificatePem };
    const { certificate } = await call('CreateCertificate', { body: { certificate: client } });
    await call('ShowRevocations', { ids: { certificate_id: certificate.id } });
    await call('UpdateRevocations', {
      ids: { certificate_id: certificate.id },
      body: { revocations: { crl: null } },
    });
    expect(problems).toEqual([]);
  });

  it('operators', async () => {
    const owner = await createLoadBalancer();
    const files = await (await testAuthority()).issue(['www.example.test']);
    const { username, password } = elbow.credentials;
    const identity = { methods: ['password'], password: { user: { name: username, password } } };
    await call('CreateToken', { body: { auth: { identity } } });
    await call('ShowMe');
    await call('ListOwnKeys');
    const own = await call('CreateOwnKey', { body: { key: { description: 'second' } } });
    const ownIds = { access_key: own.key.access_key };
    await call('UpdateOwnKey', { ids: ownIds, body: { key: { enabled: false } } });
    await call('DeleteOwnKey', { ids: ownIds });
    const fields = { name: 'ada', role: 'reader', password: 'correct horse battery staple' };
    const { user } = await call('CreateUser', { body: { user: fields } });
    const ids = { user_id: user.id };
    await call('ListUsers');
    await call('ShowUser', { ids });
    await call('UpdateUser', { ids, body: { user: { description: 'reads' } } });
    await call('ListKeys', { ids });
    const made = await call('CreateKey', { ids, body: { key: {} } });
    const keyIds = { ...ids, access_key: made.key.access_key };
    await call('UpdateKey', { ids: keyIds, body: { key: { description: 'x' } } });
    await call('DeleteKey', { ids: keyIds });
    await call('DeleteUser', { ids });
    await call('ListHistory');
    await call('ShowMetricSeries', { query: `?scope=loadbalancer&id=${owner}` });
    await call('ListAccessLog');
    const pem = { certificate: files.certificatePem, private_key: files.keyPem };
    await call('InspectCertificate', { body: { certificate: pem } });
    const listener = { loadbalancer_id: owner, protocol: 'HTTP', protocol_port: 8086 };
    await call('PreviewPlan', { body: { listener } });
    await call('ComposeListener', { body: { listener } });
    await call('CreateDemoCertificate', { body: { certificate: { names: ['demo.example.test'] } } });
    await call('ListDemoBackends');
    await call('ShowAttention');
    await call('StartDemoBackends');
    await call('StopDemoBackends');
    const changed = { current_password: password, new_password: `${password}-and-more` };
    await call('ChangeOwnPassword', { body: { password: changed } });
    expect(problems).toEqual([]);
  });

  it('none was left out', () => {
    // Sessions are for browsers: console-session.test.ts has them.
    const ofBrowsers = ['CreateSession', 'ShowSession', 'DeleteSession'];
    const left = [...described.keys()].filter((operation) => !called.has(operation));
    expect(left).toEqual(ofBrowsers);
  });
});
