import { SLOTS_PER_ARENA, shadowOffset, slotOffset, SlotWord } from '@elbow/proxy';
import type { SlotRef } from '@elbow/proxy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotAllocator } from './slot-allocator.ts';

const WORKERS = 3;

function words(slots: SlotAllocator, ref: SlotRef): Int32Array {
  return new Int32Array(slots.arenas[ref.arena]!);
}

/** What a worker does when it takes or gives back a connection. */
function hold(
  slots: SlotAllocator,
  ref: SlotRef,
  { worker, count }: { worker: number; count: number },
): void {
  const all = words(slots, ref);
  Atomics.add(all, slotOffset(ref.slot, WORKERS) + SlotWord.held, count);
  Atomics.add(all, shadowOffset(ref.slot, worker, WORKERS), count);
}

function connections(slots: SlotAllocator, ref: SlotRef): number {
  return Atomics.load(words(slots, ref), slotOffset(ref.slot, WORKERS) + SlotWord.held);
}

const place = (ref: SlotRef): string => `${ref.arena}:${ref.slot}`;

describe('SlotAllocator', () => {
  it('grows by arenas and never moves one', () => {
    const slots = new SlotAllocator(WORKERS);
    const first = Array.from({ length: SLOTS_PER_ARENA }, () => slots.allocate());
    const [arena] = slots.arenas;
    const next = slots.allocate();
    expect(new Set(first.map(place)).size).toBe(SLOTS_PER_ARENA);
    expect({ arena: next.arena, arenas: slots.arenas.length }).toEqual({ arena: 1, arenas: 2 });
    expect(slots.arenas[0]).toBe(arena);
  });

  it('keeps a retired slot while a worker may still use its object or holds something of it', () => {
    const slots = new SlotAllocator(WORKERS);
    const ref = slots.allocate();
    hold(slots, ref, { worker: 1, count: 1 });
    slots.retire(ref, 5);
    slots.reclaim(4);
    expect(slots.retiredCount).toBe(1);
    slots.reclaim(5);
    expect(slots.retiredCount).toBe(1);
    hold(slots, ref, { worker: 1, count: -1 });
    slots.reclaim(5);
    expect(slots.retiredCount).toBe(0);
    const heir = slots.allocate();
    expect(place(heir)).toBe(place(ref));
    expect(heir.generation).toBe(ref.generation + 1);
  });

  it('takes back what a dead worker held and nothing else', () => {
    const slots = new SlotAllocator(WORKERS);
    const refs = [slots.allocate(), slots.allocate()] as const;
    hold(slots, refs[0], { worker: 0, count: 2 });
    hold(slots, refs[0], { worker: 2, count: 5 });
    hold(slots, refs[1], { worker: 2, count: 1 });
    slots.takeBack(2);
    slots.takeBack(2);
    expect(refs.map((ref) => connections(slots, ref))).toEqual([2, 0]);
  });

  it('never gives a slot to two objects, whatever order things happen in', () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('allocate' as const) }),
      fc.record({ type: fc.constant('retire' as const), at: fc.nat(50) }),
      fc.record({ type: fc.constant('hold' as const), at: fc.nat(50), worker: fc.nat(WORKERS - 1) }),
      fc.record({ type: fc.constant('die' as const), worker: fc.nat(WORKERS - 1) }),
      fc.record({ type: fc.constant('acknowledge' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const slots = new SlotAllocator(WORKERS);
        const live: SlotRef[] = [];
        const retired: { ref: SlotRef; version: number }[] = [];
        const held = new Map<SlotRef, number[]>();
        const generations = new Map<string, number>();
        let version = 0;
        let acknowledged = 0;
        for (const action of steps) {
          if (action.type === 'allocate') {
            const ref = slots.allocate();
            const blocked = retired
              .filter((old) => isInUse(old, acknowledged, held))
              .map((old) => place(old.ref));
            expect([...live.map(place), ...blocked]).not.toContain(place(ref));
            expect(connections(slots, ref)).toBe(0);
            expect(ref.generation).not.toBe(generations.get(place(ref)));
            generations.set(place(ref), ref.generation);
            live.push(ref);
          } else if (action.type === 'retire' && live.length > 0) {
            const [ref] = live.splice(action.at % live.length, 1);
            slots.retire(ref!, ++version);
            retired.push({ ref: ref!, version });
          } else if (action.type === 'hold' && live.length > 0) {
            const ref = live[action.at % live.length]!;
            hold(slots, ref, { worker: action.worker, count: 1 });
            const counts = held.get(ref) ?? Array.from({ length: WORKERS }, () => 0);
            counts[action.worker] = counts[action.worker]! + 1;
            held.set(ref, counts);
          } else if (action.type === 'die') {
            slots.takeBack(action.worker);
            for (const counts of held.values()) counts[action.worker] = 0;
          } else if (action.type === 'acknowledge') {
            acknowledged = version;
            slots.reclaim(acknowledged);
          }
        }
        for (const ref of live) {
          const expected = (held.get(ref) ?? []).reduce((sum, count) => sum + count, 0);
          expect(connections(slots, ref)).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function isInUse(
  { ref, version }: { ref: SlotRef; version: number },
  acknowledged: number,
  held: ReadonlyMap<SlotRef, readonly number[]>,
): boolean {
  return version > acknowledged || (held.get(ref) ?? []).some((count) => count > 0);
}
