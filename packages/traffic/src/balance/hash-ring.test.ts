import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashRing } from './hash-ring.ts';

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 12 }).map((all) => all.toSorted());
const clients = [
  ...Array.from({ length: 200 }, (_, i) => `203.0.${i % 7}.${i}`),
  ...Array.from({ length: 100 }, (_, i) => `2001:db8::${i.toString(16)}`),
];
const all = (count: number): number[] => Array.from({ length: count }, () => 1);

function homes(members: readonly string[], isUsable: readonly number[]): (string | undefined)[] {
  const ring = new HashRing(members);
  return clients.map((client) => members[ring.memberFor(client, isUsable)]);
}

describe('HashRing', () => {
  it('has nobody when there is nobody or nobody may be used', () => {
    expect(new HashRing([]).memberFor('192.0.2.1', [])).toBe(-1);
    expect(new HashRing(['a', 'b']).memberFor('192.0.2.1', [0, 0])).toBe(-1);
  });

  it('moves only the clients of a member that leaves, and gives them back when it returns', () => {
    fc.assert(
      fc.property(ids, fc.nat(), (members, pick) => {
        const gone = members[pick % members.length]!;
        const rest = members.filter((id) => id !== gone);
        const before = homes(members, all(members.length));
        const after = homes(rest, all(rest.length));
        before.forEach((home, client) => {
          if (home !== gone) expect(after[client]).toBe(home);
          else expect(after[client]).not.toBe(gone);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('treats a member that may not be used as one that left', () => {
    fc.assert(
      fc.property(ids, fc.nat(), (members, pick) => {
        const out = pick % members.length;
        const usable = members.map((_, member) => (member === out ? 0 : 1));
        const rest = members.filter((_, member) => member !== out);
        expect(homes(members, usable)).toEqual(homes(rest, all(rest.length)));
      }),
      { numRuns: 50 },
    );
  });

  it('leads to the same members without the points of those that may not be used', () => {
    fc.assert(
      fc.property(ids, fc.func(fc.boolean()), (members, isUsable) => {
        const usable = members.map((id) => (isUsable(id) ? 1 : 0));
        const ring = new HashRing(members).only(usable);
        expect(clients.map((client) => members[ring.memberFor(client, usable)])).toEqual(
          homes(members, usable),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('gives members about equal shares', () => {
    const members = Array.from({ length: 5 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`);
    const ring = new HashRing(members);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 20_000; i++) counts[ring.memberFor(`10.${i >> 8}.${i & 255}.7`, all(5))]!++;
    for (const count of counts) {
      expect(count).toBeGreaterThan(4000 * 0.7);
      expect(count).toBeLessThan(4000 * 1.3);
    }
  });
});
