import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { byId } from './by-id.ts';

function loader() {
  const calls: (readonly string[])[] = [];
  const query = byId('things', async (ids) => {
    calls.push(ids);
    if (ids.includes('broken')) throw new Error('no');
    return ids.filter((id) => id !== 'gone').map((id) => ({ id, name: `name of ${id}` }));
  });
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return { calls, ask: (id: string) => cache.fetchQuery(query(id)) };
}

describe('objects by id', () => {
  it('that are asked for together come in one call, those that are gone as null', async () => {
    const { calls, ask } = loader();
    const found = await Promise.all(['a', 'b', 'gone', 'a'].map(ask));
    expect(found.map((row) => row?.name)).toEqual(['name of a', 'name of b', undefined, 'name of a']);
    expect(calls).toEqual([['a', 'b', 'gone']]);
  });

  it('come a hundred at a time', async () => {
    const { calls, ask } = loader();
    await Promise.all(Array.from({ length: 250 }, (_, at) => ask(String(at))));
    expect(calls.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('fail together, and can be asked for again', async () => {
    const { calls, ask } = loader();
    await expect(Promise.all([ask('broken'), ask('a')])).rejects.toThrow('no');
    expect(await ask('b')).toEqual({ id: 'b', name: 'name of b' });
    expect(calls).toHaveLength(2);
  });
});
