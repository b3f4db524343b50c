import {
  aListener,
  freeAddress,
  openRawClient,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Who may connect is decided on the TCP peer, before TLS; who may not is reset without a byte.

let elbow: Elbow;
let member: ScriptedBackend;
const friend = freeAddress();
const stranger = freeAddress();

beforeAll(async () => {
  elbow = await startElbow({ arguments: ['--quotas', 'ipgroup_max_length=-1,ipgroups_per_listener=2'] });
  member = await scriptedBackend();
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

async function aGroup(...addresses: readonly string[]): Promise<WireResource> {
  const body = { ipgroup: { ip_list: addresses.map((ip) => ({ ip })) } };
  const answer = await elbow.api.call('POST', 'ipgroups', body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json.ipgroup;
}

async function editGroup(id: string, ...addresses: readonly string[]): Promise<void> {
  const body = { ipgroup: { ip_list: addresses.map((ip) => ({ ip })) } };
  const answer = await elbow.api.call('PUT', `ipgroups/${id}`, body);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers['x-elbow-live']).not.toBe('pending');
}

function guarded(group: WireResource, ipgroup: object = {}, protocol: 'HTTP' | 'HTTPS' = 'HTTPS') {
  const fields = { ipgroup: { ipgroup_id: group.id, ...ipgroup } };
  return aListener(elbow, { members: [member], protocol, fields });
}

const request = `GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;

/** The status that a client from this address gets, or how its connection ended before there was any byte. */
async function outcome(
  listener: BuiltListener,
  from: string,
  bytes = request,
): Promise<number | 'reset' | 'end'> {
  const plain = await openRawClient({ host: listener.vip, port: listener.port, from }).catch(() => null);
  if (plain === null) return 'reset';
  try {
    if (listener.certificate !== null) {
      plain.close();
      const client = await listener.connect({ from }).catch(() => null);
      return client === null ? 'reset' : statusOf(client, bytes);
    }
    return await statusOf(plain, bytes);
  } finally {
    plain.close();
  }
}

async function statusOf(client: RawClient, bytes: string): Promise<number | 'reset' | 'end'> {
  client.write(bytes);
  await client.until(() => client.answers[0]?.isComplete === true || client.ending !== null, 'an outcome');
  const status = client.answers[0]?.status ?? client.ending ?? 'end';
  client.close();
  return status;
}

describe('an allow list', () => {
  it.each(['HTTP', 'HTTPS'] as const)(
    'of a %s listener lets only those in that are on it',
    async (protocol) => {
      const listener = await guarded(await aGroup(friend), {}, protocol);
      expect(await outcome(listener, friend)).toBe(200);
      expect(await outcome(listener, stranger)).toBe('reset');
    },
  );

  it('lets nobody in while it is empty', async () => {
    const listener = await guarded(await aGroup());
    expect(await outcome(listener, friend)).toBe('reset');
  });

  it('resets before any byte of TLS', async () => {
    const listener = await guarded(await aGroup(friend));
    const place = { host: listener.vip, port: listener.port, from: stranger };
    // The reset may come before the client knows that it is connected.
    const client = await openRawClient(place).catch(() => null);
    expect(client === null ? 'reset' : await client.ended()).toBe('reset');
    expect(client?.answers ?? []).toEqual([]);
  });

  it('does not listen to what a client says of itself', async () => {
    const listener = await guarded(await aGroup(friend), {}, 'HTTP');
    const claim = request.replace('\r\n\r\n', `\r\nX-Forwarded-For: ${friend}\r\n\r\n`);
    expect(await outcome(listener, stranger, claim)).toBe('reset');
  });
});

describe('a deny list', () => {
  it('lets all but those in that are on it', async () => {
    const listener = await guarded(await aGroup(`${stranger}/32`), { type: 'black' });
    expect(await outcome(listener, friend)).toBe(200);
    expect(await outcome(listener, stranger)).toBe('reset');
  });

  it('lets everybody in while it is empty', async () => {
    const listener = await guarded(await aGroup(), { type: 'black' });
    expect(await outcome(listener, friend)).toBe(200);
  });
});

describe('a change', () => {
  it('is for new connections only: open ones go on', async () => {
    const group = await aGroup();
    const listener = await guarded(group, { type: 'black' });
    const open = await listener.connect({ from: friend });
    open.write(request);
    expect((await open.answer(0)).status).toBe(200);
    await editGroup(group.id, friend);
    open.write(request);
    expect((await open.answer(1)).status).toBe(200);
    expect(await outcome(listener, friend)).toBe('reset');
    expect(await outcome(listener, stranger)).toBe(200);
    await editGroup(group.id);
    expect(await outcome(listener, friend)).toBe(200);
    open.close();
  });

  it('of the listener switches the list off and on, and takes it away', async () => {
    const group = await aGroup();
    const listener = await guarded(group);
    const change = (ipgroup: object | null) =>
      elbow.api.update('listener', listener.listener.id, { ipgroup });
    expect(await outcome(listener, friend)).toBe('reset');
    const off = await change({ enable_ipgroup: false });
    expect(off['ipgroup']).toEqual({ ipgroup_id: group.id, enable_ipgroup: false, type: 'white' });
    expect(await outcome(listener, friend)).toBe(200);
    await change({ enable_ipgroup: true });
    expect(await outcome(listener, friend)).toBe('reset');
    expect((await change(null))['ipgroup']).toBeNull();
    expect(await outcome(listener, friend)).toBe(200);
  });

  it('costs no connection of the limits', async () => {
    const fields = { ipgroup: { ipgroup_id: (await aGroup(friend)).id }, connection: 1 };
    const listener = await aListener(elbow, { members: [member], protocol: 'HTTP', fields });
    const held = await openRawClient({ host: listener.vip, port: listener.port, from: friend });
    held.write(request);
    await held.answer(0);
    for (let count = 0; count < 5; count++) expect(await outcome(listener, stranger)).toBe('reset');
    held.write(request);
    expect((await held.answer(1)).status).toBe(200);
    expect(await outcome(listener, friend)).toBe('reset');
    held.close();
  });
});

describe('several groups', () => {
  it('count together', async () => {
    const groups = [await aGroup(friend), await aGroup(stranger)];
    const fields = { ipgroup: { ipgroup_id: groups.map(({ id }) => id).join(',') } };
    const listener = await aListener(elbow, { members: [member], fields });
    expect(await outcome(listener, friend)).toBe(200);
    expect(await outcome(listener, stranger)).toBe(200);
    expect(await outcome(listener, freeAddress())).toBe('reset');
  });
});

describe('100,000 addresses', () => {
  it('are looked through, the last one too', async () => {
    const many = Array.from({ length: 99_999 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
    const group = await aGroup();
    const listener = await guarded(group);
    const body = { ipgroup: { ip_list: [...many, friend].map((ip) => ({ ip })) } };
    const answer = await elbow.api.call('PUT', `ipgroups/${group.id}`, body, { timeoutMs: 30_000 });
    expect(answer.json.ipgroup.ip_list).toHaveLength(100_000);
    await elbow.untilReady();
    expect(await outcome(listener, friend)).toBe(200);
    expect(await outcome(listener, stranger)).toBe('reset');
  });
});
