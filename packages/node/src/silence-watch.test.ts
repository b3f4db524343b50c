import { describe, expect, it } from 'vitest';
import { SilenceWatch } from './silence-watch.ts';

/** In which round a worker with these counters is first called hanging. */
function hangsInRound(watch: SilenceWatch, beats: readonly number[]): number {
  return beats.findIndex((count) => watch.isHanging(0, count));
}

describe('SilenceWatch', () => {
  it('calls a worker hanging after five silent rounds', () => {
    expect(hangsInRound(new SilenceWatch(), [1, 11, 21, 21, 21, 21, 21, 21])).toBe(7);
  });

  it('starts to count anew with every beat', () => {
    expect(hangsInRound(new SilenceWatch(), [1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4])).toBe(-1);
  });

  it('is patient with a thread that has not beaten yet, but not for ever', () => {
    const silent = Array.from({ length: 30 }, () => 0);
    expect(hangsInRound(new SilenceWatch(), silent)).toBe(20);
  });

  it('forgets the counter of a dead thread', () => {
    const watch = new SilenceWatch();
    hangsInRound(watch, [5, 6, 6, 6, 6, 6]);
    watch.restart(0);
    expect(hangsInRound(watch, [0, 0, 1, 2])).toBe(-1);
  });
});
