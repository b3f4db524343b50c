import {
  aListener,
  aLoadBalancer,
  type Elbow,
  expectStatus,
  http2Member,
  memberFields,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
  tlsMember,
  watchMembers,
  whoAnswers,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Row "Backend server group": made with the listener, for a load balancer, or by itself; chosen later; changed and removed.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
});
afterAll(() => elbow?.stop());

const aBackend = (name: string): Promise<ScriptedBackend> => forThisTest(scriptedBackend({ name }));

async function refusal(
  method: string,
  path: string,
  body?: unknown,
): Promise<readonly [number, string, string]> {
  const { status, json } = await elbow.api.call(method, path, body);
  return [status, json?.error_code, json?.error_msg];
}

const wish = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };

describe('a group', () => {
  it('made with a listener serves it at once', async () => {
    const backend = await aBackend('one');
    const built = await aListener(elbow, { members: [backend] });
    expect(built.pool).toMatchObject({
      listeners: [{ id: built.listener.id }],
      loadbalancers: [{ id: built.loadBalancer.id }],
      healthmonitor_id: null,
      session_persistence: null,
      slow_start: null,
      pool_health: { minimum_healthy_member_count: 0 },
    });
    expect((await elbow.api.show('listener', built.listener.id))['default_pool_id']).toBe(built.pool.id);
    expect(await whoAnswers(built)).toBe('one');
  });

  it('made by itself is chosen later, and exchanged between two requests', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const built = await aListener(elbow, { members: [one] });
    const free = await elbow.api.create('pool', { ...wish, type: 'ip' });
    await elbow.api.addMember(free.id, memberFields(two));
    await elbow.api.update('listener', built.listener.id, { default_pool_id: free.id });
    expect(await whoAnswers(built)).toBe('two');
    await elbow.api.update('listener', built.listener.id, { default_pool_id: null });
    expect(await whoAnswers(built)).toBe('503');
    await elbow.api.update('listener', built.listener.id, { default_pool_id: built.pool.id });
    expect(await whoAnswers(built)).toBe('one');
  });

  it('may serve several listeners of several load balancers', async () => {
    const backend = await aBackend('shared');
    const first = await aListener(elbow, { members: [backend] });
    const second = await aListener(elbow, { pool: { name: 'unused' } });
    await elbow.api.update('listener', second.listener.id, { default_pool_id: first.pool.id });
    expect([await whoAnswers(first), await whoAnswers(second)]).toEqual(['shared', 'shared']);
    const { loadbalancers } = await elbow.api.show('pool', first.pool.id);
    expect(loadbalancers).toHaveLength(2);
  });

  it('without members answers 503', async () => {
    expect(await whoAnswers(await aListener(elbow))).toBe('503');
  });
});

describe('its protocol', () => {
  it('HTTP speaks HTTP/1.1 to members', async () => {
    const backend = await aBackend('plain');
    await whoAnswers(await aListener(elbow, { members: [backend] }));
    expect(backend.requests[0]?.version).toBe('HTTP/1.1');
  });

  it('HTTPS speaks TLS to members', async () => {
    const member = await forThisTest(tlsMember());
    const built = await aListener(elbow, { members: [member], pool: { protocol: 'HTTPS' } });
    await whoAnswers(built);
    expect(member.requests[0]).toMatchObject({ serverName, host: serverName });
  });

  it('GRPC speaks HTTP/2 to members', async () => {
    const member = await forThisTest(
      http2Member(({ stream }) => stream.respond({ ':status': 200 }, { endStream: true })),
    );
    const built = await aListener(elbow, {
      members: [member],
      fields: { http2_enable: true },
      pool: { protocol: 'GRPC' },
    });
    await whoAnswers(built);
    expect(member.calls[0]?.headers[':authority']).toBe(serverName);
  });

  it.each(['HTTPS', 'GRPC'])('%s does not fit an HTTP listener', async (protocol) => {
    const built = await aListener(elbow, { protocol: 'HTTP', port: 8080, pool: { name: 'first' } });
    const other = await elbow.api.create('pool', { ...wish, protocol, type: 'ip' });
    const [status, code, message] = await refusal('PUT', `listeners/${built.listener.id}`, {
      listener: { default_pool_id: other.id },
    });
    expect([status, code]).toEqual([400, 'ELB.8902']);
    expect(message).toContain('listener.default_pool_id');
  });

  it('cannot be changed', async () => {
    const { pool } = await aListener(elbow);
    for (const field of ['protocol', 'ip_version', 'listener_id', 'loadbalancer_id'])
      expect((await refusal('PUT', `pools/${pool.id}`, { pool: { [field]: 'HTTP' } })).slice(0, 2)).toEqual([
        400,
        'ELB.8902',
      ]);
  });
});

