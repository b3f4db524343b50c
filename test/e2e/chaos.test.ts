import {
  aListener,
  blackHole,
  type BuiltListener,
  type Elbow,
  lossesOf,
  noLoss,
  type Reply,
  runLoad,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
  untilMember,
  watchMembers,
} from '@elbow/testkit';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

// Members misbehave in every way at once, and come and go: as long as one is well, no client sees an error.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 4 });
});
afterAll(() => elbow?.stop());

async function aBackend(name: string): Promise<ScriptedBackend> {
  const backend = await scriptedBackend({ name });
  onTestFinished(() => backend.stop());
  return backend;
}

const reset = (): Reply => ({ kind: 'reset' });
const truncated = (): Reply => ({ kind: 'raw', bytes: '', ending: 'end' });

/** Under load until `work` is done. @returns what clients got */
async function underLoad(built: BuiltListener, work: () => Promise<void>, durationSeconds = 12) {
  const load = runLoad({ url: `${built.url}/`, clients: 12, durationSeconds });
  const progress = { isOver: false };
  void load.finally(() => (progress.isOver = true)).catch(() => {});
  await work();
  expect(progress.isOver).toBe(false);
  return load;
}

it('four members refuse, reset, end without an answer and say nothing: clients see none of it', async () => {
  const well = await aBackend('well');
  const [refusing, resetting, ending] = [
    await aBackend('refusing'),
    await aBackend('resetting'),
    await aBackend('ending'),
  ];
  resetting.script = reset;
  ending.script = truncated;
  await refusing.stop();
  onTestFinished(() => refusing.reopen());
  const slow = await aBackend('silent');
  slow.script = () => ({ kind: 'silence' });
  const members = [refusing, resetting, ending, slow, well];
  // One second for a silent member leaves room for the others within any patience.
  const built = await aListener(elbow, { members, fields: { member_timeout: 1 } });
  const result = await runLoad({ url: `${built.url}/`, clients: 8, requests: 200 });
  expect(lossesOf(result)).toEqual(noLoss);
  expect(resetting.requests.length).toBeGreaterThan(0);
  expect(slow.requests.length).toBeGreaterThan(0);
});

it('a member that swallows connections costs no error, and after its detection no time either', async () => {
  const well = await aBackend('well');
  const hole = await blackHole();
  onTestFinished(() => hole.stop());
  const built = await aListener(elbow, { members: [well, hole] });
  await watchMembers(elbow, built.pool.id, { type: 'TCP' });
  const [, bad] = built.members;
  await untilMember(elbow, { poolId: built.pool.id, id: bad!.id }, 'OFFLINE');
  const before = performance.now();
  const result = await runLoad({ url: `${built.url}/`, clients: 8, requests: 400 });
  expect(lossesOf(result)).toEqual(noLoss);
  // A single attempt at it would take five seconds.
  expect(performance.now() - before).toBeLessThan(5000);
});

it('four of five members flap under load while checks take them out and bring them back: no error', async () => {
  const well = await aBackend('well');
  const flapping = await Promise.all(['a', 'b', 'c', 'd'].map(aBackend));
  const built = await aListener(elbow, { members: [well, ...flapping], fields: { member_timeout: 2 } });
  await watchMembers(elbow, built.pool.id, { url_path: '/health' });
  const ids = built.members.map(({ id }) => id);
  await untilMember(elbow, { poolId: built.pool.id, id: ids[0]! }, 'ONLINE');
  const good = flapping.map(({ script }) => script);
  const bad: readonly (() => Reply)[] = [reset, truncated, () => ({ kind: 'silence' }), reset];
  const result = await underLoad(
    built,
    async () => {
      for (let round = 0; round < 2; round++) {
        flapping.forEach((backend, at) => (backend.script = bad[at]!));
        await flapping[3]!.stop();
        for (const id of ids.slice(1)) await untilMember(elbow, { poolId: built.pool.id, id }, 'OFFLINE');
        await flapping[3]!.reopen();
        flapping.forEach((backend, at) => (backend.script = good[at]!));
        for (const id of ids.slice(1)) await untilMember(elbow, { poolId: built.pool.id, id }, 'ONLINE');
      }
    },
    20,
  );
  expect(lossesOf(result)).toEqual(noLoss);
  expect(result.total).toBeGreaterThan(100);
  for (const backend of flapping) expect(backend.requests.length).toBeGreaterThan(0);
});

