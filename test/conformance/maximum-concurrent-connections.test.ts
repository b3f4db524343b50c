import { aListener, openRawClient, runLoad, scriptedBackend, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// `connection`: open client connections of a listener, exact over all workers.

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

const request = `GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;

/** A connection that was served once and stays, or null when it was reset. */
async function hold({ vip, port }: BuiltListener): Promise<RawClient | null> {
  const client = await openRawClient({ host: vip, port }).catch(() => null);
  if (client === null) return null;
  client.write(request);
  await client.until(() => client.answers[0]?.isComplete === true || client.ending !== null, 'an outcome');
  if (client.answers[0]?.status === 200) return client;
  expect(client.ending).toBe('reset');
  return null;
}

async function holdMany(listener: BuiltListener, count: number): Promise<readonly RawClient[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => hold(listener)));
  return clients.filter((client) => client !== null);
}

const plain = (fields: object) => aListener(elbow, { members: [member], protocol: 'HTTP', fields });

describe('connection', () => {
  it('lets as many in as it says, whichever worker they meet', async () => {
    const listener = await plain({ connection: 10 });
    const held = await holdMany(listener, 30);
    expect(held).toHaveLength(10);
    held[0]?.close();
    await expect.poll(() => hold(listener).then((client) => client !== null), { timeout: 5000 }).toBe(true);
    for (const client of held) client.close();
  });

  it('cuts nothing when it is lowered, and refuses until enough have left', async () => {
    const listener = await plain({ connection: 6 });
    const held = await holdMany(listener, 6);
    await elbow.api.update('listener', listener.listener.id, { connection: 2 });
    for (const client of held) client.write(request);
    for (const client of held) expect((await client.answer(1)).status).toBe(200);
    for (const client of held.slice(0, 4)) client.close();
    expect(await hold(listener)).toBeNull();
    for (const client of held) client.close();
  });

  it('has no limit by default', async () => {
    const listener = await plain({});
    expect(listener.listener['connection']).toBe(0);
    const load = await runLoad({ url: `${listener.url}/`, clients: 50, requests: 200 });
    expect(load.failed).toBe(0);
  });

  it.each([-1, 1_000_001, 1.5, '5'])('%j is refused', async (connection) => {
    const listener = await plain({});
    const answer = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, {
      listener: { connection },
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('listener.connection');
  });
});
