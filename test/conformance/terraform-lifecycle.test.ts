import {
  expectStatus,
  freeAddress,
  runCommand,
  scriptedBackend,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { ApiAnswer, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The calls of a provider's `apply`, `plan`, `apply` with changes and `destroy`, with bodies as it writes them.

let elbow: Elbow;
let backend: ScriptedBackend;
const vip = freeAddress();
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
  backend = await scriptedBackend();
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});

/** The status of a request through the listener. */
async function statusOf(path: string): Promise<string> {
  const { certificateFile } = await testAuthority();
  const words = [
    '-sS',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    '--noproxy',
    '*',
    '--cacert',
    certificateFile,
  ];
  const place = ['--connect-to', `::${vip}:8443`, `https://shop.example.test:8443${path}`];
  return (await runCommand('curl', [...words, ...place])).stdout;
}

/** The encoder ends every body with a line feed; the provider asks for JSON and signs no host. */
function call(method: string, path: string, body?: object): Promise<ApiAnswer> {
  const text = body === undefined ? undefined : `${JSON.stringify(body)}\n`;
  return elbow.api.call(method, path, text, { headers: { accept: 'application/json' } });
}

async function show(path: string, key: string) {
  return expectStatus(await call('GET', path), 200).json[key];
}

async function create(path: string, key: string, fields: object) {
  return expectStatus(await call('POST', path, { [key]: fields }), 201).json[key];
}

async function change(path: string, key: string, fields: object) {
  return expectStatus(await call('PUT', path, { [key]: fields }), 200).json[key];
}

/** The pager: the last id as marker, without a limit, until a page comes back empty. */
async function allOf(path: string, key: string): Promise<readonly { readonly id: string }[]> {
  const found: { readonly id: string }[] = [];
  for (let pages = 0; pages < 100; pages += 1) {
    const marker = found.at(-1)?.id;
    const page = await show(marker === undefined ? path : `${path}?marker=${marker}`, key);
    if (page.length === 0) return found;
    found.push(...page);
  }
  throw new Error('the list never ends');
}

async function destroy(path: string): Promise<void> {
  expectStatus(await call('DELETE', path), 204);
  expectStatus(await call('GET', path.replace(/\/(?:force-elb|force|delete-cascade)$/, '')), 404);
}

function tagsOf(type: string, id: string): string {
  return `/v2.0/${elbow.credentials.project_id}/${type}/${id}/tags`;
}

