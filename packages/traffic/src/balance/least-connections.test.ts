import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastConnections } from './least-connections.ts';
import { smoothSchedule } from './round-robin.ts';

interface Kind {
  /** Each member's count lies in an arena of its own. */
  readonly isApart?: boolean;
  /** Ends of requests are counted. */
  readonly isLarge?: boolean;
}

function aPool(
  weights: readonly number[],
  counts: readonly number[],
  { isApart = false, isLarge = false }: Kind = {},
) {
  const arena = Int32Array.from(counts);
  const cells = weights.map((_, member) =>
    isApart
      ? { words: Int32Array.of(counts[member]!), place: 0, block: member % 8 }
      : { words: arena, place: member, block: member % 8 },
  );
  const endings = isLarge ? { words: new Int32Array(8), place: 0 } : null;
  const picker = new LeastConnections({ weights, cells, schedule: smoothSchedule(weights), endings });
  const add = (member: number, change: number): void => {
    cells[member]!.words[cells[member]!.place]! += change;
    if (change < 0 && endings !== null) endings.words[cells[member]!.block]!++;
  };
  return { picker, add, loadOf: (member: number) => cells[member]!.words[cells[member]!.place]! };
}

const pools = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.nat(50)), { maxLength: 30 })
  .map((members) => ({
    weights: members.map(([weight]) => weight),
    counts: members.map(([, count]) => count),
  }));

const kinds = fc.record({ isApart: fc.boolean(), isLarge: fc.boolean() });

/** By the letter: of the least loaded the first from the turn on. */
function naivePick(weights: readonly number[], loadOf: (member: number) => number, turn: number): number {
  const order = weights.map((_, at) => (turn + at) % weights.length).filter((member) => weights[member]! > 0);
  const least = Math.min(...order.map((member) => loadOf(member) / weights[member]!));
  return order.find((member) => least === loadOf(member) / weights[member]!) ?? -1;
}

describe('LeastConnections', () => {
  it('picks the same whether it remembers or not, however requests begin and end', () => {
    const busy = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 })), {
      minLength: 9,
      maxLength: 40,
    });
    const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(1, -1, 0)), { maxLength: 60 });
    fc.assert(
      fc.property(busy, changes, fc.boolean(), (members, steps, isApart) => {
        const weights = members.map(([weight]) => weight);
        const counts = members.map(([, count]) => count);
        const { picker, add, loadOf } = aPool(weights, counts, { isApart, isLarge: true });
        const schedule = smoothSchedule(weights)!;
        for (const [ticket, change] of steps) {
          const member = ticket % weights.length;
          if (change < 0 && loadOf(member) > 1) add(member, change);
          const picked = picker.pick(ticket);
          expect(picked).toBe(naivePick(weights, loadOf, schedule[ticket % schedule.length]!));
          if (change > 0) add(picked, 1);
        }
      }),
    );
  });

  it('picks a member whose load no other one undercuts, and nobody when no weight is positive', () => {
    fc.assert(
      fc.property(pools, fc.integer(), kinds, ({ weights, counts }, ticket, kind) => {
        const picked = aPool(weights, counts, kind).picker.pick(ticket);
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
    const busy = aPool([1, 1, 1, 1], [3, 5, 3, 4], { isApart: true }).picker;
    expect([0, 1, 2, 3].map((ticket) => busy.pick(ticket))).toEqual([0, 2, 2, 0]);
  });

  it('fills members in proportion to their weights when nothing ends', () => {
    const { picker, add } = aPool([5, 3, 2], [0, 0, 0]);
    const picks = [0, 0, 0];
    for (let ticket = 0; ticket < 1000; ticket++) {
      const member = picker.pick(ticket);
      picks[member]!++;
      add(member, 1);
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
