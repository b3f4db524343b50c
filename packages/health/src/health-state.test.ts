import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterResult, type HealthState, initialState } from './health-state.ts';

const thresholds = fc.record({
  healthyThreshold: fc.integer({ min: 1, max: 10 }),
  unhealthyThreshold: fc.integer({ min: 1, max: 10 }),
});
const results = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });

function statesOf(
  all: readonly boolean[],
  limits: { healthyThreshold: number; unhealthyThreshold: number },
): readonly HealthState[] {
  let state = initialState;
  return all.map((isHealthy) => (state = afterResult(state, isHealthy, limits)));
}

/** How many of the last results are the same as the last one. */
function streak(all: readonly boolean[]): number {
  const other = all.lastIndexOf(!all.at(-1)!);
  return all.length - 1 - other;
}

describe('afterResult', () => {
  it('lets the first result decide alone', () => {
    fc.assert(
      fc.property(fc.boolean(), thresholds, (isHealthy, limits) => {
        expect(afterResult(initialState, isHealthy, limits).status).toBe(isHealthy ? 'ONLINE' : 'OFFLINE');
      }),
    );
  });

  it('changes sides exactly when the threshold of the other side is reached in a row', () => {
    fc.assert(
      fc.property(results, thresholds, (all, limits) => {
        const states = statesOf(all, limits);
        for (let at = 1; at < all.length; at++) {
          const [before, now] = [states[at - 1]!.status, states[at]!.status];
          const side = all[at] ? 'ONLINE' : 'OFFLINE';
          const needed = all[at] ? limits.healthyThreshold : limits.unhealthyThreshold;
          const isReached = streak(all.slice(0, at + 1)) >= needed;
          expect(now).toBe(before === side || isReached ? side : before);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is settled by enough equal results, whatever came before', () => {
    fc.assert(
      fc.property(results, fc.boolean(), thresholds, (all, isHealthy, limits) => {
        const enough = Array.from({ length: 10 }, () => isHealthy);
        expect(statesOf([...all, ...enough], limits).at(-1)).toEqual({
          status: isHealthy ? 'ONLINE' : 'OFFLINE',
          against: 0,
        });
      }),
    );
  });

  it('never goes back to the beginning', () => {
    fc.assert(
      fc.property(results, thresholds, (all, limits) => {
        expect(statesOf(all, limits).some(({ status }) => status === 'INITIAL')).toBe(false);
      }),
    );
  });
});
