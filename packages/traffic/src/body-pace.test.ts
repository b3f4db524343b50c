import { describe, expect, it } from 'vitest';
import { bodyPatienceMs } from './body-pace.ts';

/** Sends `bytes` every `gapMs` until patience runs out or an hour has passed; returns when it ended. */
function uploadEndsAfter(bytes: number, gapMs: number, requestMs: number): number {
  let elapsedMs = 0;
  for (let receivedBytes = 0; elapsedMs < 3_600_000; receivedBytes += bytes) {
    const patience = bodyPatienceMs({ elapsedMs, receivedBytes, requestMs });
    if (patience < gapMs) return elapsedMs + patience;
    elapsedMs += gapMs;
  }
  return elapsedMs;
}

describe('bodyPatienceMs', () => {
  it('is the request timeout while the body comes along', () => {
    expect(bodyPatienceMs({ elapsedMs: 0, receivedBytes: 0, requestMs: 2000 })).toBe(2000);
  });

  it('ends a body whose gap is longer than the request timeout', () => {
    expect(uploadEndsAfter(1_000_000, 2001, 2000)).toBe(2000);
  });

  it('ends a trickle, but not soon', () => {
    expect(uploadEndsAfter(1, 1000, 2000)).toBeGreaterThan(19_000);
    expect(uploadEndsAfter(1, 1000, 2000)).toBeLessThan(21_000);
  });

  it('never ends a slow client that keeps the slowest rate', () => {
    expect(uploadEndsAfter(500, 1000, 2000)).toBeGreaterThanOrEqual(3_600_000);
  });
});
