import {
  aListener,
  type BuiltListener,
  type Elbow,
  freeAddress,
  scriptedBackend,
  memberFields,
  type ScriptedBackend,
  startElbow,
  whoAnswers,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Row "Backend servers": address, port and weight; added, changed and removed while requests flow.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
});
afterAll(() => elbow?.stop());

const aBackend = (name: string, address = freeAddress()): Promise<ScriptedBackend> =>
  forThisTest(scriptedBackend({ name, address }));

async function askTimes(built: BuiltListener, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let at = 0; at < count; at++) names.push(await whoAnswers(built));
  return names.toSorted();
}

async function refusal(built: BuiltListener, member: unknown): Promise<readonly [number, string, string]> {
  const { status, json } = await elbow.api.call('POST', `pools/${built.pool.id}/members`, { member });
  return [status, json?.error_code, json?.error_msg];
}

describe('a member', () => {
  it('is shown as it was added', async () => {
    const backend = await aBackend('shown');
    const built = await aListener(elbow);
    const member = await elbow.api.addMember(built.pool.id, {
      ...memberFields(backend),
      name: 'web-1',
      weight: 7,
    });
    expect(member).toMatchObject({
      name: 'web-1',
      address: backend.address,
      protocol_port: backend.port,
      weight: 7,
      ip_version: 'v4',
      member_type: 'ip',
      subnet_cidr_id: null,
      operating_status: 'NO_MONITOR',
      reason: null,
      status: [{ listener_id: built.listener.id, operating_status: 'NO_MONITOR', reason: null }],
    });
    expect((await elbow.api.show('pool', built.pool.id))['members']).toEqual([{ id: member.id }]);
  });

  it('gets requests as soon as the answer is there, and none once it is removed', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const built = await aListener(elbow, { members: [one] });
    const added = await elbow.api.addMember(built.pool.id, memberFields(two));
    expect(await askTimes(built, 4)).toEqual(['one', 'one', 'two', 'two']);
    await elbow.api.removeMember(built.pool.id, added.id);
    expect(await askTimes(built, 4)).toEqual(['one', 'one', 'one', 'one']);
  });

  it('may be an IPv6 address', async () => {
    const backend = await aBackend('six', '::1');
    const built = await aListener(elbow);
    const member = await elbow.api.addMember(built.pool.id, {
      address: '0:0:0:0:0:0:0:1',
      protocol_port: backend.port,
    });
    expect(member).toMatchObject({ address: '::1', ip_version: 'v6' });
    expect(await whoAnswers(built)).toBe('six');
  });

  it('may listen on several ports, each a member of its own, but not twice on one', async () => {
    const one = await aBackend('one');
    const two = await aBackend('two', one.address);
    const built = await aListener(elbow, { members: [one, two] });
    expect(await askTimes(built, 4)).toEqual(['one', 'one', 'two', 'two']);
    expect(await refusal(built, memberFields(one))).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(`${one.address}:${one.port}`),
    ]);
    const taken = await elbow.api.call('PUT', `pools/${built.pool.id}/members/${built.members[0]!.id}`, {
      member: { protocol_port: two.port },
    });
    expect([taken.status, taken.json.error_code]).toEqual([409, 'ELB.8907']);
  });

  it('moves to another port', async () => {
    const one = await aBackend('one');
    const two = await aBackend('two', one.address);
    const built = await aListener(elbow, { members: [one] });
    await elbow.api.updateMember(built.pool.id, built.members[0]!.id, { protocol_port: two.port });
    expect(await askTimes(built, 2)).toEqual(['two', 'two']);
  });
});

describe('weights', () => {
  it('are shares', async () => {
    const [one, two, three] = [await aBackend('one'), await aBackend('two'), await aBackend('three')];
    const built = await aListener(elbow, {
      members: [one, two, three].map(({ address, port }, at) => ({ address, port, weight: [3, 2, 1][at]! })),
    });
    const names = await askTimes(built, 12);
    expect([one, two, three].map(({ name }) => names.filter((seen) => seen === name).length)).toEqual([
      6, 4, 2,
    ]);
  });

  it('of 0 let requests in flight finish and send no other', async () => {
    const [slow, other] = [await aBackend('slow'), await aBackend('other')];
    const built = await aListener(elbow, { members: [slow] });
    const held = Promise.withResolvers<void>();
    const { script } = slow;
    slow.script = async (request) => {
      await held.promise;
      return script(request);
    };
    const asked = whoAnswers(built);
    await slow.until(() => slow.requests.length === 1, 'the request');
    await elbow.api.addMember(built.pool.id, memberFields(other));
    await elbow.api.updateMember(built.pool.id, built.members[0]!.id, { weight: 0 });
    expect(await askTimes(built, 3)).toEqual(['other', 'other', 'other']);
    held.resolve();
    expect(await asked).toBe('slow');
    expect(slow.requests).toHaveLength(1);
    await slow.until(() => slow.openConnections === 0, 'the end of its connections');
  });

  it('is how a member is switched off: admin_state_up is taken, has no effect and is shown as true', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const built = await aListener(elbow, { members: [one] });
    const added = await elbow.api.addMember(built.pool.id, { ...memberFields(two), admin_state_up: false });
    expect(added['admin_state_up']).toBe(true);
    expect(new Set(await askTimes(built, 4))).toEqual(new Set(['one', 'two']));
    await elbow.api.updateMember(built.pool.id, added.id, { weight: 0 });
    expect(new Set(await askTimes(built, 4))).toEqual(new Set(['one']));
  });
});

