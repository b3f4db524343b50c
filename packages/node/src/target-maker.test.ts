import type { Chunk } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { collectMetrics } from './collect-metrics.ts';
import { CounterAllocator } from './counter-allocator.ts';
import { MemberAddresses } from './names/member-addresses.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { TargetMaker } from './target-maker.ts';
import { listenerChunk, planOf, poolChunk } from './testing/chunks.ts';

const noName = () => ({ addresses: [], problem: null });

function maker() {
  const [slots, counters] = [new SlotAllocator(2), new CounterAllocator(2)];
  const targets = new TargetMaker({ slots, counters }, new MemberAddresses({ get: noName }, () => null));
  let revision = 0;
  const make = (...chunks: readonly Chunk[]) => {
    const target = targets.make(planOf(++revision, chunks), () => false);
    return (key: string): readonly number[] => target.chunks.get(key)!.counterRows;
  };
  return { slots, counters, targets, make };
}

const listener = listenerChunk({ id: 'web', port: 80 });

describe('slots of load balancers in targets', () => {
  const chunks = [80, 81, 82].map((port) =>
    listenerChunk({ id: `web-${port}`, port, loadBalancerId: port === 82 ? 'lb-2' : 'lb-1' }),
  );

  it('are those of all their listeners, and are given away when the last of them is gone', () => {
    const { targets, slots } = maker();
    const ownersOf = (revision: number, these: readonly Chunk[]) => {
      const target = targets.make(planOf(revision, these), () => false);
      return [...target.chunks.values()].map(({ ownerSlot }) => ownerSlot);
    };
    const [one, same, other] = ownersOf(1, chunks);
    expect(one).not.toBeNull();
    expect([same, other]).toEqual([one, expect.not.objectContaining({ slot: one!.slot })]);
    expect(ownersOf(2, [chunks[1]!, chunks[2]!])).toEqual([one, other]);
    ownersOf(3, [chunks[2]!]);
    slots.reclaim(2);
    const waiting = slots.retiredCount;
    slots.reclaim(3);
    expect([waiting > 0, slots.retiredCount]).toEqual([true, 0]);
  });
});

describe('rows of counters in targets', () => {
  it('stay with their listener, pool and members through all changes', () => {
    const { make } = maker();
    const before = make(listener, poolChunk('p', [1, 2, 3]));
    const after = make(listenerChunk({ id: 'web', port: 81 }), poolChunk('p', [0, 3, 2, 9]));
    expect(after('listener web')).toEqual(before('listener web'));
    const [client, upstream, , second, third] = before('pool p');
    const rows = after('pool p');
    expect([rows[0], rows[1], rows[3], rows[4]]).toEqual([client, upstream, third, second]);
    const [fresh, added] = [rows[2], rows[5]];
    expect(new Set([...before('pool p'), ...before('listener web'), fresh, added]).size).toBe(9);
  });

  it('of members that are gone are not used again before every worker has acknowledged that', () => {
    const { make, counters } = maker();
    const gone = make(poolChunk('p', [1, 2]))('pool p')[2]!;
    make(poolChunk('p', [2]));
    counters.reclaim(1);
    expect(make(poolChunk('p', [2, 5]))('pool p')).not.toContain(gone);
    counters.reclaim(2);
    expect(make(poolChunk('p', [2, 5, 6]))('pool p')).toContain(gone);
  });
});

describe('collectMetrics', () => {
  it('names every object that is served', () => {
    const { make, targets, counters, slots } = maker();
    make(listener, poolChunk('p', [1, 2]));
    const metrics = collectMetrics(targets.counted, { counters, slots, startedAtMs: 7 });
    expect(metrics).toMatchObject({
      startedAtMs: 7,
      listeners: [{ id: 'web', loadBalancerId: 'lb-1', openConnections: 0 }],
      pools: [{ id: 'p', members: [{ id: 'p-1' }, { id: 'p-2' }] }],
      omitted: 0,
    });
  });

  it('stops at 5,000 objects and says how many it left out', () => {
    const { make, targets, counters, slots } = maker();
    const ports = Array.from({ length: 2600 }, (_, at) => at + 1);
    make(poolChunk('p', ports), poolChunk('q', ports), listener);
    const { listeners, pools, omitted } = collectMetrics(targets.counted, {
      counters,
      slots,
      startedAtMs: 0,
    });
    expect(listeners).toHaveLength(1);
    const members = pools.flatMap((pool) => pool.members);
    expect(listeners.length + pools.length + members.length).toBe(5000);
    expect(omitted).toBe(5203 - 5000);
  });
});