/** Numbers in [0, 1), the same in every run (Park and Miller's generator). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Mood = 'well' | 'slow' | 'resetting' | 'ending' | 'silent' | 'refusing';
const moods: readonly Mood[] = ['well', 'slow', 'resetting', 'ending', 'silent', 'refusing'];

/** A member that takes on one mood after another. */
class Moody {
  readonly backend: ScriptedBackend;
  readonly taken = new Set<Mood>();
  private readonly good: ScriptedBackend['script'];
  private mood: Mood = 'well';

  constructor(backend: ScriptedBackend) {
    this.backend = backend;
    this.good = backend.script;
  }

  async take(mood: Mood): Promise<void> {
    const wasRefusing = this.mood === 'refusing';
    this.mood = mood;
    this.taken.add(mood);
    if (mood === 'refusing' && !wasRefusing) await this.backend.stop();
    if (mood !== 'refusing' && wasRefusing) await this.backend.reopen();
    this.backend.script = (request) => this.reply(request);
  }

  private reply(request: Parameters<ScriptedBackend['script']>[0]): ReturnType<ScriptedBackend['script']> {
    switch (this.mood) {
      case 'resetting':
        return reset();
      case 'ending':
        return truncated();
      case 'silent':
        return { kind: 'silence' };
      case 'slow':
        return { kind: 'answer', delayMs: 300 };
      default:
        return this.good(request);
    }
  }
}

it.each([
  // Half of these meet the hole before the member that is well, and wait five seconds: they are counted, not timed.
  { kind: 'unwatched', amount: { requests: 30 }, leastTotal: 30 },
  { kind: 'watched', amount: { durationSeconds: 8 }, leastTotal: 100 },
] as const)(
  'whatever four of five $kind members do, one of them a black hole, no client of either protocol sees it',
  async ({ kind, amount, leastTotal }) => {
    const well = await aBackend('well');
    const hole = await blackHole();
    onTestFinished(() => hole.stop());
    const moody = (await Promise.all(['a', 'b', 'c'].map(aBackend))).map((backend) => new Moody(backend));
    const built = await aListener(elbow, {
      members: [well, hole, ...moody.map(({ backend }) => backend)],
      fields: { member_timeout: 1, http2_enable: true },
    });
    if (kind === 'watched') await watchMembers(elbow, built.pool.id, { url_path: '/health' });
    const next = numbersFrom(20_261_125);
    const progress = { isOver: false };
    const loads = Promise.all(
      [false, true].map((isHttp2) =>
        runLoad({
          url: `${built.url}/`,
          clients: 6,
          ...amount,
          isHttp2,
          words: isHttp2 ? ['-m', '4'] : [],
        }),
      ),
    ).finally(() => (progress.isOver = true));
    loads.catch(() => {});
    while (!progress.isOver) {
      for (const each of moody) await each.take(moods[Math.floor(next() * moods.length)]!);
      await Promise.race([loads, new Promise((resolve) => setTimeout(resolve, 400))]);
    }
    for (const each of moody) await each.take('well');
    for (const result of await loads) {
      expect(lossesOf(result)).toEqual(noLoss);
      expect(result.total).toBeGreaterThanOrEqual(leastTotal);
    }
    for (const { taken, backend } of moody) {
      expect(taken.size).toBeGreaterThan(3);
      expect(backend.requests.length).toBeGreaterThan(0);
    }
  },
);

it('any number of members may be down once that is known', async () => {
  const well = await aBackend('well');
  const down = await Promise.all(Array.from({ length: 9 }, (_, at) => aBackend(`down-${at}`)));
  const built = await aListener(elbow, { members: [...down, well] });
  await watchMembers(elbow, built.pool.id, { type: 'TCP' });
  const until = async (ids: readonly { id: string }[], status: string): Promise<void> => {
    for (const { id } of ids) await untilMember(elbow, { poolId: built.pool.id, id }, status);
  };
  await until(built.members, 'ONLINE');
  await Promise.all(down.map((backend) => backend.stop()));
  await until(built.members.slice(0, 9), 'OFFLINE');
  const result = await runLoad({ url: `${built.url}/`, clients: 8, requests: 500 });
  expect(lossesOf(result)).toEqual(noLoss);
  for (const backend of down) await backend.reopen();
});

it('a node that dies and comes back goes on serving members before it has checked them', async () => {
  const backend = await aBackend('steady');
  const built = await aListener(elbow, { protocol: 'HTTP', port: 8080, members: [backend] });
  await watchMembers(elbow, built.pool.id, { delay: 50 });
  const before = await elbow.kill9('node');
  await elbow.untilReplaced('node', before);
  await elbow.untilReady();
  expect((await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
});
