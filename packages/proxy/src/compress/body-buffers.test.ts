import { describe, expect, it } from 'vitest';
import { BodyBuffers } from './body-buffers.ts';

describe('buffers for bodies', () => {
  it('have room, and are used again', () => {
    const buffers = new BodyBuffers();
    for (const byteCount of [1, 2048, 2049, 16_384, 16_385, 131_584])
      expect(buffers.take(byteCount).length).toBeGreaterThanOrEqual(byteCount);
    const first = buffers.take(100_000);
    buffers.give(first);
    expect(buffers.take(105_000)).toBe(first);
    expect(buffers.take(105_000)).not.toBe(first);
  });

  it('are kept up to two megabytes', () => {
    const buffers = new BodyBuffers();
    const many = Array.from({ length: 40 }, () => buffers.take(131_072));
    for (const each of many) buffers.give(each);
    const again = Array.from({ length: 40 }, () => buffers.take(131_072));
    expect(again.filter((each) => many.includes(each))).toHaveLength(16);
    buffers.give(buffers.take(20));
    expect(buffers.take(20)).toHaveLength(20);
  });
});
