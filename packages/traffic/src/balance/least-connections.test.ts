import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastConnections } from './least-connections.ts';
import { smoothSchedule } from './round-robin.ts';

/** A pool whose counts lie in one arena, or in one for each member. */
function aPool(weights: readonly number[], counts: readonly number[], isApart = false) {
  const arena = Int32Array.from(counts);
  const cells = weights.map((_, member) =>
    isApart ? { words: Int32Array.of(counts[member]!), place: 0 } : { words: arena, place: member },
  );
  const picker = new LeastConnections({ weights, cells, schedule: smoothSchedule(weights) });
  const begin = (member: number): void => void cells[member]!.words[cells[member]!.place]!++;
  return { picker, begin };
}

const pools = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.nat(50)), { maxLength: 30 })
  .map((members) => ({
    weights: members.map(([weight]) => weight),
    counts: members.map(([, count]) => count),
  }));

describe('LeastConnections', () => {
  it('picks a member whose load no other one undercuts, and nobody when no weight is positive', () => {
    fc.assert(
      fc.property(pools, fc.integer(), fc.boolean(), ({ weights, counts }, ticket, isApart) => {
        const picked = aPool(weights, counts, isApart).picker.pick(ticket);
        const loads = weights.map((weight, member) => (weight === 0 ? Infinity : counts[member]! / weight));
        const least = Math.min(...loads);
        if (least === Infinity) expect(picked).toBe(-1);
        else expect(loads[picked]).toBe(least);
      }),
    );
  });

  it('goes by turns while nobody is busy', () => {
    const { picker } = aPool([5, 1, 1], [0, 0, 0]);
    expect([0, 1, 2, 3, 4, 5, 6].map((ticket) => picker.pick(ticket))).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it('goes by turns among those that are equally busy', () => {
    const { picker } = aPool([2, 1, 1], [4, 2, 2]);
    expect([0, 1, 2, 3, 4].map((ticket) => picker.pick(ticket))).toEqual([0, 1, 2, 0, 0]);
    const busy = aPool([1, 1, 1, 1], [3, 5, 3, 4], true).picker;
    expect([0, 1, 2, 3].map((ticket) => busy.pick(ticket))).toEqual([0, 2, 2, 0]);
  });

  it('fills members in proportion to their weights when nothing ends', () => {
    const { picker, begin } = aPool([5, 3, 2], [0, 0, 0]);
    const picks = [0, 0, 0];
    for (let ticket = 0; ticket < 1000; ticket++) {
      const member = picker.pick(ticket);
      picks[member]!++;
      begin(member);
    }
    expect(picks).toEqual([500, 300, 200]);
  });

  it('takes the least loaded of the others after a failure', () => {
    const { picker } = aPool([1, 1, 1, 0], [0, 7, 3, 0]);
    expect([picker.pickOther([0]), picker.pickOther([0, 2]), picker.pickOther([0, 1, 2])]).toEqual([
      2, 1, -1,
    ]);
  });
});
