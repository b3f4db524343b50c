import {
  aListener,
  aLoadBalancer,
  type Elbow,
  expectStatus,
  openRawClient,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Flavors: the caps of a load balancer's flavor bound its listeners, whatever these ask for themselves.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
});
afterAll(() => elbow?.stop());

/** `L7_flavor.elb.s1.small`: 200 new TLS connections per second. */
const smallest = '5b1d8c02-5a0c-4c6e-9c3f-000000000701';
const smallestL4 = '5b1d8c02-5a0c-4c6e-9c3f-000000000401';

async function limitsOf(listenerId: string) {
  return expectStatus(await elbow.api.call('GET', `/elbow/v1/listeners/${listenerId}/limits`), 200).json
    .limits;
}

/**
 * Opens connections and says how many of them were reset, and how long it took. Each says something that is not TLS:
 * one that is let in gets a page that says so.
 */
async function knock(host: string, port: number, count: number) {
  const startedMs = performance.now();
  const outcomes = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = await openRawClient({ host, port }).catch(() => null);
      if (client === null) return 'reset';
      client.write('GET / HTTP/1.1\r\nHost: www.example.test\r\n\r\n');
      await client.until(
        () => client.answers[0]?.isComplete === true || client.ending !== null,
        'an outcome',
      );
      const status = client.answers[0]?.status;
      client.close();
      return status === 400 ? 'admitted' : client.ending;
    }),
  );
  return {
    resets: outcomes.filter((outcome) => outcome === 'reset').length,
    admitted: outcomes.filter((outcome) => outcome === 'admitted').length,
    seconds: (performance.now() - startedMs) / 1000,
  };
}

describe('the caps of a flavor', () => {
  it('bound a listener that asks for more, and are shown as what is in force', async () => {
    const built = await aListener(elbow, {
      loadBalancer: { l7_flavor_id: smallest },
      fields: { cps: 100_000, connection: 7 },
    });
    expect(await limitsOf(built.listener.id)).toEqual({
      listener: { cps: 100_000, connection: 7 },
      flavor: {
        id: smallest,
        name: 'L7_flavor.elb.s1.small',
        cps: 200,
        connection: 200_000,
        qps: 2_000,
        bandwidth: 50_000,
      },
      effective: { cps: 200, connection: 7, qps: 2_000, bandwidth: 50_000 },
    });
    await elbow.api.update('listener', built.listener.id, { connection: 0 });
    const { resets, admitted, seconds } = await knock(built.vip, built.port, 600);
    expect(resets + admitted).toBe(600);
    expect(admitted).toBeLessThanOrEqual(200 * (Math.ceil(seconds) + 1));
    expect(admitted).toBeGreaterThan(0);
  });

  it('do not raise what a listener asks for', async () => {
    const built = await aListener(elbow, { loadBalancer: { l7_flavor_id: smallest }, fields: { cps: 3 } });
    expect((await limitsOf(built.listener.id)).effective.cps).toBe(3);
  });

  it('follow a change of the flavor, and without one there are none', async () => {
    const built = await aListener(elbow, { loadBalancer: { l7_flavor_id: smallest } });
    const bigger = '5b1d8c02-5a0c-4c6e-9c3f-000000000703';
    await elbow.api.update('loadbalancer', built.loadBalancer.id, { l7_flavor_id: bigger });
    expect((await limitsOf(built.listener.id)).effective).toEqual({
      cps: 800,
      connection: 800_000,
      qps: 8_000,
      bandwidth: 200_000,
    });
    const free = await aListener(elbow);
    expect(await limitsOf(free.listener.id)).toEqual({
      listener: { cps: 0, connection: 0 },
      flavor: null,
      effective: { cps: 0, connection: 0, qps: 0, bandwidth: 0 },
    });
    expect((await knock(free.vip, free.port, 300)).admitted).toBe(300);
  });
});

it('a load balancer with network load balancing alone refuses listeners of the application kind', async () => {
  const owner = await aLoadBalancer(elbow, { l4_flavor_id: smallestL4 });
  for (const protocol of ['HTTP', 'HTTPS']) {
    const answer = await elbow.api.call('POST', 'listeners', {
      listener: {
        loadbalancer_id: owner.id,
        protocol,
        protocol_port: 8443,
        ...(protocol === 'HTTPS' ? { default_tls_container_ref: '0'.repeat(32) } : {}),
      },
    });
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(answer.json.error_msg).toContain('l7_flavor_id');
  }
  expect(await elbow.api.list('listener', `?loadbalancer_id=${owner.id}`)).toEqual([]);
});
