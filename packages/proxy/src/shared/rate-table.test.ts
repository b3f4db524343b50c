import { describe, expect, it } from 'vitest';
import { RateTable, rateTableBytes } from './rate-table.ts';

describe('RateTable', () => {
  const buffer = new SharedArrayBuffer(rateTableBytes);
  let nowUs = 5_000_000;
  const [one, other] = [0, 1].map(() => new RateTable(buffer, () => nowUs)) as [RateTable, RateTable];

  function passed(
    policyId: string,
    limit: Parameters<RateTable['pass']>[1],
    addresses: readonly string[],
  ): number {
    return addresses.filter((address, at) => (at % 2 === 0 ? one : other).pass(policyId, limit, address))
      .length;
  }

  it('counts a policy over all workers', () => {
    const limit = { perSecond: 5, perSourcePerSecond: 0, burst: 0 };
    expect(passed('policy-a', limit, new Array(20).fill('192.0.2.1'))).toBe(5);
    nowUs += 1_000_000;
    expect(passed('policy-a', limit, new Array(20).fill('192.0.2.2'))).toBe(5);
    expect(passed('policy-b', limit, new Array(20).fill('192.0.2.1'))).toBe(5);
  });

  it('counts each source by itself, with its burst, and a /64 as one', () => {
    const limit = { perSecond: 0, perSourcePerSecond: 2, burst: 3 };
    expect(passed('policy-c', limit, new Array(20).fill('192.0.2.1'))).toBe(5);
    expect(passed('policy-c', limit, new Array(20).fill('192.0.2.2'))).toBe(5);
    const home = ['2001:db8::1', '2001:db8:0:0:9::1', '2001:db8:0:0:1:2:3:4', '2001:db8::ffff'];
    expect(passed('policy-c', limit, [...home, ...home, ...home])).toBe(5);
    expect(passed('policy-c', limit, ['2001:db8:0:1::1'])).toBe(1);
  });

  it('holds a thousand sources at once without mixing them up', () => {
    const limit = { perSecond: 0, perSourcePerSecond: 1, burst: 0 };
    const sources = Array.from({ length: 1000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
    expect(passed('policy-d', limit, sources)).toBe(1000);
    expect(passed('policy-d', limit, sources)).toBe(0);
    nowUs += 1_000_000;
    expect(passed('policy-d', limit, sources)).toBe(1000);
  });

  it('goes on after its clock has come round', () => {
    const limit = { perSecond: 1, perSourcePerSecond: 0, burst: 0 };
    expect(passed('policy-e', limit, ['192.0.2.1', '192.0.2.1'])).toBe(1);
    nowUs += 2 ** 40 - 1_000_000;
    expect(passed('policy-e', limit, ['192.0.2.1', '192.0.2.1'])).toBe(1);
    nowUs += 2 ** 39;
    expect(passed('policy-e', limit, ['192.0.2.1', '192.0.2.1'])).toBe(1);
  });

  it('gives nothing twice when a worker is held up between its looks at the clock', () => {
    const limit = { perSecond: 100, perSourcePerSecond: 0, burst: 0 };
    const drain = (): number => new Array(200).fill(0).filter(() => other.pass('held-up', limit, '')).length;
    for (const look of [1, 2]) {
      nowUs += 2_000_000;
      let looks = 0;
      const heldUp = new RateTable(buffer, () => {
        looks += 1;
        const before = nowUs;
        // Others use up the rate, and more of it once it has grown a little.
        if (looks === look) {
          expect(drain()).toBe(100);
          nowUs += 50_000;
          expect(drain()).toBe(5);
        }
        return before;
      });
      expect(heldUp.pass('held-up', limit, '')).toBe(false);
      expect(drain()).toBe(0);
    }
  });
});
