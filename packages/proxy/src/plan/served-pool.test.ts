import type { PoolChunk } from '@elbow/plan';
import { sampleHealthCheck, sampleMember, samplePool } from '@elbow/plan/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberSlot, type MemberState } from '../shared/member-slot.ts';
import { PoolSlot } from '../shared/pool-slot.ts';
import { arenaBytes } from '../shared/slot-arena.ts';
import { ServedPool } from './served-pool.ts';

const WORKERS = 2;
const healthCheck = sampleHealthCheck();

/** A pool with members a, b, c… of these weights, as two workers serve it, and the memory between them. */
function aPool(weights: readonly number[], changes: Partial<PoolChunk> = {}) {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  const slot = new PoolSlot(words, { slot: 0 }, WORKERS);
  const memberSlot = (index: number): MemberSlot => new MemberSlot(words, { slot: 1 + index }, WORKERS);
  const clock = { nowMs: 1_700_000_000_000 };
  const wentDown: string[] = [];
  const members = weights.map((weight, index) =>
    sampleMember({ id: 'abcdefghij'[index]!, address: '192.0.2.1', port: 8000 + index, weight }),
  );
  const chunk = samplePool({ id: 'pool', members, ...changes });
  const served = (worker: number): ServedPool =>
    new ServedPool(chunk, {
      slot,
      memberSlot,
      worker,
      sealingKey: new Uint8Array(32),
      nowMs: () => clock.nowMs,
      memberWentDown: (_, port) => void wentDown.push('abcdefghij'[port - 8000]!),
      ring: null,
    });
  const pools = [served(0), served(1)] as const;
  const find = (index: number, state: MemberState): void => {
    if (memberSlot(index).setState(state, clock.nowMs)) slot.membersChanged();
  };
  const picks = (count: number): string =>
    Array.from({ length: count }, (_, i) => pools[i % WORKERS]!.pick('192.0.2.9')?.entry.id ?? '-').join('');
  return { pools, find, picks, clock, wentDown, memberSlot, slot };
}

const count = (picks: string, id: string): number => picks.split(id).length - 1;

