import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

describe('a format', () => {
  const english = createFormat('en-GB', 'Asia/Shanghai');
  const chinese = createFormat('zh-CN', 'Asia/Shanghai');

  it('writes numbers with marks', () => {
    expect(english.number(1_234_567)).toBe('1,234,567');
  });

  it('writes times in the zone of the reader, and in UTC beside it', () => {
    expect(english.time('2026-02-03T23:04:05Z')).toBe('4 Feb 2026, 07:04');
    expect(chinese.time('2026-02-03T23:04:05Z')).toBe('2026年2月4日 07:04');
    expect(english.utc('2026-02-03T23:04:05Z')).toBe('2026-02-03 23:04:05 UTC');
  });

  it.each([
    [0, 'now'],
    [-40, '40 seconds ago'],
    [-110, '2 minutes ago'],
    [-7_200, '2 hours ago'],
    [86_400, 'tomorrow'],
  ])('says how long ago %i s was', (seconds, text) => {
    const nowMs = Date.parse('2026-02-03T00:00:00Z');
    expect(english.ago(new Date(nowMs + seconds * 1_000).toISOString(), nowMs)).toBe(text);
  });
});
