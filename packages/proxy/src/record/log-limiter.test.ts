import { expect, it } from 'vitest';
import { LogLimiter } from './log-limiter.ts';

it('lets so many through each second and says how many it held back', () => {
  const limiter = new LogLimiter(2);
  const passes = [0, 1, 2, 3, 1000, 1001, 1999, 2000].map((nowMs) => limiter.pass(nowMs));
  expect(passes).toEqual([0, 0, null, null, 2, 0, null, 1]);
});
