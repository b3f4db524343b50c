import { hash as digest } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AssembledPlan, assemblePlan, type ReceivedPlan } from './assemble-plan.ts';
import { checkPlan } from './check-plan.ts';
import type { Chunk } from './chunk.ts';
import { chunkHash } from './chunk-hash.ts';
import { emptyPlan, findChunk, makePlan, type Plan } from './plan.ts';
import { planDelta } from './plan-delta.ts';
import { sampleCertificate, sampleDelivery, sampleListener, samplePool } from './testing/sample-chunks.ts';

const hash = (text: string) => digest('sha256', text, 'hex');
const everything = [sampleListener(), samplePool(), sampleCertificate()];

function assembled(previous: Plan, received: ReceivedPlan): AssembledPlan {
  const result = assemblePlan(previous, received, hash);
  if (!result.ok) throw new Error(result.problems.join('; '));
  expect(checkPlan(result.value.plan)).toEqual([]);
  return result.value;
}

function problemsOf(previous: Plan, received: ReceivedPlan): string {
  const result = assemblePlan(previous, received, hash);
  return result.ok ? 'no problem' : result.problems.join('\n');
}

/** A manifest that wants these kinds and ids kept, and enclosed chunks served. */
function keeping(
  kept: readonly { kind: Chunk['kind']; id: string }[],
  chunks: readonly Chunk[],
): ReceivedPlan {
  const delivery = sampleDelivery(2, chunks, hash);
  const entries = [...kept.map(({ kind, id }) => ({ kind, id, hash: null })), ...delivery.manifest.entries];
  return { manifest: { revision: 2, entries }, chunks: delivery.chunks };
}

const first = assembled(emptyPlan, sampleDelivery(1, everything, hash)).plan;

describe('assemblePlan', () => {
  it('indexes what it serves', () => {
    expect(first.revision).toBe(1);
    expect(findChunk(first, 'pool', 'pool-1')).toEqual(samplePool());
    expect(findChunk(first, 'pool', 'pool-2')).toBeNull();
    expect([...first.listeners.keys()]).toEqual(['listener-1']);
  });

  it('takes the chunks that did not travel from the plan before', () => {
    const pool = samplePool({ members: [] });
    const chunks = [sampleListener(), pool, sampleCertificate()];
    const { manifest } = sampleDelivery(2, chunks, hash);
    const byHash = new Map(chunks.map((chunk) => [chunkHash(chunk, hash), chunk]));
    const message = planDelta(new Set(first.chunks.keys()), manifest, byHash);
    expect(Object.values(message.chunks)).toEqual([pool]);
    const next = assembled(first, message);
    expect(next.plan.pools.get('pool-1')).toEqual(pool);
    expect(next.plan.listeners.get('listener-1')).toBe(first.listeners.get('listener-1'));
    expect(next.troubles).toEqual([]);
  });

  it('serves nothing that the manifest does not list', () => {
    expect(assembled(first, sampleDelivery(2, [samplePool()], hash)).plan.listeners.size).toBe(0);
  });

  it('goes back to a lower revision when told so', () => {
    expect(
      assembled(
        assembled(first, sampleDelivery(9, everything, hash)).plan,
        sampleDelivery(3, everything, hash),
      ).plan.revision,
    ).toBe(3);
  });
});

