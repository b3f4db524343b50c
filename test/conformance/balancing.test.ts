import { aListener, runLoad, scriptedBackend, startElbow, whoAnswers } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Which member a request goes to, by algorithm, weight and changes of both.

let elbow: Elbow;

beforeAll(async () => {
  elbow = await startElbow();
});
afterAll(() => elbow?.stop());

const members = (count: number): Promise<ScriptedBackend[]> =>
  Promise.all(Array.from({ length: count }, () => forThisTest(scriptedBackend())));

const weighted = (made: readonly ScriptedBackend[], weights: readonly number[]) =>
  made.map(({ address, port }, at) => ({ address, port, weight: weights[at]! }));

const counts = (made: readonly ScriptedBackend[]): number[] => made.map(({ requests }) => requests.length);

describe('LEAST_CONNECTIONS', () => {
  it('sends a slow member less', async () => {
    const [slow, quick] = (await members(2)) as [ScriptedBackend, ScriptedBackend];
    const built = await aListener(elbow, {
      members: [slow, quick],
      pool: { lb_algorithm: 'LEAST_CONNECTIONS' },
    });
    for (const [backend, delayMs] of [
      [slow, 1000],
      [quick, 100],
    ] as const)
      backend.script = () => ({ kind: 'answer', body: backend.name, delayMs });
    const load = await runLoad({ url: `${built.url}/`, clients: 20, requests: 200 });
    expect(load.succeeded).toBe(200);
    expect(quick.requests.length).toBeGreaterThan(160);
  });

  it('goes by weight where nobody is busy', async () => {
    const three = await members(3);
    const pool = { lb_algorithm: 'LEAST_CONNECTIONS' };
    const built = await aListener(elbow, { members: weighted(three, [5, 3, 2]), pool });
    const load = await runLoad({ url: `${built.url}/`, clients: 1, requests: 100 });
    expect(load.succeeded).toBe(100);
    expect(counts(three)).toEqual([50, 30, 20]);
  });
});

describe('SOURCE_IP', () => {
  const addresses = Array.from({ length: 24 }, (_, at) => `127.0.77.${at + 1}`);
  const homes = async (built: BuiltListener): Promise<string[]> => {
    const found: string[] = [];
    for (const from of addresses) found.push(await whoAnswers(built, '/', { from }));
    return found;
  };

  it('keeps each address with one member, and moves only those of a member that leaves', async () => {
    const three = await members(3);
    const built = await aListener(elbow, { members: three, pool: { lb_algorithm: 'SOURCE_IP' } });
    const before = await homes(built);
    expect(new Set(before).size).toBe(3);
    expect(await homes(built)).toEqual(before);
    await elbow.api.updateMember(built.pool.id, built.members[0]!.id, { weight: 0 });
    const without = await homes(built);
    expect(without).not.toContain(three[0]!.name);
    expect(without.filter((home, at) => home !== before[at]).length).toBe(
      before.filter((home) => home === three[0]!.name).length,
    );
    await elbow.api.updateMember(built.pool.id, built.members[0]!.id, { weight: 50 });
    expect(await homes(built)).toEqual(before);
  });
});

describe('weights', () => {
  it('of 0 get nothing, and 503 when there is no other', async () => {
    const two = await members(2);
    const built = await aListener(elbow, { members: weighted(two, [0, 1]) });
    for (let i = 0; i < 6; i++) expect(await whoAnswers(built)).toBe(two[1]!.name);
    await elbow.api.updateMember(built.pool.id, built.members[1]!.id, { weight: 0 });
    expect(await whoAnswers(built)).toBe('503');
  });

  it('and the algorithm change with the next request', async () => {
    const two = await members(2);
    const built = await aListener(elbow, { members: two });
    await elbow.api.updateMember(built.pool.id, built.members[0]!.id, { weight: 9 });
    const load = await runLoad({ url: `${built.url}/`, clients: 4, requests: 100 });
    expect([load.succeeded, ...counts(two)]).toEqual([100, 90, 10]);
    await elbow.api.update('pool', built.pool.id, { lb_algorithm: 'SOURCE_IP' });
    const names = await Promise.all([1, 2, 3, 4].map(() => whoAnswers(built)));
    expect(new Set(names).size).toBe(1);
  });
});

describe('a member that is removed', () => {
  it('finishes what it has and gets no more', async () => {
    const [leaving, staying] = (await members(2)) as [ScriptedBackend, ScriptedBackend];
    const built = await aListener(elbow, { members: weighted([leaving, staying], [1, 0]) });
    const late = whoAnswers(built, '/?delay=1500');
    await leaving.until(() => leaving.requests.length === 1, 'the request');
    await elbow.api.updateMember(built.pool.id, built.members[1]!.id, { weight: 1 });
    await elbow.api.removeMember(built.pool.id, built.members[0]!.id);
    for (let i = 0; i < 4; i++) expect(await whoAnswers(built)).toBe(staying.name);
    expect(await late).toBe(leaving.name);
    expect(leaving.requests.length).toBe(1);
  });
});
