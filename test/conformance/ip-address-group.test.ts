import {
  aListener,
  freeAddress,
  openRawClient,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A group of addresses, edited in parts, seen by every listener that uses it.

let elbow: Elbow;
let member: ScriptedBackend;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

async function call(method: string, path: string, ipgroup?: object): Promise<WireResource> {
  const answer = await elbow.api.call(method, path, ipgroup === undefined ? undefined : { ipgroup });
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.json.ipgroup;
}

const entries = (...ips: readonly string[]) => ({ ip_list: ips.map((ip) => ({ ip })) });

async function isAdmitted({ vip, port }: BuiltListener, from: string): Promise<boolean> {
  const client = await openRawClient({ host: vip, port, from }).catch(() => null);
  if (client === null) return false;
  try {
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await client.until(() => client.answers[0]?.isComplete === true || client.ending !== null, 'an outcome');
    return client.answers[0]?.status === 200;
  } finally {
    client.close();
  }
}

function using(group: WireResource): Promise<BuiltListener> {
  const fields = { ipgroup: { ipgroup_id: group.id } };
  return aListener(elbow, { members: [member], protocol: 'HTTP', fields });
}

describe('an entry', () => {
  it.each([
    ['an address', '127.1.1.7', ['127.1.1.7'], ['127.1.1.6', '127.1.1.8']],
    ['a network', '127.1.1.4/30', ['127.1.1.4', '127.1.1.7'], ['127.1.1.3', '127.1.1.8']],
    ['a network with host bits', '127.1.1.6/30', ['127.1.1.4', '127.1.1.7'], ['127.1.1.3']],
    [
      'a range',
      '127.1.1.250-127.1.2.3',
      ['127.1.1.250', '127.1.2.0', '127.1.2.3'],
      ['127.1.1.249', '127.1.2.4'],
    ],
    ['a mapped address', '::ffff:127.1.1.7', ['127.1.1.7'], ['127.1.1.8']],
  ])('may be %s', async (_, entry, inside, outside) => {
    const listener = await using(await call('POST', 'ipgroups', entries(entry)));
    for (const address of inside) expect(await isAdmitted(listener, address), address).toBe(true);
    for (const address of outside) expect(await isAdmitted(listener, address), address).toBe(false);
  });
});

describe('an edit', () => {
  it('is seen by all listeners of the group', async () => {
    const [one, other] = [freeAddress(), freeAddress()];
    const group = await call('POST', 'ipgroups', entries(one));
    const listeners = [await using(group), await using(group)];
    const admitted = async (from: string) =>
      Promise.all(listeners.map((listener) => isAdmitted(listener, from)));
    expect([await admitted(one), await admitted(other)]).toEqual([
      [true, true],
      [false, false],
    ]);
    await call('POST', `ipgroups/${group.id}/iplist/create-or-update`, entries(`${other}/32`));
    expect([await admitted(one), await admitted(other)]).toEqual([
      [true, true],
      [true, true],
    ]);
    await call('POST', `ipgroups/${group.id}/iplist/batch-delete`, entries(one));
    expect([await admitted(one), await admitted(other)]).toEqual([
      [false, false],
      [true, true],
    ]);
    await call('PUT', `ipgroups/${group.id}`, entries());
    expect([await admitted(one), await admitted(other)]).toEqual([
      [false, false],
      [false, false],
    ]);
    const { json } = await elbow.api.call('GET', `ipgroups/${group.id}/related-listeners`);
    expect(json.listeners.map(({ id }: WireResource) => id).sort()).toEqual(
      listeners.map(({ listener }) => listener.id).sort(),
    );
  });

  it('survives a restart of the daemon', async () => {
    const friend = freeAddress();
    const listener = await using(await call('POST', 'ipgroups', entries(friend)));
    await elbow.kill9Everything();
    await elbow.start();
    expect(await isAdmitted(listener, friend)).toBe(true);
    expect(await isAdmitted(listener, freeAddress())).toBe(false);
  });
});

describe('deleting', () => {
  it('is refused while a listener uses it', async () => {
    const group = await call('POST', 'ipgroups', entries());
    const listener = await using(group);
    const refused = await elbow.api.call('DELETE', `ipgroups/${group.id}`);
    expect([refused.status, refused.json.error_code]).toEqual([409, 'ELB.8907']);
    expect(refused.json.error_msg).toContain(listener.listener.id);
    expect((await elbow.api.call('DELETE', `listeners/${listener.listener.id}/force`)).status).toBe(204);
    expect((await elbow.api.call('DELETE', `ipgroups/${group.id}`)).status).toBe(204);
  });
});
