import type { PoolChunk } from '@elbow/plan';
import { sampleHealthCheck, sampleMember } from '@elbow/plan/testing';
import { describe, expect, it } from 'vitest';
import type { Counted } from './collect-metrics.ts';
import { MemberSlots } from './member-slots.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { countedPool, poolChunk } from './testing/chunks.ts';

const startMs = 1_700_000_000_000;
const healthCheck = sampleHealthCheck();

/** A pool whose chunk changes from call to call, and the slots of its members. */
function aPool() {
  const slots = new SlotAllocator(2);
  const clock = { nowMs: startMs };
  const members = new MemberSlots(slots, () => clock.nowMs);
  const slot = slots.allocate();
  let pool: Counted | undefined;
  const change = (ports: readonly number[], changes: Partial<PoolChunk> = {}): readonly number[] => {
    const chunk = { ...poolChunk('p', ports), ...changes };
    const memberSlots = members.assign(chunk, pool);
    pool = countedPool(chunk, { slot, memberSlots });
    return memberSlots;
  };
  const set = (port: number, state: 'online' | 'offline'): void =>
    members.setState(pool!, `p-${port}`, state);
  const state = (port: number): string | undefined => members.view(pool!, `p-${port}`)?.state;
  const epoch = (): number => slots.pool(slot).epoch;
  return { slots, members, clock, change, set, state, epoch };
}

describe('MemberSlots', () => {
  it('gives each member a slot that it keeps while it stays', () => {
    const { change } = aPool();
    const [one, two] = change([1, 2]);
    const [zero, ...rest] = change([0, 2, 1]);
    expect(rest).toEqual([two, one]);
    expect([one, two]).not.toContain(zero);
  });

  it('has members that come to a checked pool wait for their first check, and nobody else', () => {
    const { change, state } = aPool();
    change([1]);
    change([1, 2], { healthCheck });
    expect([state(1), state(2), state(3)]).toEqual(['unknown', 'initial', undefined]);
  });

  it('tells workers of a state when it has changed, and forgets it with the check', () => {
    const { change, set, state, epoch } = aPool();
    change([1, 2], { healthCheck });
    set(1, 'online');
    set(1, 'online');
    set(2, 'offline');
    set(3, 'offline');
    expect([state(1), state(2), epoch()]).toEqual(['online', 'offline', 2]);
    change([1, 2]);
    expect([state(1), state(2)]).toEqual(['unknown', 'unknown']);
  });

  it('lets a slow start count only on a node that was there when the member was added', () => {
    const { slots, change, clock } = aPool();
    const slowStart = { durationMs: 30_000 };
    const added = [sampleMember({ id: 'a', slowStartAtMs: startMs })];
    const [first] = change([], { slowStart, members: added });
    expect(slots.member(first!).slowStartMs(startMs)).toBe(startMs);
    clock.nowMs += 30_000;
    const [, late] = change([], {
      slowStart,
      members: [...added, sampleMember({ id: 'b', slowStartAtMs: startMs })],
    });
    expect(slots.member(late!).slowStartMs(startMs)).toBeNull();
  });

  it('shows what workers count', () => {
    const { slots, members, change } = aPool();
    const [number] = change([1]);
    const pool = countedPool(poolChunk('p', [1]), { memberSlots: [number!] });
    slots.member(number!).begin(1);
    slots.member(number!).connectFailed(null, startMs);
    const seen = { state: 'unknown', inFlight: 1, failures: 1, ejectedUntilMs: null };
    expect(members.view(pool, 'p-1')).toEqual(seen);
    slots.member(number!).connectFailed({ failures: 2, durationMs: 10_000 }, startMs);
    expect(members.view(pool, 'p-1')?.ejectedUntilMs).toBe(startMs + 10_000);
  });
});
