import { type Elbow, expectStatus, startElbow, aLoadBalancer, testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Who changed what, from where, and what became of it. No change without its entry, no entry without its change.

let elbow: Elbow;

beforeAll(async () => {
  elbow = await startElbow({ workers: 1, env: { ELBOW_QUOTAS: 'loadbalancer=-1,pool=-1' } });
});
afterAll(() => elbow?.stop());

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
async function history(query = ''): Promise<readonly any[]> {
  return expectStatus(await elbow.api.call('GET', `/elbow/v1/history${query}`), 200).json.history;
}

describe('an entry', () => {
  it('says who, when, from where, what, with which result, and when it was live', async () => {
    const created = await elbow.api.call('POST', 'loadbalancers', {
      loadbalancer: { name: 'told', availability_zone_list: ['az1'] },
    });
    const { id } = expectStatus(created, 201).json.loadbalancer;
    const [entry] = await history(`?resource_id=${id}`);
    expect(entry).toMatchObject({
      user: { name: elbow.credentials.username },
      credential: { kind: 'key', id: elbow.credentials.access_key },
      address: '127.0.0.1',
      operation: 'CreateLoadBalancer',
      resource: { type: 'loadbalancer', id, name: 'told' },
      outcome: 'done',
      status: 201,
      live: created.headers['x-elbow-live'],
      request_id: created.headers['x-request-id'],
    });
    expect(Math.abs(Date.parse(entry.at) - Date.now())).toBeLessThan(60_000);
    expect(entry.changes).toMatchObject([
      { type: 'loadbalancer', id, action: 'created', fields: { name: { before: null, after: 'told' } } },
    ]);
  });

  it('shows the fields that changed, before and after, and no others', async () => {
    const { id } = await aLoadBalancer(elbow, { name: 'old' });
    await elbow.api.update('loadbalancer', id, { name: 'new', description: 'text' });
    const [entry] = await history(`?resource_id=${id}&limit=1`);
    expect(entry.changes).toEqual([
      {
        type: 'loadbalancer',
        id,
        name: 'new',
        action: 'updated',
        fields: { name: { before: 'old', after: 'new' }, description: { before: '', after: 'text' } },
      },
    ]);
  });

  it('shows everything that went with an object', async () => {
    const { id } = await aLoadBalancer(elbow);
    const place = { loadbalancer_id: id, protocol: 'HTTP', protocol_port: 8080 };
    const listener = await elbow.api.create('listener', place);
    const pool = { listener_id: listener.id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
    const { id: poolId } = await elbow.api.create('pool', pool);
    const member = await elbow.api.addMember(poolId, { address: '127.0.0.1', protocol_port: 9 });
    expectStatus(await elbow.api.call('DELETE', `listeners/${listener.id}/force`), 204);
    const [entry] = await history(`?resource_id=${listener.id}&limit=1`);
    expect(entry).toMatchObject({ operation: 'DeleteListenerForce', resource: { id: listener.id } });
    const removed = entry.changes
      .filter(({ action }: { action: string }) => action === 'removed')
      .map((change: { id: string }) => change.id);
    expect(removed).toEqual(expect.arrayContaining([listener.id, poolId, member.id]));
    // The member was not what was meant, and is found all the same.
    expect((await history(`?resource_id=${member.id}`)).map((one) => one.operation)).toEqual([
      'DeleteListenerForce',
      'CreateMember',
    ]);
  });

  it('is there for refusals, with their reason and without a change', async () => {
    const { id } = await aLoadBalancer(elbow, { deletion_protection_enable: true });
    const refused = await elbow.api.call('DELETE', `loadbalancers/${id}`);
    const [entry] = await history(`?resource_id=${id}&limit=1`);
    expect(entry).toMatchObject({
      outcome: 'refused',
      status: refused.status,
      message: refused.json.error_msg,
      changes: [],
    });
  });

  it('never holds a secret', async () => {
    const authority = await testAuthority();
    const [one, other] = [await authority.issue(['a.test']), await authority.issue(['a.test'])];
    const made = await elbow.api.create('certificate', {
      type: 'server',
      certificate: one.certificatePem,
      private_key: one.keyPem,
    });
    const renewed = { certificate: other.certificatePem, private_key: other.keyPem };
    await elbow.api.update('certificate', made.id, renewed);
    const user = { name: 'secretive', role: 'reader', password: 'very secret words' };
    const { json } = expectStatus(await elbow.api.call('POST', '/elbow/v1/users', { user }), 201);
    const path = `/elbow/v1/users/${json.user.id}`;
    const key = expectStatus(await elbow.api.call('POST', `${path}/keys`, { key: {} }), 201).json.key;
    expectStatus(await elbow.api.call('PUT', path, { user: { password: 'other secret words' } }), 200);
    const entries = await history('?limit=500');
    const text = JSON.stringify(entries);
    for (const secret of [one.keyPem, other.keyPem].map((pem) => pem.split('\n')[1]!))
      expect(text).not.toContain(secret);
    for (const secret of ['secret words', key.secret_key, 'scrypt']) expect(text).not.toContain(secret);
    const masked = { before: '******', after: '******' };
    expect(entries[0].changes[0].fields).toEqual({ password: masked });
    const renewal = entries.find(({ operation }) => operation === 'UpdateCertificate');
    expect(renewal.changes[0].fields.private_key).toEqual(masked);
  });
});

describe('the list', () => {
  it('comes in pages, newest first, each entry once', async () => {
    for (let made = 0; made < 7; made++) await aLoadBalancer(elbow);
    const all = (await history('?limit=500')).map(({ id }) => Number(id));
    expect(all).toEqual([...all].sort((a, b) => b - a));
    const paged: number[] = [];
    for (let marker = ''; ; ) {
      const { json } = await elbow.api.call('GET', `/elbow/v1/history?limit=3${marker}`);
      paged.push(...json.history.map(({ id }: { id: string }) => Number(id)));
      if (json.page_info.next_marker === undefined) break;
      marker = `&marker=${json.page_info.next_marker}`;
    }
    expect(paged).toEqual(all);
  });

  it('is of one user, one type, or since a time', async () => {
    const [newest] = await history('?limit=1');
    const mine = await history(`?user_id=${newest.user.id}&limit=500`);
    expect(mine).toHaveLength((await history('?limit=500')).length);
    expect(await history(`?user_id=${'0'.repeat(32)}`)).toEqual([]);
    expect((await history('?resource_type=user')).every(({ resource }) => resource.type === 'user')).toBe(
      true,
    );
    expect(await history(`?since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
    expect(await history(`?since=${newest.at}`)).not.toEqual([]);
  });

  it.each(['limit=0', 'limit=x', 'marker=x', 'since=yesterday', 'resource_id=%25'])(
    'refuses %s',
    async (query) => {
      expect((await elbow.api.call('GET', `/elbow/v1/history?${query}`)).status).toBe(400);
    },
  );
});

describe('kill -9', () => {
  it('leaves no change without its entry and no entry without its change', async () => {
    for (let round = 0; round < 3; round++) {
      const name = `round-${round}`;
      const create = () => {
        const pool = { name, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
        return elbow.api.call('POST', 'pools', { pool }).catch(() => null);
      };
      let answered = 0;
      const enough = Promise.withResolvers<void>();
      const writers = Array.from({ length: 8 }, async () => {
        for (let answer = await create(); answer?.status === 201; answer = await create())
          if (++answered === 40) enough.resolve();
      });
      await enough.promise;
      const before = await elbow.kill9('control');
      await Promise.all(writers);
      await elbow.untilReplaced('control', before);
      await elbow.untilReady();
      const pools = await elbow.api.list('pool', `?name=${name}`);
      const told = (await history('?resource_type=pool&limit=500')).filter(
        ({ resource }) => resource.name === name,
      );
      expect(pools.length).toBeGreaterThanOrEqual(answered);
      expect(told.map(({ resource }) => resource.id).sort()).toEqual(pools.map(({ id }) => id).sort());
    }
  });
});
