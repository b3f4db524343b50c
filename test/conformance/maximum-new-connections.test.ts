import { aListener, openRawClient, scriptedBackend, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// `cps`: new client connections per second of a listener, exact over all workers.

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

async function isServed({ vip, port }: BuiltListener): Promise<boolean> {
  const client = await openRawClient({ host: vip, port }).catch(() => null);
  if (client === null) return false;
  try {
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await client.until(() => client.answers[0]?.isComplete === true || client.ending !== null, 'an outcome');
    return client.answers[0]?.status === 200;
  } finally {
    client.close();
  }
}

async function served(listener: BuiltListener, count: number): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: count }, () => isServed(listener)));
  return outcomes.filter(Boolean).length;
}

const plain = (fields: object) => aListener(elbow, { members: [member], protocol: 'HTTP', fields });

describe('cps', () => {
  it('lets as many in each second as it says', async () => {
    const listener = await plain({ cps: 5 });
    const startMs = Date.now();
    const count = await served(listener, 60);
    // The connects may take longer than one second of the clock; each second is worth five.
    const seconds = Math.floor(Date.now() / 1000) - Math.floor(startMs / 1000) + 1;
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(5 * seconds);
    expect(count % 5).toBe(0);
    await expect.poll(() => isServed(listener), { timeout: 5000 }).toBe(true);
  });

  it('counts connections and not requests', async () => {
    const listener = await plain({ cps: 1 });
    await expect.poll(() => isServed(listener), { timeout: 5000 }).toBe(true);
    let client = null;
    while (client === null)
      client = await openRawClient({ host: listener.vip, port: listener.port }).catch(() => null);
    for (let at = 0; at < 5 && client.ending === null; at++) {
      client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
      await client.until(
        () => client.answers[at]?.isComplete === true || client.ending !== null,
        'an outcome',
      );
    }
    // Either it was refused as a whole or served as a whole.
    expect([0, 5]).toContain(client.answers.length);
    client.close();
  });

  it('has no limit by default', async () => {
    const listener = await plain({});
    expect(listener.listener['cps']).toBe(0);
    expect(await served(listener, 50)).toBe(50);
  });

  it.each([-1, 1_000_001, 1.5, null])('%j is refused', async (cps) => {
    const listener = await plain({});
    const answer = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, { listener: { cps } });
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('listener.cps');
  });
});
