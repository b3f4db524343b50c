import type { Chunk, Plan } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { PlanHolder } from './plan-holder.ts';
import { listenerChunk, planOf, poolChunk } from './testing/chunks.ts';

const received = (plan: Plan) => ({ manifest: plan.manifest, chunks: Object.fromEntries(plan.chunks) });
const ids = (plan: Plan): string[] => plan.manifest.entries.map(({ kind, id }) => `${kind} ${id}`).sort();

/** A holder that has served each of the plans, a minute apart. */
function holderOf(...plans: readonly (readonly Chunk[])[]): PlanHolder {
  const holder = new PlanHolder(planOf(0, []));
  plans.forEach((chunks, index) => {
    holder.receive(received(planOf(index + 1, chunks)));
    holder.noteServed(index + 1, (index + 1) * 60_000);
  });
  return holder;
}

/** Two workers die shortly after plan number `after`. */
function killTwo(holder: PlanHolder, after: number): boolean {
  const death = { atMs: after * 60_000 + 100, cause: 'boom', provenVersion: null };
  holder.noteDeath(death);
  return holder.noteDeath({ ...death, atMs: death.atMs + 100 });
}

const web = listenerChunk({ id: 'web', port: 80, defaultPoolId: 'p' });
const pool = poolChunk('p', [1]);

describe('PlanHolder', () => {
  it('goes back to the earlier form of what changed, with the reason, and keeps the new revision', () => {
    const worse = poolChunk('p', [2]);
    const holder = holderOf([web, pool], [web, worse]);
    expect(killTwo(holder, 2)).toBe(true);
    expect(holder.plan.pools.get('p')).toEqual(pool);
    expect(holder.plan.revision).toBe(2);
    expect(holder.troubles).toEqual([
      { kind: 'pool', id: 'p', reason: 'rolled back: two workers died within 10 s of this change (boom)' },
    ]);
  });

  it('leaves out what is new, and brings back what its earlier form needs', () => {
    const other = listenerChunk({ id: 'web', port: 80, defaultPoolId: 'q' });
    const holder = holderOf([web, pool], [other, poolChunk('q', [3])]);
    killTwo(holder, 2);
    expect(ids(holder.plan)).toEqual(['listener web', 'pool p']);
    expect(holder.plan.listeners.get('web')).toEqual(web);
  });

  it('keeps a change banned through other plans until the object gets another content', () => {
    const worse = poolChunk('p', [2]);
    const holder = holderOf([web, pool], [web, worse]);
    killTwo(holder, 2);
    holder.receive(received(planOf(3, [web, worse, poolChunk('q', [4])])));
    expect(holder.plan.pools.get('p')).toEqual(pool);
    expect(ids(holder.plan)).toEqual(['listener web', 'pool p', 'pool q']);
    holder.receive(received(planOf(4, [web, poolChunk('p', [5])])));
    expect(holder.plan.pools.get('p')).toEqual(poolChunk('p', [5]));
    expect(holder.troubles).toEqual([]);
  });

  it('names the chunks of the plan it was sent, so that a rolled back one is not sent for nothing', () => {
    const sent = planOf(2, [web, poolChunk('p', [2])]);
    const holder = holderOf([web, pool], [web, poolChunk('p', [2])]);
    killTwo(holder, 2);
    expect([...holder.hashes].sort()).toEqual([...sent.chunks.keys()].sort());
  });

  it('refuses a plan that breaks a rule and changes nothing', () => {
    const holder = holderOf([web, pool]);
    const before = holder.plan;
    expect(holder.receive(received(planOf(2, [web]))).ok).toBe(false);
    expect(holder.plan).toBe(before);
  });

  it('never goes back to a plan that was rolled back', () => {
    const holder = holderOf([web, pool], [web, poolChunk('p', [2])]);
    killTwo(holder, 2);
    holder.noteServed(3, 2 * 60_000 + 300);
    holder.receive(received(planOf(3, [web, poolChunk('p', [2]), poolChunk('q', [4])])));
    holder.noteServed(4, 2 * 60_000 + 10_150);
    const death = { atMs: 2 * 60_000 + 10_200, cause: 'again', provenVersion: 3 };
    holder.noteDeath(death);
    expect(holder.noteDeath({ ...death, provenVersion: null })).toBe(true);
    expect(holder.plan.pools.get('p')).toEqual(pool);
    expect(ids(holder.plan)).toEqual(['listener web', 'pool p']);
  });
});
