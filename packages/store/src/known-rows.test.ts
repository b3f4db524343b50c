import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { KnownRows } from './known-rows.ts';
import { anIpGroup } from './testing/rows.ts';

const record = (id: string, body: string, sequence = 1) => ({ sequence, id, project_id: 'p', body });
const long = (letter: string, length = 40_000): string => letter.repeat(length);

describe('long rows', () => {
  it('are the same objects while nothing about them has changed', () => {
    const rows = new KnownRows();
    let decoded = 0;
    const read = (row: ReturnType<typeof record>) => rows.read('t', row, () => ({ number: ++decoded }));
    const first = read(record('a', long('x')));
    expect(read(record('a', long('x')))).toBe(first);
    expect(read(record('a', long('y')))).not.toBe(first);
    expect(read(record('a', long('y'), 2))).toEqual({ number: 3 });
    expect(read(record('b', long('y'), 2))).toEqual({ number: 4 });
    expect([read(record('c', 'short')), read(record('c', 'short'))]).toEqual([{ number: 5 }, { number: 6 }]);
  });

  it('are forgotten when there are too many of them', () => {
    const rows = new KnownRows();
    let decoded = 0;
    const read = (id: string) =>
      rows.read('t', record(id, long(id, 30 * 2 ** 20)), () => ({ number: ++decoded }));
    expect(['a', 'b', 'c', 'c', 'b', 'a'].map((id) => read(id).number)).toEqual([1, 2, 3, 3, 2, 4]);
  });

  it('follow what is written', async () => {
    const store = await openStore({ directory: ':memory:' });
    const entries = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ ip: `10.0.${at >> 8}.${at & 255}`, description: '' }));
    const read = () => store.read((reader) => reader.find('ipGroup', 'g'));
    await store.write((writer) => writer.insert('ipGroup', anIpGroup('g', { entries: entries(2000) })));
    const before = await read();
    expect(await read()).toBe(before);
    await store.write((writer) => writer.update('ipGroup', anIpGroup('g', { entries: entries(2001) })));
    expect((await read())?.entries).toHaveLength(2001);
    expect(before?.entries).toHaveLength(2000);
    await store.close();
  });
});
