import { makeAuthority, testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiFixture, type ApiFixture } from '../../testing/api-fixture.ts';

// Filters of lists beyond those of the published API.

let api: ApiFixture;
let ids: Readonly<
  Record<
    'balancer' | 'listener' | 'shown' | 'authority' | 'spare' | 'byDefault' | 'byPolicy' | 'loose',
    string
  >
>;
beforeAll(async () => {
  api = await apiFixture();
  const balancer = await api.create('loadbalancers', 'loadbalancer', {
    availability_zone_list: ['az1'],
    ip_target_enable: true,
  });
  const files = await (await testAuthority()).issue(['www.example.test']);
  const pem = { certificate: files.certificatePem, private_key: files.keyPem };
  const shown = await api.create('certificates', 'certificate', { ...pem, name: 'shown' });
  const spare = await api.create('certificates', 'certificate', { ...pem, name: 'spare' });
  const { certificatePem } = await makeAuthority('clients');
  const authority = await api.create('certificates', 'certificate', {
    type: 'client',
    certificate: certificatePem,
  });
  const listener = await api.create('listeners', 'listener', {
    loadbalancer_id: balancer.id,
    protocol: 'HTTPS',
    protocol_port: 8443,
    default_tls_container_ref: shown.id,
    client_ca_tls_container_ref: authority.id,
    enhance_l7policy_enable: true,
  });
  const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
  const byDefault = await api.create('pools', 'pool', {
    ...pool,
    listener_id: listener.id,
    name: 'by-default',
  });
  const byPolicy = await api.create('pools', 'pool', { ...pool, name: 'by-policy' });
  const loose = await api.create('pools', 'pool', { ...pool, name: 'loose' });
  await api.create(`pools/${byPolicy.id}/members`, 'member', {
    name: 'web-7',
    address: '127.0.9.7',
    protocol_port: 80,
  });
  await api.create('l7policies', 'l7policy', {
    listener_id: listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pools_config: [{ pool_id: byPolicy.id, weight: 1 }],
    rules: [{ type: 'PATH', compare_type: 'EQUAL_TO', value: '/a' }],
  });
  await api.create('ipgroups', 'ipgroup', {
    name: 'office',
    ip_list: [{ ip: '10.0.0.7', description: 'printer' }],
  });
  ids = {
    balancer: balancer.id,
    listener: listener.id,
    shown: shown.id,
    authority: authority.id,
    spare: spare.id,
    byDefault: byDefault.id,
    byPolicy: byPolicy.id,
    loose: loose.id,
  };
});
afterAll(() => api.close());

async function found(list: string, query: string): Promise<readonly string[]> {
  const { status, json } = await api.call('GET', `${list}?${query}`);
  expect(status).toBe(200);
  return json[list].map(({ id }: { readonly id: string }) => id);
}

describe('lists', () => {
  it('of certificates know which ones listeners use, and for how long they are valid', async () => {
    expect(await found('certificates', 'state=used')).toEqual([ids.shown, ids.authority]);
    expect(await found('certificates', 'state=unused')).toEqual([ids.spare]);
    expect(await found('certificates', 'state=expired')).toEqual([]);
    expect(await found('certificates', 'state=used&state=unused&type=client')).toEqual([ids.authority]);
  });

  it('of listeners know their certificates, whatever they are for', async () => {
    expect(await found('listeners', `certificate_id=${ids.shown}`)).toEqual([ids.listener]);
    expect(await found('listeners', `certificate_id=${ids.authority}&certificate_id=x`)).toEqual([
      ids.listener,
    ]);
    expect(await found('listeners', `certificate_id=${ids.spare}`)).toEqual([]);
  });

  it('of pools know those that policies send requests to, and what their members do', async () => {
    const serving = `serving_loadbalancer_id=${ids.balancer}`;
    expect(await found('pools', serving)).toEqual([ids.byDefault, ids.byPolicy]);
    expect(await found('pools', `loadbalancer_id=${ids.balancer}`)).toEqual([ids.byDefault]);
    expect(await found('pools', 'member_operating_status=NO_MONITOR')).toEqual([ids.byPolicy]);
    expect(await found('pools', 'member_operating_status=OFFLINE')).toEqual([]);
  });

  it('of policies know the pools that they send requests to', async () => {
    expect(await found('l7policies', `pool_id=${ids.byPolicy}`)).toHaveLength(1);
    expect(await found('l7policies', `pool_id=${ids.loose}`)).toEqual([]);
  });

  it('are searched for what belongs to a record', async () => {
    expect(await found('pools', 'search=127.0.9.7:80')).toEqual([ids.byPolicy]);
    expect(await found('pools', 'search=by-policy%20web-7')).toEqual([ids.byPolicy]);
    expect(await found('ipgroups', 'search=printer')).toHaveLength(1);
    expect(await found('ipgroups', 'search=scanner')).toEqual([]);
  });

  it('of IP address groups can leave the entries out, and still say how many there are', async () => {
    const { json } = await api.call('GET', 'ipgroups?with_ip_list=false');
    expect(json.ipgroups).toMatchObject([{ name: 'office', ip_list: [], ip_count: 1 }]);
    const whole = (await api.call('GET', 'ipgroups')).json.ipgroups[0];
    expect(whole.ip_list).toEqual([{ ip: '10.0.0.7', description: 'printer' }]);
    expect(whole).not.toHaveProperty('ip_count');
  });
});
