import {
  aListener,
  type Elbow,
  expectStatus,
  headerOf,
  memberFields,
  openRawClient,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Batches, cascades and copies: what the answer says is what clients and members meet.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
});
afterAll(() => elbow?.stop());

const aBackend = (name: string): Promise<ScriptedBackend> => forThisTest(scriptedBackend({ name }));

/** Which member answered, or the status, or how the connection was refused. */
async function ask(host: string, port: number, path = '/'): Promise<string> {
  const client = await openRawClient({ host, port }).catch((error: NodeJS.ErrnoException) => error);
  if (client instanceof Error) return (client as NodeJS.ErrnoException).code ?? client.message;
  client.write(`GET ${path} HTTP/1.1\r\nHost: ${serverName}\r\nConnection: close\r\n\r\n`);
  const answer = await client.answer();
  client.close();
  return headerOf(answer, 'x-member') ?? String(answer.status);
}

async function askTimes(host: string, port: number, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let at = 0; at < count; at++) names.push(await ask(host, port));
  return names.toSorted();
}

describe('members', () => {
  it('that are added, changed and removed together get requests accordingly', async () => {
    const [one, two, three] = [await aBackend('one'), await aBackend('two'), await aBackend('three')];
    const built = await aListener(elbow, { protocol: 'HTTP', port: 8080, members: [one] });
    const batch = (call: string, members: unknown) =>
      elbow.api.call('POST', `pools/${built.pool.id}/members/${call}`, { members });
    const added = expectStatus(await batch('batch-add', [one, two, three].map(memberFields)), 200).json
      .members;
    expect(added.map((each: { ret_status: string }) => each.ret_status)).toEqual([
      'existed',
      'successful',
      'successful',
    ]);
    expect(await askTimes(built.vip, 8080, 6)).toEqual(['one', 'one', 'three', 'three', 'two', 'two']);
    const [, second, third] = added;
    expectStatus(
      await batch('batch-update', [
        { id: second.id, weight: 0 },
        { id: third.id, weight: 0 },
      ]),
      200,
    );
    expect(await askTimes(built.vip, 8080, 3)).toEqual(['one', 'one', 'one']);
    expectStatus(await batch('batch-update', [{ id: second.id, weight: 1 }]), 200);
    expectStatus(await batch('batch-delete', [{ id: built.members[0]!.id }, { id: third.id }]), 200);
    expect(await askTimes(built.vip, 8080, 2)).toEqual(['two', 'two']);
  });
});

describe('load balancers', () => {
  it('that are made together each have an address, and are gone together', async () => {
    const made = await elbow.api.call('POST', 'loadbalancers/batch-create', {
      loadbalancer: { availability_zone_list: ['az1'], name: 'many', number: 3 },
    });
    const ids: readonly string[] = expectStatus(made, 201).json.loadbalancer_ids;
    const shown = await Promise.all(ids.map((id) => elbow.api.show('loadbalancer', id)));
    expect(shown.map((each) => each['name'])).toEqual(['many-0001', 'many-0002', 'many-0003']);
    expect(new Set(shown.map((each) => each['vip_address'])).size).toBe(3);
    const vip: string = shown[1]!['vip_address'];
    await elbow.api.create('listener', { loadbalancer_id: ids[1], protocol: 'HTTP', protocol_port: 8080 });
    expect(await ask(vip, 8080)).toBe('503');
    const gone = await elbow.api.call('POST', 'loadbalancers/batch-delete', { loadbalancer_ids: ids });
    expectStatus(gone, 200);
    for (const id of ids) expect((await elbow.api.call('GET', `loadbalancers/${id}`)).status).toBe(404);
    expect(await ask(vip, 8080)).toBe('ECONNREFUSED');
    const { job } = expectStatus(await elbow.api.call('GET', `jobs/${gone.json.job_id}`), 200).json;
    expect(job.sub_jobs).toHaveLength(3);
  });

  it('that are copied serve the same under another address, and do not notice what happens to the source', async () => {
    const [one, two] = [await aBackend('default'), await aBackend('api')];
    const source = await aListener(elbow, {
      protocol: 'HTTP',
      port: 8080,
      members: [one],
      fields: { enhance_l7policy_enable: true },
    });
    const other = await elbow.api.create('pool', {
      loadbalancer_id: source.loadBalancer.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    await elbow.api.addMember(other.id, memberFields(two));
    expectStatus(
      await elbow.api.call('POST', 'l7policies', {
        l7policy: {
          listener_id: source.listener.id,
          action: 'REDIRECT_TO_POOL',
          redirect_pool_id: other.id,
          priority: 1,
          rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/api' }],
        },
      }),
      201,
    );
    const cloned = await elbow.api.call('POST', `loadbalancers/${source.loadBalancer.id}/clone`, {});
    const [{ id }] = expectStatus(cloned, 201).json.loadbalancer_list;
    const copy = await elbow.api.show('loadbalancer', id);
    const vip: string = copy['vip_address'];
    expect([await ask(vip, 8080), await ask(vip, 8080, '/api/1')]).toEqual(['default', 'api']);
    const cascade = { loadbalancer: { unbounded_pool: true } };
    // The pool of the policy was made for the source alone and goes with it.
    expectStatus(
      await elbow.api.call('POST', `loadbalancers/${source.loadBalancer.id}/delete-cascade`, cascade),
      204,
    );
    expect(await ask(source.vip, 8080)).toBe('ECONNREFUSED');
    expect((await elbow.api.call('GET', `pools/${other.id}`)).status).toBe(404);
    expect([await ask(vip, 8080), await ask(vip, 8080, '/api/1')]).toEqual(['default', 'api']);
  });

  it('keep their last zone', async () => {
    const { loadBalancer, vip } = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const path = `loadbalancers/${loadBalancer.id}/availability-zone/batch-remove`;
    const answer = await elbow.api.call('POST', path, { availability_zone_list: ['az1'] });
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    expect((await elbow.api.show('loadbalancer', loadBalancer.id))['availability_zone_list']).toEqual([
      'az1',
    ]);
    expect(await ask(vip, 8080)).toBe('503');
  });
});

describe('listeners', () => {
  it('that are copied serve on another port and load balancer', async () => {
    const member = await aBackend('shared');
    const source = await aListener(elbow, { protocol: 'HTTP', port: 8080, members: [member] });
    const target = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const targets = [
      { loadbalancer_id: source.loadBalancer.id, protocol_port: 8081, reuse_pool: true },
      { loadbalancer_id: target.loadBalancer.id, protocol_port: 8082, name: 'there' },
    ];
    const answer = await elbow.api.call('POST', `listeners/${source.listener.id}/clone`, {
      target_listener_params: targets,
    });
    const copies = expectStatus(answer, 201).json.listener_list;
    expect(copies.map((copy: { protocol_port: number }) => copy.protocol_port)).toEqual([8081, 8082]);
    expect([await ask(source.vip, 8081), await ask(target.vip, 8082)]).toEqual(['shared', 'shared']);
    expect((await elbow.api.show('listener', copies[1].id))['name']).toBe('there');
    const ids = [target.listener.id];
    expectStatus(await elbow.api.call('POST', 'listeners/batch-delete', { listener_ids: ids }), 200);
    expect(await ask(target.vip, 8080)).toBe('ECONNREFUSED');
    expect(await ask(target.vip, 8082)).toBe('shared');
  });
});
