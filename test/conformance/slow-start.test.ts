import { aListener, memberFields, runLoad, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// A member that joins others gets its share little by little.

let elbow: Elbow;

beforeAll(async () => {
  elbow = await startElbow();
});
afterAll(() => elbow?.stop());

async function slowPool(fields: object = {}): Promise<{ built: BuiltListener; three: ScriptedBackend[] }> {
  const three = await Promise.all([1, 2, 3].map(() => forThisTest(scriptedBackend())));
  const pool = { slow_start: { enable: true, duration: 600 }, ...fields };
  return { built: await aListener(elbow, { pool }), three };
}

const add = (built: BuiltListener, backend: ScriptedBackend, fields: object = {}): Promise<unknown> =>
  elbow.api.addMember(built.pool.id, { ...memberFields(backend), ...fields });

/** How many of 300 requests each member gets now. */
async function shares(built: BuiltListener, members: readonly ScriptedBackend[]): Promise<number[]> {
  for (const member of members) member.forget();
  const load = await runLoad({ url: `${built.url}/`, clients: 4, requests: 300 });
  expect(load.succeeded).toBe(300);
  return members.map(({ requests }) => requests.length);
}

describe('slow start', () => {
  it('is for members that join others, not for the first one', async () => {
    const { built, three } = await slowPool();
    await add(built, three[0]!);
    expect((await shares(built, three))[0]).toBe(300);
    await add(built, three[1]!);
    const [first, second] = await shares(built, three);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(30);
    expect(first! + second!).toBe(300);
  });

  it('rises: a second member that joined long enough ago has its whole share', async () => {
    const { built, three } = await slowPool({ slow_start: { enable: true, duration: 30 } });
    await add(built, three[0]!);
    await add(built, three[1]!);
    const early = (await shares(built, three))[1]!;
    await new Promise((resolve) => setTimeout(resolve, 8000));
    const later = (await shares(built, three))[1]!;
    expect(early).toBeLessThan(40);
    expect(later).toBeGreaterThan(early);
    expect(later).toBeLessThan(150);
  });

  it('ends when it is switched off', async () => {
    const { built, three } = await slowPool();
    await add(built, three[0]!);
    await add(built, three[1]!);
    await elbow.api.update('pool', built.pool.id, { slow_start: null });
    expect((await shares(built, three)).slice(0, 2)).toEqual([150, 150]);
  });
});
