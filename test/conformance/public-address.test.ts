import {
  aListener,
  aLoadBalancer,
  type BuiltListener,
  type Elbow,
  expectStatus,
  headerOf,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
  type WireResource,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Public addresses: a pool in the settings; a load balancer is known by one of them, and members are told which.

let elbow: Elbow;
let member: ScriptedBackend;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1, arguments: ['--public-addresses', '192.0.2.9/32,2001:db8::9/128'] });
  member = await scriptedBackend();
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

async function pool(): Promise<readonly WireResource[]> {
  return expectStatus(await elbow.api.call('GET', '/elbow/v1/publicips'), 200).json.publicips;
}

/** What the member is told of the public address. */
async function told(built: BuiltListener): Promise<string | null> {
  member.forget();
  const client = await built.connect();
  client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\nX-Forwarded-ELB-IP: 203.0.113.66\r\n\r\n`);
  await client.answer();
  client.close();
  return headerOf(member.requests[0]!, 'x-forwarded-elb-ip') ?? null;
}

const fields = { insert_headers: { 'X-Forwarded-ELB-IP': true } };

describe('a public address', () => {
  it('is bound by its id, shown, told to members, and free again afterwards', async () => {
    const [v4] = await pool();
    expect(v4).toMatchObject({
      address: '192.0.2.9',
      ip_version: 4,
      is_in_use: false,
      loadbalancer_id: null,
    });
    const built = await aListener(elbow, {
      protocol: 'HTTP',
      port: 8080,
      members: [member],
      loadBalancer: { publicip_ids: [v4!.id] },
      fields,
    });
    const shown = await elbow.api.show('loadbalancer', built.loadBalancer.id);
    expect(shown['eips']).toEqual([{ eip_id: v4!.id, eip_address: '192.0.2.9', ip_version: 4 }]);
    expect(shown['publicips']).toEqual([
      { publicip_id: v4!.id, publicip_address: '192.0.2.9', ip_version: 4 },
    ]);
    expect(await told(built)).toBe('192.0.2.9');
    const found = await elbow.api.list('loadbalancer', '?eips=ip_version%3D4&eips=eip_address%3D192.0.2.9');
    expect(found.map(({ id }) => id)).toEqual([built.loadBalancer.id]);
    expect(await elbow.api.list('loadbalancer', '?eips=ip_version%3D6&eips=eip_address%3D192.0.2.9')).toEqual(
      [],
    );

    const taken = await elbow.api.call('POST', 'loadbalancers', {
      loadbalancer: { availability_zone_list: ['az1'], publicip_ids: [v4!.id] },
    });
    expect([taken.status, taken.json.error_code]).toEqual([409, 'ELB.8907']);
    expectStatus(await elbow.api.call('DELETE', `loadbalancers/${built.loadBalancer.id}/force-elb`), 204);
    expect((await pool())[0]).toMatchObject({ is_in_use: false });
  });

  it('moves from one load balancer to another', async () => {
    const [, v6] = await pool();
    const one = await aListener(elbow, { protocol: 'HTTP', port: 8080, members: [member], fields });
    const two = await aLoadBalancer(elbow);
    const bind = (id: string | null) =>
      elbow.api.call('PUT', `/elbow/v1/publicips/${v6!.id}`, { publicip: { loadbalancer_id: id } });
    expect(await told(one)).not.toBe('2001:db8::9');
    expect(expectStatus(await bind(one.loadBalancer.id), 200).json.publicip).toMatchObject({
      loadbalancer_id: one.loadBalancer.id,
    });
    expect(await told(one)).toBe('2001:db8::9');
    expect((await bind(two.id)).status).toBe(409);
    expectStatus(await bind(null), 200);
    expectStatus(await bind(two.id), 200);
    expect(await told(one)).not.toBe('2001:db8::9');
    expect((await elbow.api.show('loadbalancer', two.id))['publicips']).toMatchObject([{ ip_version: 6 }]);
  });

  it('must be one of the pool', async () => {
    const unknown = '00000000-0000-4000-8000-00000000dead';
    const answer = await elbow.api.call('POST', 'loadbalancers', {
      loadbalancer: { availability_zone_list: ['az1'], publicip_ids: [unknown] },
    });
    expect([answer.status, answer.json.error_code]).toEqual([404, 'ELB.8904']);
    const bought = await elbow.api.call('POST', 'loadbalancers', {
      loadbalancer: { availability_zone_list: ['az1'], publicip: { network_type: '5_bgp' } },
    });
    expect([bought.status, bought.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(bought.json.error_msg).toContain('publicip_ids');
  });
});