describe('assemblePlan keeps', () => {
  it('the earlier form of an entry without a hash, with the chunks it needs', () => {
    const { plan, troubles } = assembled(first, keeping([{ kind: 'listener', id: 'listener-1' }], []));
    expect(plan.listeners.get('listener-1')).toEqual(sampleListener());
    expect(plan.pools.size + plan.certificates.size).toBe(2);
    expect(plan.manifest.entries.every((entry) => plan.chunks.has(entry.hash))).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('an earlier listener beside the newer form of its pool', () => {
    const pool = samplePool({ members: [] });
    const { plan } = assembled(first, keeping([{ kind: 'listener', id: 'listener-1' }], [pool]));
    expect(plan.pools.get('pool-1')).toEqual(pool);
    expect(plan.listeners.size).toBe(1);
  });

  it('nothing where there was nothing, and says so', () => {
    const { plan, troubles } = assembled(emptyPlan, keeping([{ kind: 'listener', id: 'listener-1' }], []));
    expect(plan.chunks.size).toBe(0);
    expect(troubles).toEqual([
      { kind: 'listener', id: 'listener-1', reason: expect.stringContaining('no earlier form') },
    ]);
  });

  it('not a listener whose socket another one has now', () => {
    const heir = sampleListener({ id: 'listener-2' });
    const wanted = keeping(
      [{ kind: 'listener', id: 'listener-1' }],
      [heir, samplePool(), sampleCertificate()],
    );
    const { plan, troubles } = assembled(first, wanted);
    expect([...plan.listeners.keys()]).toEqual(['listener-2']);
    expect(troubles[0]?.reason).toContain('belongs to another listener');
  });

  it('the earlier listener when its newer form needs a pool that was never here', () => {
    const moved = sampleListener({ defaultPoolId: 'pool-2' });
    const wanted = keeping([{ kind: 'pool', id: 'pool-2' }], [moved, sampleCertificate()]);
    const { plan, troubles } = assembled(first, wanted);
    expect(plan.listeners.get('listener-1')?.defaultPoolId).toBe('pool-1');
    expect(troubles.map((trouble) => trouble.id).sort()).toEqual(['listener-1', 'pool-2']);
    expect(assembled(emptyPlan, wanted).plan.listeners.size).toBe(0);
  });
});

describe('assemblePlan refuses as a whole', () => {
  const delivery = sampleDelivery(2, everything, hash);
  const [entry, ...others] = delivery.manifest.entries;

  it('a chunk that nobody has', () => {
    expect(problemsOf(emptyPlan, { manifest: delivery.manifest, chunks: {} })).toContain('is unknown here');
  });

  it('a chunk that is not what its hash says', () => {
    const chunks = { ...delivery.chunks, [entry!.hash]: sampleListener({ port: 8443 }) };
    expect(problemsOf(emptyPlan, { ...delivery, chunks })).toContain('is not what its name says');
  });

  it('a chunk that is not what its entry says', () => {
    const entries = [{ ...entry!, id: 'listener-2' }, ...others];
    expect(problemsOf(emptyPlan, { ...delivery, manifest: { revision: 2, entries } })).toContain(
      'its chunk is listener listener-1',
    );
  });

  it('a chunk out of range under its right hash', () => {
    expect(problemsOf(emptyPlan, sampleDelivery(2, [sampleListener({ port: 65_536 })], hash))).toContain(
      'listener.port',
    );
  });

  it.each([
    ['pool pool-1 is not in the plan', [sampleListener(), sampleCertificate()]],
    ['certificate certificate-1 is not in the plan', [sampleListener(), samplePool()]],
    ['is taken by listener listener-1', [...everything, sampleListener({ id: 'listener-2' })]],
  ])('%s', (problem, chunks) => {
    expect(problemsOf(emptyPlan, sampleDelivery(2, chunks, hash))).toContain(problem);
  });

  it('two listeners on one socket written in two ways', () => {
    const chunks = ['::1', '0:0::1'].map((address, index) =>
      sampleListener({ id: `l${index}`, address, protocol: 'HTTP', tls: null, defaultPoolId: null }),
    );
    expect(problemsOf(emptyPlan, sampleDelivery(2, chunks, hash))).toContain('is taken by');
  });

  it('a manifest that lists an object twice, or is none', () => {
    const entries = [...delivery.manifest.entries, entry!];
    expect(problemsOf(emptyPlan, { ...delivery, manifest: { revision: 2, entries } })).toContain(
      'listed twice',
    );
    expect(problemsOf(emptyPlan, { ...delivery, manifest: { revision: -1, entries: [] } })).toContain(
      'manifest.revision',
    );
  });
});

describe('checkPlan', () => {
  it('finds bad chunks and two chunks under one id', () => {
    const plan = makePlan(
      1,
      new Map<string, Chunk>([
        ['a', samplePool()],
        ['b', samplePool({ members: [] })],
        ['c', sampleListener({ port: 0 })],
      ]),
    );
    const problems = checkPlan(plan).join('\n');
    expect(problems).toContain('pool pool-1: two chunks have this id');
    expect(problems).toContain('listener listener-1: listener.port');
    expect(problems).toContain('certificate certificate-1 is not in the plan');
  });
});

describe('planDelta', () => {
  it('throws rather than send a manifest the node cannot follow', () => {
    expect(() => planDelta(new Set(), first.manifest, new Map())).toThrow('is at hand nowhere');
  });
});
