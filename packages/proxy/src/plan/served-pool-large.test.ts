import { sampleMember, samplePool } from '@elbow/plan/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberSlot } from '../shared/member-slot.ts';
import { PoolSlot } from '../shared/pool-slot.ts';
import { arenaBytes } from '../shared/slot-arena.ts';
import { ServedPool } from './served-pool.ts';
import type { ServedMember } from './served-member.ts';

// Least connections in a pool whose members are not all looked at by each pick.

const WORKERS = 2;
const MEMBERS = 120;

/** As two workers serve it, members of three weights with a few requests in flight each. */
function aLargePool() {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  const memberSlot = (index: number): MemberSlot => new MemberSlot(words, { slot: 1 + index }, WORKERS);
  const members = Array.from({ length: MEMBERS }, (_, at) =>
    sampleMember({ id: `m-${String(at).padStart(3, '0')}`, port: 8000 + at, weight: 1 + (at % 3) }),
  );
  const chunk = samplePool({ algorithm: 'LEAST_CONNECTIONS', members });
  const pools = [0, 1].map(
    (worker) =>
      new ServedPool(chunk, {
        slot: new PoolSlot(words, { slot: 0 }, WORKERS),
        memberSlot,
        worker,
        sealingKey: new Uint8Array(32),
        nowMs: () => 0,
        memberWentDown: () => {},
        ring: null,
      }),
  );
  const held: ServedMember[] = [];
  const loads = (): number[] => members.map(({ weight }, at) => memberSlot(at).inFlight / weight);
  const begin = (worker: number): void => {
    const member = pools[worker]!.pick('')!;
    member.begin();
    held.push(member);
  };
  for (let count = 0; count < MEMBERS * 4; count++) begin(count % WORKERS);
  return { pools, held, loads, begin, memberSlot };
}

describe('a large pool', () => {
  it('is filled by weight over all workers', () => {
    const { loads } = aLargePool();
    expect(new Set(loads())).toEqual(new Set([2]));
  });

  it('sends each request to a member that none undercuts, whichever worker began and ended what', () => {
    const step = fc.record({ worker: fc.nat(1), ends: fc.array(fc.nat(), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { pools, held, loads } = aLargePool();
        for (const { worker, ends } of steps) {
          for (const end of ends) held.splice(end % held.length, 1)[0]!.end();
          const picked = pools[worker]!.pick('')!;
          const before = loads();
          expect(before[picked.index]).toBe(Math.min(...before));
          picked.begin();
          held.push(picked);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('sees within a second what a worker that died gave back without a word', () => {
    const { pools, memberSlot } = aLargePool();
    pools[0]!.pick('');
    for (let count = memberSlot(77).inFlight; count > 1; count--) memberSlot(77).end(1);
    for (const pool of pools) pool.refresh();
    expect(pools.map((pool) => pool.pick('')?.index)).toEqual([77, 77]);
  });
});
