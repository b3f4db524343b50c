import {
  aListener,
  type BuiltListener,
  type Elbow,
  expectStatus,
  makeAuthority,
  serverName,
  startElbow,
  testAuthority,
  type TlsMember,
  tlsMember,
  untilMember,
  watchMembers,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// HTTPS members are verified when a pool asks for it: against authorities of its own, for a name of its own.

let elbow: Elbow;
let member: TlsMember;
let listener: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
  member = await tlsMember({ names: ['member.internal.test'] });
  listener = await aListener(elbow, { members: [member], pool: { protocol: 'HTTPS' } });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

async function put(fields: object, poolId: string = listener.pool.id) {
  return elbow.api.call('PUT', `/elbow/v1/pools/${poolId}/member-tls`, { member_tls: fields });
}

/** The status that a client gets. */
async function status(): Promise<string> {
  const { stdout } = await listener.curl('/', '-o', '/dev/null', '-w', '%{http_code}');
  return stdout;
}

describe('members of a pool', () => {
  it('are believed without being verified, until it is asked for', async () => {
    const { json } = expectStatus(await elbow.api.call('GET', `/elbow/v1/pools/${listener.pool.id}`), 200);
    expect(json.pool.member_tls).toEqual({
      verify: false,
      ca_pem: null,
      ca_certificate_id: null,
      server_name: null,
    });
    expect(await status()).toBe('200');
  });

  it('must lead to the authority and have the name', async () => {
    const ca = (await testAuthority()).certificatePem;
    expectStatus(await put({ verify: true, ca_pem: ca }), 200);
    expect(await status()).toBe('502');
    expectStatus(await put({ verify: true, ca_pem: ca, server_name: 'Member.internal.test' }), 200);
    expect(await status()).toBe('200');
    expect(member.requests.at(-1)).toMatchObject({
      serverName: 'member.internal.test',
      host: `${serverName}:8443`,
    });
    const stranger = (await makeAuthority('Somebody else')).certificatePem;
    expectStatus(await put({ verify: true, ca_pem: stranger, server_name: 'member.internal.test' }), 200);
    expect(await status()).toBe('502');
    const { json } = await elbow.api.call('GET', `/elbow/v1/pools/${listener.pool.id}`);
    const [seen] = json.pool.members[0].seen;
    expect(seen.connect_errors).toBeGreaterThanOrEqual(2);
    expectStatus(await put({ verify: false }), 200);
    expect(await status()).toBe('200');
  });

  it('are checked with the same eyes, and the reason says what is wrong', async () => {
    const ca = (await testAuthority()).certificatePem;
    const place = { poolId: listener.pool.id, id: listener.members[0]!.id };
    const monitor = await watchMembers(elbow, place.poolId, { type: 'HTTPS' });
    await untilMember(elbow, place, 'ONLINE');
    expectStatus(await put({ verify: true, ca_pem: ca, server_name: 'other.internal.test' }), 200);
    const { reason } = await untilMember(elbow, place, 'OFFLINE');
    expect(reason).toMatchObject({
      reason_code: 'SSL_HANDSHAKE_ERROR',
      message: expect.stringContaining('is not for other.internal.test, which its pool asks for'),
    });
    expectStatus(await put({ verify: true, ca_pem: ca, server_name: 'member.internal.test' }), 200);
    await untilMember(elbow, place, 'ONLINE');
    expect(member.requests.at(-1)).toMatchObject({
      serverName: 'member.internal.test',
      host: listener.vip,
    });
    const stranger = (await makeAuthority('A third one')).certificatePem;
    expectStatus(await put({ verify: true, ca_pem: stranger, server_name: 'member.internal.test' }), 200);
    const distrusted = await untilMember(elbow, place, 'OFFLINE');
    expect(distrusted.reason.message).toContain('cannot be verified with the authorities of its pool');
    expectStatus(await elbow.api.call('DELETE', `healthmonitors/${monitor.id}`), 204);
    expectStatus(await put({ verify: false }), 200);
  });

  it('are verified against a stored bundle, which follows its changes and cannot be deleted meanwhile', async () => {
    const ca = (await testAuthority()).certificatePem;
    const stored = await elbow.api.create('certificate', { type: 'client', certificate: ca });
    const trust = { verify: true, ca_certificate_id: stored.id, server_name: 'member.internal.test' };
    expectStatus(await put(trust), 200);
    expect(await status()).toBe('200');
    const stranger = (await makeAuthority('Another one')).certificatePem;
    const change = { certificate: { certificate: stranger } };
    expectStatus(await elbow.api.call('PUT', `certificates/${stored.id}`, change), 200);
    expect(await status()).toBe('502');
    const refused = expectStatus(await elbow.api.call('DELETE', `certificates/${stored.id}`), 409);
    expect(refused.json.error_msg).toContain(listener.pool.id);
    expectStatus(await put({ verify: false }), 200);
    expectStatus(await elbow.api.call('DELETE', `certificates/${stored.id}`), 204);
  });
});

describe('the API', () => {
  it('says what is wrong', async () => {
    const ca = (await testAuthority()).certificatePem;
    const server = listener.certificate?.id;
    for (const [fields, field] of [
      [{}, 'member_tls.verify'],
      [{ verify: true }, 'member_tls.ca_pem'],
      [{ verify: true, ca_pem: 'nonsense' }, 'member_tls.ca_pem'],
      [{ verify: true, ca_pem: ca, ca_certificate_id: 'a'.repeat(32) }, 'member_tls.ca_certificate_id'],
      [{ verify: true, ca_certificate_id: server }, 'member_tls.ca_certificate_id'],
      [{ verify: false, server_name: 'a\r\nb' }, 'member_tls.server_name'],
      [{ verify: false, more: 1 }, 'member_tls.more'],
    ] as const) {
      const answer = expectStatus(await put(fields), 400);
      expect(answer.json.error_msg).toContain(field);
    }
    expectStatus(await put({ verify: true, ca_certificate_id: 'a'.repeat(32) }), 404);
    expectStatus(await put({ verify: false }, '5c3b1d4e-0000-4000-8000-000000000000'), 404);
    const plain = await elbow.api.create('pool', {
      loadbalancer_id: listener.loadBalancer.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    expectStatus(await put({ verify: false }, plain.id), 400);
  });
});
