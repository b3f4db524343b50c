import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from './delivery.ts';
import { entryKey } from './plan.ts';
import { applyPlanChange, planChange } from './plan-delta.ts';
import { samplePool } from './testing/sample-chunks.ts';

const entry = fc.record({
  kind: fc.constantFrom('pool' as const, 'listener' as const),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  hash: fc.constantFrom('h1', 'h2', null),
});
const manifest = (revision: number): fc.Arbitrary<Manifest> =>
  fc
    .uniqueArray(entry, { selector: entryKey })
    .map((entries) => ({ revision, entries: entries.sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1)) }));

const sorted = ({ revision, entries }: Manifest): Manifest => ({
  revision,
  entries: [...entries].sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1)),
});

describe('a change of a manifest', () => {
  const parts = { have: new Set(['h1', 'h2']), chunks: new Map() };

  it('makes the next one of the one before, whatever came and went', () => {
    fc.assert(
      fc.property(manifest(1), manifest(2), (before, after) => {
        expect(sorted(applyPlanChange(before, planChange(before, after, parts)))).toEqual(after);
      }),
    );
  });

  it('says no more than what differs, and brings the chunks that are new', () => {
    const pool = samplePool();
    const before = { revision: 1, entries: [{ kind: 'pool', id: 'a', hash: 'h1' }] } as const;
    const after = {
      revision: 2,
      entries: [...before.entries, { kind: 'pool', id: 'b', hash: 'new' }],
    } as const;
    const change = planChange(before, after, { have: new Set(['h1']), chunks: new Map([['new', pool]]) });
    expect(change).toEqual({
      type: 'plan-change',
      base: { revision: 1, entries: 1 },
      revision: 2,
      put: [{ kind: 'pool', id: 'b', hash: 'new' }],
      remove: [],
      chunks: { new: pool },
    });
  });

  it('is refused where something else is', () => {
    const before = { revision: 1, entries: [] };
    const change = planChange(before, { revision: 2, entries: [] }, parts);
    expect(() => applyPlanChange({ revision: 3, entries: [] }, change)).toThrow('revision 1');
  });
});
