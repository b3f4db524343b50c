import { describe, expect, it } from 'vitest';
import { BLAME_WINDOW_MS, blameFor, remember } from './rollback.ts';
import type { Death, ServedPlan } from './rollback.ts';
import { planOf, poolChunk } from './testing/chunks.ts';

const death = (atMs: number, provenVersion: number | null = null): Death => ({
  atMs,
  cause: 'x',
  provenVersion,
});

/** Plans that each add one pool, `p1` first, at the given times. */
function history(...atMs: readonly number[]): readonly ServedPlan[] {
  const plans = atMs.map((at, version) => ({
    plan: planOf(
      version,
      Array.from({ length: version }, (_, index) => poolChunk(`p${index + 1}`, [80])),
    ),
    version,
    atMs: at,
  }));
  return plans;
}

const blamed = (served: readonly ServedPlan[], deaths: readonly Death[]): string[] =>
  [...(blameFor(served, deaths)?.changed.keys() ?? [])].sort();

describe('blameFor', () => {
  const served = history(Number.NEGATIVE_INFINITY, 1000, 4000);

  it('is not moved by one death', () => {
    expect(blamed(served, [death(4100)])).toEqual([]);
  });

  it('blames all changes of the window when the workers died at another time', () => {
    expect(blamed(served, [death(4100), death(5000)])).toEqual(['pool p1', 'pool p2']);
    expect(blameFor(served, [death(4100), death(5000)])?.base).toBe(served[0]);
  });

  it('spares what a worker had served well when it was given the culprit', () => {
    expect(blamed(served, [death(4100, 1), death(4200)])).toEqual(['pool p2']);
    expect(blameFor(served, [death(4100, 1), death(4200)])?.base).toBe(served[1]);
  });

  it('spares changes older than the window and changes after the first death', () => {
    expect(blamed(served, [death(4500), death(1000 + BLAME_WINDOW_MS + 1)])).toEqual(['pool p2']);
    expect(blamed(served, [death(2000), death(5000)])).toEqual(['pool p1']);
    expect(blamed(served, [death(4500), death(4000 + BLAME_WINDOW_MS + 1)])).toEqual([]);
  });

  it('never blames what was there at the start', () => {
    expect(blamed(history(0), [death(1), death(2)])).toEqual([]);
  });

  it('never blames a removal', () => {
    const [empty, one] = history(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const removal: ServedPlan = { plan: empty!.plan, version: 2, atMs: 100 };
    expect(blameFor([one!, removal], [death(200), death(300)])).toBeNull();
  });
});

describe('remember', () => {
  it('keeps the newest plan from before the window and all within it', () => {
    const all = history(0, 1000, 2000, 20_000);
    const kept = remember(all.slice(0, 3), all[3]!);
    expect(kept.map(({ version }) => version)).toEqual([2, 3]);
  });

  it('stays bounded in a burst of changes and keeps the base', () => {
    const plan = planOf(1, []);
    let kept: readonly ServedPlan[] = [{ plan, version: 0, atMs: Number.NEGATIVE_INFINITY }];
    for (let version = 1; version <= 1000; version++) kept = remember(kept, { plan, version, atMs: version });
    expect(kept.length).toBeLessThanOrEqual(32);
    expect([kept[0]?.version, kept.at(-1)?.version]).toEqual([0, 1000]);
  });
});
