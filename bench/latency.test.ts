import { expect, it } from 'vitest';
import { readTimes } from './latency.ts';

it('reads the microseconds of each request and leaves the first tenth out', () => {
  const log = Array.from({ length: 20 }, (_, index) => `1700000000${index}\t200\t${index + 1}\n`).join('');
  expect(readTimes(log)).toEqual(Array.from({ length: 18 }, (_, index) => index + 3));
});
