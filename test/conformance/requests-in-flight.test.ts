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

// How busy a member is can be seen while its requests are under way.

let elbow: Elbow;
let member: ScriptedBackend;
let built: BuiltListener;
let release: () => void = () => {};
const held = new Promise<void>((resolve) => {
  release = resolve;
});

beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
  member = await scriptedBackend({
    script: async () => {
      await held;
      return { kind: 'answer', status: 200, body: 'at last' };
    },
  });
  built = await aListener(elbow, { members: [member] });
});
afterAll(async () => {
  release();
  await elbow?.stop();
  await member?.stop();
});

async function inFlight(): Promise<readonly number[]> {
  const { json } = expectStatus(await elbow.api.call('GET', `/elbow/v1/pools/${built.pool.id}`), 200);
  return json.pool.members[0].seen.map((one: { requests_in_flight: number }) => one.requests_in_flight);
}

it('counts requests that a member has and has not answered, over all workers', async () => {
  expect(await inFlight()).toEqual([0]);
  const asked = [1, 2, 3].map((count) => askOnce(built, `/${count}`));
  await member.until(() => member.requests.length === 3, 'three requests');
  expect(await inFlight()).toEqual([3]);
  release();
  await Promise.all(asked);
  await poll(async () => (await inFlight())[0] === 0, { timeoutMs: 10_000, what: 'nothing in flight' });
});