describe('what can be changed about it', () => {
  it('changes between two requests, and no request fails', async () => {
    const backend = await aBackend('steady');
    const built = await aListener(elbow, { members: [backend] });
    const changes = [
      { name: 'renamed', description: 'changed' },
      { lb_algorithm: 'LEAST_CONNECTIONS' },
      { lb_algorithm: 'SOURCE_IP' },
      { lb_algorithm: 'ROUND_ROBIN', session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 20 } },
      { session_persistence: { type: 'APP_COOKIE', cookie_name: 'JSESSIONID' } },
      { session_persistence: null, slow_start: { enable: true, duration: 30 } },
      { slow_start: null, pool_health: { minimum_healthy_member_count: 1 } },
      { pool_health: null },
    ];
    for (const change of changes) {
      const changed = await elbow.api.update('pool', built.pool.id, change);
      const { pool_health: _health, ...shown } = change as Record<string, unknown>;
      expect(changed).toMatchObject(shown);
      expect(await whoAnswers(built)).toBe('steady');
    }
  });

  it('stays when Terraform writes back what it does not name', async () => {
    const { pool } = await aListener(elbow, {
      pool: { lb_algorithm: 'LEAST_CONNECTIONS', session_persistence: { type: 'HTTP_COOKIE' } },
    });
    const body = {
      name: '',
      description: '',
      lb_algorithm: null,
      az_affinity: null,
      protection_status: '',
      member_deletion_protection_enable: null,
    };
    expect(await elbow.api.update('pool', pool.id, body)).toMatchObject({
      lb_algorithm: 'LEAST_CONNECTIONS',
      session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 1440 },
    });
  });
});

describe('a group that is removed', () => {
  it('must be empty first: members and monitor hold it', async () => {
    const backend = await aBackend('held');
    const built = await aListener(elbow, { members: [backend] });
    const monitor = await watchMembers(elbow, built.pool.id);
    const path = `pools/${built.pool.id}`;
    expect(await refusal('DELETE', path)).toEqual([409, 'ELB.8907', expect.stringContaining('member')]);
    await elbow.api.removeMember(built.pool.id, built.members[0]!.id);
    expect(await refusal('DELETE', path)).toEqual([409, 'ELB.8907', expect.stringContaining(monitor.id)]);
    await elbow.api.remove('healthmonitor', monitor.id);
    await elbow.api.remove('pool', built.pool.id);
    expect(await whoAnswers(built)).toBe('503');
  });

  it('takes all below it with it by cascade, unless its members are protected', async () => {
    const backend = await aBackend('cascade');
    const built = await aListener(elbow, {
      members: [backend],
      pool: { member_deletion_protection_enable: true },
    });
    const monitor = await watchMembers(elbow, built.pool.id);
    const path = `pools/${built.pool.id}/delete-cascade`;
    expect((await refusal('DELETE', path)).slice(0, 2)).toEqual([409, 'ELB.8907']);
    await elbow.api.update('pool', built.pool.id, { member_deletion_protection_enable: false });
    expectStatus(await elbow.api.call('DELETE', path), 204);
    expect((await elbow.api.call('GET', `healthmonitors/${monitor.id}`)).status).toBe(404);
    expect(await whoAnswers(built)).toBe('503');
  });
});

describe('a group needs a place', () => {
  it('a listener, a load balancer or a type', async () => {
    expect(await refusal('POST', 'pools', { pool: wish })).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('pool.listener_id'),
    ]);
    const owner = await aLoadBalancer(elbow);
    expect((await elbow.api.create('pool', { ...wish, loadbalancer_id: owner.id })).id).toBeTruthy();
    const unknown = { ...wish, loadbalancer_id: '00000000-0000-4000-8000-000000000000' };
    expect((await refusal('POST', 'pools', { pool: unknown })).slice(0, 2)).toEqual([404, 'ELB.8904']);
  });
});