describe('a member that is removed', () => {
  it('finishes what it has, and its idle connections are closed', async () => {
    const [going, staying] = [await aBackend('going'), await aBackend('staying')];
    const built = await aListener(elbow, { members: [going] });
    await whoAnswers(built);
    expect(going.openConnections).toBeGreaterThan(0);
    const held = Promise.withResolvers<void>();
    const { script } = going;
    going.script = async (request) => {
      await held.promise;
      return script(request);
    };
    const asked = whoAnswers(built);
    await going.until(() => going.requests.length === 2, 'the request');
    await elbow.api.addMember(built.pool.id, memberFields(staying));
    await elbow.api.removeMember(built.pool.id, built.members[0]!.id);
    expect(await askTimes(built, 3)).toEqual(['staying', 'staying', 'staying']);
    held.resolve();
    expect(await asked).toBe('going');
    await going.until(() => going.openConnections === 0, 'the end of its connections');
  });
});

describe('what is refused', () => {
  it.each([
    ['address', { address: '169.254.169.254', protocol_port: 80 }],
    ['address', { address: '169.254.1.1', protocol_port: 80 }],
    ['address', { address: 'fe80::1', protocol_port: 80 }],
    ['address', { address: '0.0.0.0', protocol_port: 80 }],
    ['address', { address: '224.0.0.1', protocol_port: 80 }],
    ['address', { address: '255.255.255.255', protocol_port: 80 }],
    ['address', { address: '::ffff:169.254.169.254', protocol_port: 80 }],
    ['address', { address: 'backend..example.test', protocol_port: 80 }],
    ['address', { address: '127.0.0.1\r\n', protocol_port: 80 }],
    ['protocol_port', { address: '127.0.9.1', protocol_port: 0 }],
    ['protocol_port', { address: '127.0.9.1', protocol_port: 65_536 }],
    ['protocol_port', { address: '127.0.9.1' }],
    ['weight', { address: '127.0.9.1', protocol_port: 80, weight: 101 }],
    ['weight', { address: '127.0.9.1', protocol_port: 80, weight: -1 }],
    ['weight', { address: '127.0.9.1', protocol_port: 80, weight: 0.5 }],
    ['name', { address: '127.0.9.1', protocol_port: 80, name: 'x'.repeat(256) }],
  ])('a wrong %s: %j', async (field, member) => {
    const built = await shared();
    const [status, code, message] = await refusal(built, member);
    expect([status, code]).toEqual([400, 'ELB.8902']);
    expect(message).toContain(`invalid input for field member.${field}`);
    expect(await elbow.api.members(built.pool.id)).toEqual([]);
  });

  it('the admin address of the installation', async () => {
    const built = await shared();
    const [host, port] = elbow.admin.split(':');
    expect(await refusal(built, { address: host, protocol_port: Number(port) })).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('admin address'),
    ]);
  });

  let empty: Promise<BuiltListener> | undefined;
  function shared(): Promise<BuiltListener> {
    empty ??= aListener(elbow);
    return empty;
  }
});

describe('lists', () => {
  it('find members by what they are', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const built = await aListener(elbow, {
      members: [one, { address: two.address, port: two.port, weight: 9 }],
    });
    const ids = async (query: string): Promise<readonly string[]> =>
      (await elbow.api.call('GET', `pools/${built.pool.id}/members?${query}`)).json.members.map(
        ({ id }: { id: string }) => id,
      );
    const [first, second] = built.members.map(({ id }) => id);
    expect(await ids(`address=${one.address}&protocol_port=${one.port}`)).toEqual([first]);
    expect(await ids('weight=9')).toEqual([second]);
    expect(await ids('operating_status=NO_MONITOR')).toEqual([first, second]);
    expect(await ids('operating_status=ONLINE')).toEqual([]);
    expect(await ids('limit=1')).toEqual([first]);
  });
});
