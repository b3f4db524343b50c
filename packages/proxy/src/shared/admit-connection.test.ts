import type { FlavorLimits } from '@elbow/plan';
import { sampleListener } from '@elbow/plan/testing';
import { describe, expect, it } from 'vitest';
import { admitConnection, leaveConnection } from './admit-connection.ts';
import { BandwidthGate } from './bandwidth-gate.ts';
import { ListenerSlot } from './listener-slot.ts';
import { RateTable, rateTableBytes } from './rate-table.ts';
import { arenaBytes } from './slot-arena.ts';

const WORKERS = 2;
const none = { newConnectionsPerSecond: 0, concurrentConnections: 0, requestsPerSecond: 0, bitsPerSecond: 0 };

/** Two listeners of one load balancer, as each of two workers serves them. */
function aLoadBalancer(flavors: readonly [FlavorLimits | null, FlavorLimits | null]) {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  const table = new SharedArrayBuffer(rateTableBytes);
  const clock = { nowUs: 5_000_000 };
  const slotOf = (slot: number, worker: number): ListenerSlot =>
    new ListenerSlot(words, { arena: 0, slot, generation: 1 }, { worker, workers: WORKERS });
  const served = flavors.map((flavor, listener) =>
    [0, 1].map((worker) => ({
      chunk: sampleListener({
        limits: { newConnectionsPerSecond: 0, concurrentConnections: listener === 0 ? 3 : 0, flavor },
      }),
      slot: slotOf(1 + listener, worker),
      owner: {
        slot: slotOf(9, worker),
        bandwidth: new BandwidthGate(words, { ref: { slot: 9 }, workers: WORKERS }),
      },
    })),
  );
  const rates = [0, 1].map(() => new RateTable(table, () => clock.nowUs));
  const at = (listener: number, worker: number) => served[listener]![worker]!;
  return {
    clock,
    admit: (listener: number, worker: number) => admitConnection(at(listener, worker), rates[worker]!),
    leave: (listener: number, worker: number) => leaveConnection(at(listener, worker)),
    open: () => [0, 1].map((listener) => at(listener, 0).slot.open()).concat(at(0, 1).owner.slot.open()),
  };
}

describe('admitConnection', () => {
  it('counts the connections of all listeners and workers together, beside those of each listener', () => {
    const flavor = { ...none, concurrentConnections: 5 };
    const { admit, leave, open } = aLoadBalancer([flavor, flavor]);
    expect([0, 1, 0, 1].map((worker) => admit(0, worker))).toEqual([
      'admitted',
      'admitted',
      'admitted',
      'too-many-open',
    ]);
    expect([0, 1, 0].map((worker) => admit(1, worker))).toEqual(['admitted', 'admitted', 'too-many-open']);
    expect(open()).toEqual([3, 2, 5]);
    leave(0, 1);
    expect([admit(1, 1), admit(1, 0), admit(0, 0)]).toEqual(['admitted', 'too-many-open', 'too-many-open']);
    expect(open()).toEqual([2, 3, 5]);
  });

  it('shares one second between the rates of both protocols, and counts none that it refuses', () => {
    // Of 20 new connections a second, one of the other listener is worth ten.
    const [plain, secure] = [20, 2].map((perSecond) => ({ ...none, newConnectionsPerSecond: perSecond }));
    const { admit, leave, open, clock } = aLoadBalancer([plain!, secure!]);
    expect(admit(1, 0)).toBe('admitted');
    const admitted = Array.from({ length: 20 }, (_, count) => {
      const admission = admit(0, count % 2);
      if (admission === 'admitted') leave(0, count % 2);
      return admission;
    });
    expect(admitted.filter((admission) => admission === 'admitted')).toHaveLength(10);
    expect(admitted.at(-1)).toBe('too-many-per-second');
    expect(admit(1, 1)).toBe('too-many-per-second');
    expect(open()).toEqual([0, 1, 1]);
    clock.nowUs += 500_000;
    expect(admit(1, 1)).toBe('admitted');
    expect(admit(0, 0)).toBe('too-many-per-second');
  });

  it('counts them without a flavor as well: one may come while they are open', () => {
    const { admit, leave, open } = aLoadBalancer([null, null]);
    for (const worker of [0, 1]) expect(admit(1, worker)).toBe('admitted');
    expect(open()).toEqual([0, 2, 2]);
    for (const worker of [0, 1]) leave(1, worker);
    expect(open()).toEqual([0, 0, 0]);
  });
});
