import {
  aListener,
  askOnce,
  type BuiltListener,
  type Elbow,
  expectStatus,
  poll,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Connections that cannot be made are counted and shown; where a pool asks for it, a member gets nothing for a while.

let elbow: Elbow;
let good: ScriptedBackend;
let bad: ScriptedBackend;
let listener: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  good = await scriptedBackend();
  bad = await scriptedBackend();
  listener = await aListener(elbow, { members: [good, bad], protocol: 'HTTP' });
  await bad.stop();
});
afterAll(async () => {
  await elbow?.stop();
  await good?.stop();
});

function put(fields: object) {
  const body = { passive_ejection: fields };
  return elbow.api.call('PUT', `/elbow/v1/pools/${listener.pool.id}/passive-ejection`, body);
}

async function ask(count: number): Promise<void> {
  for (let at = 0; at < count; at++) expect((await askOnce(listener)).status).toBe(200);
}

async function seen() {
  const { json } = expectStatus(await elbow.api.call('GET', `/elbow/v1/pools/${listener.pool.id}`), 200);
  const member = json.pool.members.find(
    ({ protocol_port: port }: { protocol_port: number }) => port === bad.port,
  );
  return { pool: json.pool, ...member.seen[0] };
}

it('is off by default: failures are shown, and every second request goes to the other member second', async () => {
  await ask(10);
  await poll(async () => (await seen()).connect_errors === 5, { timeoutMs: 5000, what: 'five failures' });
  const shown = await seen();
  expect(shown.pool.passive_ejection).toEqual({ enable: false, failures: 5, seconds: 30 });
  expect(shown).toMatchObject({ connect_timeouts: 0, connect_failures_in_a_row: 5, left_out_until: null });
});

it('takes a member out after so many failures in a row, and lets it try again later', async () => {
  expectStatus(await put({ enable: true, failures: 2, seconds: 2 }), 200);
  const before = (await seen()).connect_errors;
  await ask(4);
  await poll(async () => (await seen()).left_out_until !== null, {
    timeoutMs: 5000,
    what: 'the member left out',
  });
  const failures = (await seen()).connect_errors;
  expect(failures - before).toBeLessThanOrEqual(2);
  await ask(10);
  expect((await seen()).connect_errors).toBe(failures);
  await bad.reopen();
  await poll(
    async () => {
      await ask(2);
      return bad.requests.length > 0;
    },
    { timeoutMs: 10_000, what: 'requests at the member that is back', everyMs: 200 },
  );
  expect(await seen()).toMatchObject({ left_out_until: null, connect_failures_in_a_row: 0 });
  expectStatus(await put({ enable: false }), 200);
});

it('has bounds', async () => {
  for (const [fields, field] of [
    [{}, 'enable'],
    [{ enable: true, failures: 0 }, 'failures'],
    [{ enable: true, seconds: 3601 }, 'seconds'],
  ] as const)
    expect(expectStatus(await put(fields), 400).json.error_msg).toContain(`passive_ejection.${field}`);
});
