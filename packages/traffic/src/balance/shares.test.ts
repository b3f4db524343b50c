import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shares } from './shares.ts';

const candidate = fc.record({
  weight: fc.integer({ min: 0, max: 100 }),
  isHealthy: fc.boolean(),
  isEjected: fc.boolean(),
});
const well = { weight: 2, isHealthy: true, isEjected: false };

describe('shares', () => {
  it('leaves out who is ill, ejected or of weight 0', () => {
    const members = [
      well,
      { ...well, isHealthy: false },
      { ...well, isEjected: true },
      { ...well, weight: 0 },
    ];
    expect(shares(members, true)).toEqual([2, 0, 0, 0]);
  });

  it('never ejects the last healthy member', () => {
    expect(
      shares(
        [
          { ...well, isEjected: true },
          { ...well, isHealthy: false },
        ],
        true,
      ),
    ).toEqual([2, 0]);
  });

  it('gives all members requests when all are ill and the pool would rather try', () => {
    const ill = [
      { ...well, isHealthy: false },
      { weight: 0, isHealthy: false, isEjected: false },
    ];
    expect(shares(ill, true)).toEqual([2, 0]);
    expect(shares(ill, false)).toEqual([0, 0]);
  });

  it('gives nothing to an ill member while a healthy one can take it, and something whenever one can', () => {
    fc.assert(
      fc.property(fc.array(candidate), fc.boolean(), (members, isFailOpen) => {
        const got = shares(members, isFailOpen);
        const hasHealthy = members.some(({ weight, isHealthy }) => weight > 0 && isHealthy);
        const isAsked = (member: number): boolean => got[member]! > 0;
        expect(members.some((_, at) => isAsked(at))).toBe(
          hasHealthy || (isFailOpen && members.some(({ weight }) => weight > 0)),
        );
        members.forEach(({ weight, isHealthy }, at) => {
          expect([0, weight]).toContain(got[at]);
          if (hasHealthy && !isHealthy) expect(got[at]).toBe(0);
        });
      }),
    );
  });
});
