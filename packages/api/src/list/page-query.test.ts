import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage, pageInfo, parsePageQuery } from './page-query.ts';

const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id }));
const query = (limit: number, marker: string | null = null, isReverse = false) => ({
  limit,
  marker,
  isReverse,
});

describe('the query', () => {
  it.each([
    ['', query(2_000)],
    ['limit=&marker=&page_reverse=', query(2_000)],
    ['limit=7&marker=b&page_reverse=true', query(7, 'b', true)],
    ['limit=0', query(0)],
  ])('?%s is read', (text, expected) => {
    expect(parsePageQuery(new URLSearchParams(text))).toEqual({ ok: true, value: expected });
  });

  it.each(['limit=2001', 'limit=-1', 'limit=1.5', 'limit=0x1', 'limit=1e3', 'limit=99999', 'page_reverse=1'])(
    '?%s is refused',
    (text) => {
      expect(parsePageQuery(new URLSearchParams(text)).ok).toBe(false);
    },
  );
});

describe('pages', () => {
  it('cover the list once, in either direction, whatever the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.boolean(), (limit, isReverse) => {
        const seen: string[] = [];
        for (let marker: string | null = null, steps = 0; steps < 10; steps++) {
          const cut: ReturnType<typeof cutPage<{ id: string }>> = cutPage(
            all,
            query(limit, marker, isReverse),
          );
          const ids: readonly string[] = cut?.page.map(({ id }) => id) ?? [];
          seen.splice(isReverse ? 0 : seen.length, 0, ...ids);
          if (cut?.hasMoreBehind !== true) break;
          marker = (isReverse ? ids[0] : ids.at(-1)) ?? null;
        }
        expect(seen).toEqual(all.map(({ id }) => id));
      }),
    );
  });

  it('say where to go on, and leave it out at the end', () => {
    expect(pageInfo(['a', 'b'], query(2), true)).toEqual({
      previous_marker: 'a',
      next_marker: 'b',
      current_count: 2,
    });
    expect(pageInfo(['a', 'b'], query(2), false)).toEqual({ previous_marker: 'a', current_count: 2 });
    expect(pageInfo([], query(2), false)).toEqual({ current_count: 0 });
    expect(pageInfo(['a', 'b'], query(2, 'c', true), false)).toMatchObject({ next_marker: 'b' });
  });

  it('after an unknown marker do not exist', () => {
    expect(cutPage(all, query(2, 'x'))).toBeNull();
  });
});