describe('ServedPool', () => {
  it('keeps shares exact over workers that pick in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1), { minLength: 30, maxLength: 30 }), (order) => {
        const { pools } = aPool([5, 3, 2]);
        const ids = order.map((worker) => pools[worker]!.pick('')!.entry.id).join('');
        expect([count(ids, 'a'), count(ids, 'b'), count(ids, 'c')]).toEqual([15, 9, 6]);
      }),
      { numRuns: 30 },
    );
  });

  it('takes no ticket for retries and for clients that belong to a member', () => {
    const { pools, picks } = aPool([1, 1]);
    expect(picks(1)).toBe('a');
    expect(pools[0].usable('a')?.entry.id).toBe('a');
    expect(pools[1].pickAnother([pools[1].usable('a')!], '')?.entry.id).toBe('b');
    expect(picks(2)).toBe('ba');
  });

  it('gives new members nothing before their first check, and ill ones nothing', () => {
    const { find, picks, pools, wentDown } = aPool([1, 1, 1], { healthCheck });
    for (const index of [0, 1, 2]) find(index, 'initial');
    expect(picks(4)).toBe('----');
    find(0, 'online');
    find(2, 'online');
    expect(count(picks(10), 'c')).toBe(5);
    find(2, 'offline');
    expect(picks(4)).toBe('aaaa');
    expect(pools[0].usable('c')).toBeNull();
    expect(wentDown).toEqual(['c', 'c']);
    find(2, 'online');
    expect(count(picks(10), 'c')).toBe(5);
  });

  it('serves on when a check is switched on, until the check says otherwise', () => {
    const { find, picks } = aPool([1, 1], { healthCheck });
    expect(count(picks(4), 'a')).toBe(2);
    find(0, 'offline');
    expect(picks(2)).toBe('bb');
  });

  it('asks all members of weight when all are ill and it is to try all the same', () => {
    const { find, picks } = aPool([1, 0, 1], { healthCheck, isFailOpen: true });
    for (const index of [0, 1, 2]) find(index, 'offline');
    expect([...picks(4)].toSorted().join('')).toBe('aacc');
    find(0, 'online');
    expect(picks(2)).toBe('aa');
  });

  it('never picks a member that may not be used while another may, whatever happens in whatever order', () => {
    const step = fc.record({
      member: fc.nat(3),
      state: fc.constantFrom<MemberState>('initial', 'online', 'offline'),
      worker: fc.nat(1),
    });
    const algorithm = fc.constantFrom<PoolChunk['algorithm']>(
      'ROUND_ROBIN',
      'LEAST_CONNECTIONS',
      'SOURCE_IP',
    );
    fc.assert(
      fc.property(algorithm, fc.array(step, { maxLength: 40 }), (by, steps) => {
        const { pools, find, memberSlot } = aPool([3, 0, 1, 2], { algorithm: by, healthCheck });
        for (const { member, state, worker } of steps) {
          find(member, state);
          const usable = [0, 2, 3].filter((each) => ['online', 'unknown'].includes(memberSlot(each).state));
          const picked = pools[worker]!.pick(`192.0.2.${member}`);
          picked?.begin();
          if (usable.length === 0) expect(picked).toBeNull();
          else expect(usable).toContain(picked?.index);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sends to who has least in flight, as all workers count', () => {
    const { pools, memberSlot } = aPool([1, 1, 2], { algorithm: 'LEAST_CONNECTIONS' });
    const held = Array.from({ length: 40 }, (_, i) => {
      const member = pools[i % WORKERS]!.pick('')!;
      member.begin();
      return member;
    });
    expect([0, 1, 2].map((index) => memberSlot(index).inFlight)).toEqual([10, 10, 20]);
    for (const member of held) if (member.entry.id === 'b') member.end();
    expect(pools[0].pick('')?.entry.id).toBe('b');
  });

  it('raises the share of a new member second by second, the same for all workers', () => {
    const { picks, clock, memberSlot } = aPool([1, 1, 1], {
      slowStart: { durationMs: 60_000 },
      members: ['a', 'b', 'c'].map((id, index) => ({
        id,
        address: '192.0.2.1',
        port: 8000 + index,
        weight: 1,
        slowStartAtMs: id === 'c' ? 1_700_000_000_000 : null,
      })),
    });
    const shareAfter = (seconds: number): number => {
      clock.nowMs = 1_700_000_000_000 + seconds * 1000;
      return count(picks(300), 'c') / 3;
    };
    expect(shareAfter(0)).toBeLessThan(1);
    expect(shareAfter(5)).toBeCloseTo(4, 0);
    expect(shareAfter(30)).toBeCloseTo(20, 0);
    expect(shareAfter(60)).toBeCloseTo(33.3, 0);
    memberSlot(2).endSlowStart();
    expect(shareAfter(5)).toBeCloseTo(33.3, 0);
  });

  it('leaves a member out for a while after failures, and never the last one', () => {
    const passiveEjection = { failures: 2, durationMs: 10_000 };
    const { pools, picks, clock } = aPool([1, 1], { passiveEjection });
    const fail = (id: string): void => {
      for (const pool of pools) pool.connectFailed(pool.usable(id)!);
    };
    fail('a');
    expect(picks(4)).toBe('bbbb');
    expect(pools[0].usable('a')).toBeNull();
    fail('b');
    expect(count(picks(4), 'a')).toBe(2);
    clock.nowMs += 10_000;
    expect(count(picks(4), 'a')).toBe(2);
  });

  it('knows which members and addresses are to be kept', () => {
    const [pool] = aPool([1, 0]).pools;
    expect(['a', 'b', 'x'].map((id) => pool.keeps(id))).toEqual([true, false, false]);
    expect([...pool.addressKeys]).toEqual(['192.0.2.1 8000']);
  });
});
