import { describe, expect, it } from 'vitest';
import { BandwidthGate } from './bandwidth-gate.ts';
import { arenaBytes } from './slot-arena.ts';

const WORKERS = 2;

describe('BandwidthGate', () => {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  let nowNs = 5_000_000_000_000n;
  const gateOf = (slot: number): BandwidthGate =>
    new BandwidthGate(words, { ref: { slot }, workers: WORKERS }, () => nowNs);

  it('hands out one second of bandwidth a second, over all who ask, after a tenth of one at once', () => {
    const [one, other] = [gateOf(3), gateOf(3)];
    // Pieces of 10 ms each.
    const waits = Array.from({ length: 30 }, (_, at) =>
      (at % 2 === 0 ? one : other).take('outbound', 10_000, 1_000_000),
    );
    expect(waits.filter((waitMs) => waitMs <= 0)).toHaveLength(11);
    expect(waits.at(-1)).toBe(190);
    nowNs += 200_000_000n;
    expect(one.take('outbound', 10_000, 1_000_000)).toBe(0);
  });

  it('keeps directions and load balancers apart, and saves nothing up', () => {
    expect(gateOf(3).take('inbound', 1_000_000, 1_000_000)).toBe(-100);
    expect(gateOf(4).take('outbound', 1_000_000, 1_000_000)).toBe(-100);
    expect(gateOf(4).take('outbound', 8, 1_000_000)).toBe(900);
    nowNs += 3_600_000_000_000n;
    expect(gateOf(4).take('outbound', 8, 1_000_000)).toBe(-100);
  });
});
