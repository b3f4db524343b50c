import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { aListener, aLoadBalancer, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Row "Frontend Port": 1 to 65535, one listener per port of a load balancer, not changed afterwards.

let elbow: Elbow;
let backend: ScriptedBackend;
let other: ScriptedBackend;
let built: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  backend = await scriptedBackend({ name: 'first' });
  other = await scriptedBackend({ name: 'second' });
  built = await aListener(elbow, { members: [backend], port: 8443 });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  await other?.stop();
});

const body = (loadBalancerId: string, port: unknown, protocol = 'HTTPS'): object => ({
  listener: {
    loadbalancer_id: loadBalancerId,
    protocol,
    protocol_port: port,
    ...(protocol === 'HTTPS' ? { default_tls_container_ref: built.certificate?.id } : {}),
  },
});

describe('range', () => {
  const lowest = lowestPort();

  it.each([lowest, 1024, 65535])('serves on port %i', async (port) => {
    const listener = await aListener(elbow, { members: [backend], port });
    expect(listener.listener['protocol_port']).toBe(port);
    expect((await listener.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
  });

  it.runIf(lowest > 1)('says why when this process may not bind a port below 1024', async () => {
    const answer = await elbow.api.call('POST', 'listeners', body(built.loadBalancer.id, 1));
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('1024');
  });

  it.each([
    [0],
    [65536],
    [-1],
    [443.5],
    [1e9],
    ['443'],
    ['https'],
    [''],
    [true],
    [null],
    [[443]],
    [{}],
    [undefined],
  ])('refuses %j with 400 that names the field, and stores nothing', async (port) => {
    const before = await elbow.api.list('listener');
    const answer = await elbow.api.call('POST', 'listeners', body(built.loadBalancer.id, port));
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error_code: 'ELB.8902',
      error_msg: expect.stringContaining('protocol_port'),
    });
    expect(await elbow.api.list('listener')).toEqual(before);
  });
});

describe('two listeners', () => {
  it.each(['HTTPS', 'HTTP'])(
    'cannot share a port of one load balancer (second one %s): 409',
    async (protocol) => {
      const before = await elbow.api.list('listener');
      const answer = await elbow.api.call('POST', 'listeners', body(built.loadBalancer.id, 8443, protocol));
      expect(answer.status).toBe(409);
      expect(answer.json).toMatchObject({
        error_code: 'ELB.8907',
        error_msg: expect.stringContaining('already has a listener'),
      });
      expect(await elbow.api.list('listener')).toEqual(before);
      expect((await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
    },
  );

  it('only one of several that ask for a port at the same time gets it', async () => {
    const loadBalancer = await aLoadBalancer(elbow);
    const asking = Array.from({ length: 8 }, () =>
      elbow.api.call('POST', 'listeners', body(loadBalancer.id, 8443)),
    );
    const statuses = (await Promise.all(asking)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('may use the same port on two load balancers, each with its own traffic', async () => {
    const second = await aListener(elbow, { members: [other], port: 8443 });
    expect((await built.curl('/')).stdout).toContain('"member":"first"');
    expect((await second.curl('/')).stdout).toContain('"member":"second"');
  });
});

describe('change', () => {
  it.each([[8444], [0], ['8443']])(
    'to %j is refused with 400, and the listener stays where it is',
    async (port) => {
      const before = await elbow.api.show('listener', built.listener.id);
      const answer = await elbow.api.call('PUT', `listeners/${built.listener.id}`, {
        listener: { protocol_port: port, name: 'half applied' },
      });
      expect(answer.status).toBe(400);
      expect(answer.json.error_msg).toContain('protocol_port');
      expect(await elbow.api.show('listener', built.listener.id)).toEqual(before);
      expect((await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
      expect(await canConnect(built.vip, 8444)).toBe(false);
    },
  );
});

describe('deletion', () => {
  it('closes the port, which can be used again', async () => {
    const listener = await aListener(elbow, { port: 8500 });
    expect(await canConnect(listener.vip, 8500)).toBe(true);
    await elbow.api.update('listener', listener.listener.id, { default_pool_id: null });
    await elbow.api.remove('listener', listener.listener.id);
    expect(await canConnect(listener.vip, 8500)).toBe(false);
    const again = await elbow.api.call('POST', 'listeners', body(listener.loadBalancer.id, 8500));
    expect(again.status).toBe(201);
    expect(await canConnect(listener.vip, 8500)).toBe(true);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** 1 for root; else what the system lets others bind. */
function lowestPort(): number {
  if (process.getuid?.() === 0) return 1;
  return Math.max(1, Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')));
}