describe('a load balancer from apply to destroy', { retry: 0, timeout: 60_000 }, () => {
  const made: Record<string, string> = {};

  it('apply makes everything', async () => {
    const files = await (await testAuthority()).issue(['shop.example.test']);
    const loadBalancer = await create('loadbalancers', 'loadbalancer', {
      name: 'edge',
      availability_zone_list: ['az1'],
      vip_address: vip,
      ip_target_enable: true,
      tags: [{ key: 'env', value: 'prod' }],
    });
    made['loadbalancer'] = loadBalancer.id;
    expect((await show(`loadbalancers/${loadBalancer.id}`, 'loadbalancer')).provisioning_status).toBe(
      'ACTIVE',
    );

    const certificate = await create('certificates', 'certificate', {
      name: 'shop',
      type: 'server',
      domain: 'shop.example.test',
      private_key: files.keyPem,
      certificate: files.certificatePem,
    });
    made['certificate'] = certificate.id;
    const group = await create('ipgroups', 'ipgroup', { name: 'office', ip_list: [{ ip: '127.0.0.0/8' }] });
    made['ipgroup'] = group.id;

    const listener = await create('listeners', 'listener', {
      loadbalancer_id: loadBalancer.id,
      protocol: 'HTTPS',
      protocol_port: 8443,
      name: 'https',
      default_tls_container_ref: certificate.id,
      enhance_l7policy_enable: true,
      enable_member_retry: true,
      insert_headers: { 'X-Forwarded-Host': true, 'X-Forwarded-Port': false, 'X-Real-IP': true },
      ipgroup: { ipgroup_id: group.id, enable_ipgroup: true, type: 'white' },
    });
    made['listener'] = listener.id;
    const tags = [{ key: 'env', value: 'prod' }];
    expectStatus(
      await call('POST', `${tagsOf('listeners', listener.id)}/action`, { action: 'create', tags }),
      204,
    );
    expect(await show(tagsOf('listeners', listener.id), 'tags')).toEqual(tags);

    const pool = await create('pools', 'pool', {
      name: 'web',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      listener_id: listener.id,
      type: 'ip',
      session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 60 },
      slow_start: { enable: false, duration: 30 },
    });
    made['pool'] = pool.id;
    const member = await create(`pools/${pool.id}/members`, 'member', {
      name: 'web-1',
      address: backend.address,
      protocol_port: backend.port,
      weight: 10,
    });
    made['member'] = member.id;
    expect(['NO_MONITOR', 'ONLINE', 'OFFLINE', 'UNKNOWN']).toContain(
      (await show(`pools/${pool.id}/members/${member.id}`, 'member')).operating_status,
    );
    const monitor = await create('healthmonitors', 'healthmonitor', {
      pool_id: pool.id,
      type: 'HTTP',
      delay: 5,
      timeout: 3,
      max_retries: 3,
      url_path: '/',
    });
    made['monitor'] = monitor.id;
  });

  it('policies without rules, then rules one by one, in any order', async () => {
    const wish = {
      listener_id: made['listener'],
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: made['pool'],
    };
    for (const [name, priority] of [
      ['a', 10],
      ['b', 20],
    ] as const) {
      const policy = await create('l7policies', 'l7policy', { ...wish, name, priority });
      made[`policy-${name}`] = policy.id;
      expect((await show(`l7policies/${policy.id}`, 'l7policy')).provisioning_status).toBe('ACTIVE');
    }
    // Resources of one kind are made side by side: both policies have the same host before their paths come.
    const hosts = ['a', 'b'].map((name) =>
      create(`l7policies/${made[`policy-${name}`]}/rules`, 'rule', {
        type: 'HOST_NAME',
        compare_type: 'EQUAL_TO',
        value: 'shop.example.test',
      }),
    );
    for (const rule of await Promise.all(hosts)) expect(rule.provisioning_status).toBe('ACTIVE');
    const statuses = async () =>
      Promise.all(
        ['a', 'b'].map(
          async (name) =>
            (await show(`l7policies/${made[`policy-${name}`]}`, 'l7policy')).provisioning_status,
        ),
      );
    expect(await statuses()).toEqual(['ACTIVE', 'ERROR']);
    const tree = await show(`loadbalancers/${made['loadbalancer']}/statuses`, 'statuses');
    expect(tree.loadbalancer.listeners[0]).toMatchObject({ operating_status: 'DEGRADED' });
    for (const [name, value] of [
      ['b', '/b'],
      ['a', '/a'],
    ] as const) {
      const path = { type: 'PATH', compare_type: 'STARTS_WITH', value };
      const rule = await create(`l7policies/${made[`policy-${name}`]}/rules`, 'rule', path);
      made[`rule-${name}`] = rule.id;
    }
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);
    expect(await statusOf('/a/1')).toBe('200');
    expect(backend.requests.map(({ target }) => target)).toContain('/a/1');
  });

  it('plan reads everything back', async () => {
    const loadBalancer = await show(`loadbalancers/${made['loadbalancer']}`, 'loadbalancer');
    expect(loadBalancer).toMatchObject({
      name: 'edge',
      tags: [{ key: 'env', value: 'prod' }],
      l4_flavor_id: null,
      l7_flavor_id: null,
      billing_info: null,
    });
    expect(loadBalancer.order_id).toBeUndefined();
    const listener = await show(`listeners/${made['listener']}`, 'listener');
    expect(listener.loadbalancers).toEqual([{ id: made['loadbalancer'] }]);
    expect(listener.insert_headers).toMatchObject({ 'X-Forwarded-Host': true, 'X-Real-IP': true });
    expect(listener.ipgroup).toEqual({ ipgroup_id: made['ipgroup'], enable_ipgroup: true, type: 'white' });
    expect((await show(`healthmonitors/${made['monitor']}`, 'healthmonitor')).pools).toEqual([
      { id: made['pool'] },
    ]);
    const certificates = await allOf('certificates', 'certificates');
    expect(certificates.map(({ id }) => id)).toContain(made['certificate']);
    const rules = await show(`l7policies/${made['policy-a']}/rules`, 'rules');
    expect(rules).toHaveLength(2);
  });

  it('apply again, with changes: one PUT that resends what was not changed', async () => {
    const owner = await show(`loadbalancers/${made['loadbalancer']}`, 'loadbalancer');
    const resent = {
      name: 'edge-2',
      description: '',
      protection_reason: '',
      vip_subnet_cidr_id: owner.vip_subnet_cidr_id,
    };
    const renamed = await change(`loadbalancers/${made['loadbalancer']}`, 'loadbalancer', resent);
    expect(renamed).toMatchObject({ name: 'edge-2', vip_address: owner.vip_address });
    const listener = await change(`listeners/${made['listener']}`, 'listener', {
      client_timeout: 30,
      security_policy_id: null,
      quic_config: null,
      ipgroup: { ipgroup_id: made['ipgroup'], enable_ipgroup: false, type: 'white' },
      insert_headers: { 'X-Forwarded-Port': true },
    });
    expect(listener).toMatchObject({ client_timeout: 30, ipgroup: { enable_ipgroup: false } });
    expect(listener.insert_headers).toMatchObject({ 'X-Forwarded-Port': true, 'X-Real-IP': true });
    const pool = await change(`pools/${made['pool']}`, 'pool', {
      name: 'web-2',
      description: '',
      lb_algorithm: null,
      session_persistence: null,
      az_affinity: null,
      protection_status: '',
      protection_reason: '',
      member_deletion_protection_enable: null,
    });
    expect(pool).toMatchObject({ name: 'web-2', lb_algorithm: 'ROUND_ROBIN', session_persistence: null });
    const place = `pools/${made['pool']}/members/${made['member']}`;
    expect(await change(place, 'member', { name: 'web-1', weight: 5 })).toMatchObject({ weight: 5 });
    expect(await change(`healthmonitors/${made['monitor']}`, 'healthmonitor', { delay: 7 })).toMatchObject({
      delay: 7,
    });
    const policy = { name: 'a', description: 'first', priority: 10 };
    expect(await change(`l7policies/${made['policy-a']}`, 'l7policy', policy)).toMatchObject(policy);
    const rule = { value: '/aa' };
    expect(
      await change(`l7policies/${made['policy-a']}/rules/${made['rule-a']}`, 'rule', rule),
    ).toMatchObject(rule);
    const group = { name: 'office', description: '', ip_list: [{ ip: '127.0.0.1', description: 'me' }] };
    expect(await change(`ipgroups/${made['ipgroup']}`, 'ipgroup', group)).toMatchObject(group);
    const old = [{ key: 'env', value: 'prod' }];
    const tags = [{ key: 'env', value: 'test' }];
    const actions = `${tagsOf('loadbalancers', made['loadbalancer'] ?? '')}/action`;
    expectStatus(await call('POST', actions, { action: 'delete', tags: old }), 204);
    expectStatus(await call('POST', actions, { action: 'create', tags }), 204);
    expect((await show(`loadbalancers/${made['loadbalancer']}`, 'loadbalancer')).tags).toEqual(tags);
  });

  it('a copy is followed by its job', async () => {
    const { json } = expectStatus(
      await call('POST', `loadbalancers/${made['loadbalancer']}/clone`, {
        count: 1,
        target_loadbalancer_param: {},
      }),
      201,
    );
    const { status } = await show(`jobs/${json.job_id}`, 'job');
    expect(['SUCCESS', 'COMPLETE']).toContain(status);
    const copy = await show(`loadbalancers/${json.loadbalancer_list[0].id}`, 'loadbalancer');
    expect(copy.listeners).toHaveLength(1);
    await destroy(`loadbalancers/${copy.id}/force-elb`);
  });

  it('destroy takes everything away, last made first', async () => {
    for (const name of ['a', 'b']) {
      await destroy(`l7policies/${made[`policy-${name}`]}/rules/${made[`rule-${name}`]}`);
      await destroy(`l7policies/${made[`policy-${name}`]}`);
    }
    await destroy(`healthmonitors/${made['monitor']}`);
    await destroy(`pools/${made['pool']}/members/${made['member']}`);
    await destroy(`pools/${made['pool']}`);
    await destroy(`listeners/${made['listener']}`);
    await destroy(`ipgroups/${made['ipgroup']}`);
    await destroy(`certificates/${made['certificate']}`);
    await destroy(`loadbalancers/${made['loadbalancer']}`);
    expect(await allOf('loadbalancers', 'loadbalancers')).toEqual([]);
    expect(await allOf('pools', 'pools')).toEqual([]);
  });
});
