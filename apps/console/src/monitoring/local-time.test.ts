import { describe, expect, it } from 'vitest';
import { localText, rangeProblem } from './local-time.ts';

const nowMs = Date.parse('2026-02-10T12:00:00Z');
const dayMs = 86_400_000;

describe('a time of one’s own', () => {
  it('is written as the field reads it', () => {
    const text = localText(nowMs);
    expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
    expect(Date.parse(text)).toBe(nowMs);
  });

  it.each([
    [nowMs - dayMs, nowMs, null],
    [nowMs - 7 * dayMs, nowMs, null],
    [nowMs, nowMs, 'order'],
    [nowMs, nowMs - dayMs, 'order'],
    [nowMs + dayMs, nowMs + 2 * dayMs, 'order'],
    [Number.NaN, nowMs, 'order'],
    [nowMs - 8 * dayMs, nowMs, 'long'],
    [nowMs - 9 * dayMs, nowMs - 8 * dayMs, 'kept'],
  ])('from %d to %d: %s', (fromMs, toMs, problem) => {
    expect(rangeProblem({ fromMs, toMs }, nowMs)).toBe(problem);
  });
});
