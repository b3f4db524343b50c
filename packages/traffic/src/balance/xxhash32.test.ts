import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avalanche, xxhash32 } from './xxhash32.ts';

describe('xxhash32', () => {
  // Published values of the reference implementation (xxHash, python-xxhash).
  it.each([
    ['', 0, 0x02cc5d05],
    ['a', 0, 0x550d7456],
    ['abc', 0, 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0, 0xe2293b2f],
  ])('of %j with seed %d', (text, seed, expected) => {
    expect(xxhash32(text, seed)).toBe(expected);
  });
});

describe('avalanche', () => {
  it('flips about half of the bits when one of the input flips', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        let flipped = 0;
        for (let bit = 0; bit < 32; bit++) {
          let difference = avalanche(value) ^ avalanche(value ^ (1 << bit));
          for (; difference !== 0; difference &= difference - 1) flipped++;
        }
        expect(flipped / 32).toBeGreaterThan(9);
        expect(flipped / 32).toBeLessThan(23);
      }),
    );
  });
});
