import type { SharedChunk } from '@elbow/proxy';
import { describe, expect, it } from 'vitest';
import { workerDelta } from './worker-delta.ts';

const ownRows: readonly number[] = [1, 2];

function shared(id: string, hash: string, generation = 1, counterRows = ownRows): [string, SharedChunk] {
  const slot = { arena: 0, slot: 0, generation };
  return [
    `pool ${id}`,
    {
      kind: 'pool',
      id,
      hash,
      json: new SharedArrayBuffer(0),
      slot,
      ownerSlot: null,
      counterRows,
      memberSlots: [],
    },
  ];
}

describe('workerDelta', () => {
  it('sends what is new or changed and names what is gone', () => {
    const has = new Map([shared('same', '1'), shared('changed', '1'), shared('gone', '1')]);
    const target = new Map([shared('same', '1'), shared('changed', '2'), shared('new', '1')]);
    const { put, remove } = workerDelta(has, target);
    expect(put.map(({ id }) => id)).toEqual(['changed', 'new']);
    expect(remove).toEqual([{ kind: 'pool', id: 'gone' }]);
  });

  it('sends an object again that got another slot', () => {
    expect(workerDelta(new Map([shared('a', '1', 1)]), new Map([shared('a', '1', 2)])).put).toHaveLength(1);
  });

  it('sends an object again whose members got other rows of counters, though it is what it was', () => {
    const target = new Map([shared('a', '1', 1, [1, 3])]);
    expect(workerDelta(new Map([shared('a', '1')]), target).put).toHaveLength(1);
  });
});
