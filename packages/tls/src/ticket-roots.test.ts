import { describe, expect, it } from 'vitest';
import { createTicketRoots, ROOT_BYTES, TicketKeyBook, writeTicketRoots } from './ticket-roots.ts';

const root = (byte: number): Buffer => Buffer.alloc(ROOT_BYTES, byte);

describe('TicketKeyBook', () => {
  it('has a key for each secret, newest first, and the same ones until the secrets change', () => {
    const shared = createTicketRoots();
    writeTicketRoots(shared, [root(2), root(1)]);
    const book = new TicketKeyBook(shared);
    const keys = book.nativeKeysFor('listener');
    expect(keys.map(({ length }) => length)).toEqual([80, 80]);
    expect(book.nativeKeysFor('listener')).toBe(keys);
    expect(book.nativeKeysFor('other')).not.toEqual(keys);
    writeTicketRoots(shared, [root(3), root(2), root(1)]);
    const after = book.nativeKeysFor('listener');
    expect(after).toHaveLength(3);
    expect(after.slice(1)).toEqual(keys);
    expect(book.keysFor('listener')).toHaveLength(48);
  });

  it('has none before there is a secret: a key that everybody knows is worse', () => {
    expect(new TicketKeyBook(createTicketRoots()).nativeKeysFor('listener')).toEqual([]);
  });
});
