import { describe, expect, it } from 'vitest';
import { ListenerSlot } from './listener-slot.ts';
import { arenaBytes, shadowOffset } from './slot-arena.ts';

const noLimit = { newConnectionsPerSecond: 0, concurrentConnections: 0 };

function twoWorkers(nowMs = () => 0): { a: ListenerSlot; b: ListenerSlot; words: Int32Array } {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(2)));
  const ref = { arena: 0, slot: 7, generation: 1 };
  const slot = (worker: number): ListenerSlot => new ListenerSlot(words, ref, { worker, workers: 2 }, nowMs);
  return { a: slot(0), b: slot(1), words };
}

describe('ListenerSlot', () => {
  it('counts connections over all workers and notes whose they are', () => {
    const { a, b, words } = twoWorkers();
    a.admit(noLimit);
    b.admit(noLimit);
    b.admit(noLimit);
    expect(a.open()).toBe(3);
    expect([0, 1].map((worker) => words[shadowOffset(7, worker, 2)])).toEqual([1, 2]);
    b.release();
    expect(a.open()).toBe(2);
  });

  it('refuses the connection over the limit, at whichever worker, until one is given back', () => {
    const { a, b } = twoWorkers();
    const limits = { ...noLimit, concurrentConnections: 2 };
    expect([a, b, a, b].map((slot) => slot.admit(limits))).toEqual([
      'admitted',
      'admitted',
      'too-many-open',
      'too-many-open',
    ]);
    a.release();
    expect(b.admit(limits)).toBe('admitted');
  });

  it('never cuts connections when the limit goes down', () => {
    const { a } = twoWorkers();
    for (let i = 0; i < 5; i++) a.admit(noLimit);
    expect(a.admit({ ...noLimit, concurrentConnections: 2 })).toBe('too-many-open');
    expect(a.open()).toBe(5);
  });

  it('lets a number of connections through each second', () => {
    let nowMs = 0;
    const { a, b } = twoWorkers(() => nowMs);
    const limits = { ...noLimit, newConnectionsPerSecond: 2 };
    // The last second does not fit 12 bits: only its low bits are kept, and they differ from their neighbour's.
    for (const second of [0, 1, 2047, 2048, 4095, 4096, 1_764_000_000]) {
      nowMs = second * 1000 + 10;
      expect([a, b, a].map((slot) => slot.admit(limits))).toEqual([
        'admitted',
        'admitted',
        'too-many-per-second',
      ]);
    }
  });

  it('does not begin a second again for a worker that was held up on its way through', () => {
    const limits = { ...noLimit, newConnectionsPerSecond: 2 };
    let onClock = (): number => 11_000;
    const { a, b } = twoWorkers(() => onClock());
    onClock = () => {
      onClock = () => 11_000;
      // Meanwhile another takes all that the next second has.
      expect([b, b, b].map((slot) => slot.admit(limits)).at(-1)).toBe('too-many-per-second');
      return 10_999;
    };
    expect(a.admit(limits)).toBe('too-many-per-second');
    expect(b.admit(limits)).toBe('too-many-per-second');
  });

  it('counts up to the largest rate the API takes', () => {
    const { a } = twoWorkers();
    const limits = { ...noLimit, newConnectionsPerSecond: 1_000_000 };
    for (let i = 0; i < 1_000_000; i++) a.admit(limits);
    expect(a.admit(limits)).toBe('too-many-per-second');
  });
});
