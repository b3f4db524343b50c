import { expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';

it('runs timers in the order of their time, and those set on the way', () => {
  const clock = new ManualClock(1000);
  const seen: string[] = [];
  clock.after(50, () => seen.push(`late ${clock.now()}`));
  clock.after(10, () => {
    seen.push(`early ${clock.now()}`);
    clock.after(10, () => seen.push(`set on the way ${clock.now()}`));
  });
  clock.after(500, () => seen.push('never'));
  clock.after(20, () => seen.push('cancelled'))();
  clock.advance(100);
  expect(seen).toEqual(['early 1010', 'set on the way 1020', 'late 1050']);
  expect(clock.now()).toBe(1100);
});
