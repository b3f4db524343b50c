import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, parseSort, type SortKey, sortKeyOf } from './sort.ts';
import { ipGroupSorts } from './sort-tables.ts';

const parsed = (text: string) => parseSort(ipGroupSorts, new URLSearchParams(text));

describe('the query', () => {
  it.each([
    ['', null],
    ['sort=', null],
    ['sort=name', ['name', false]],
    ['sort=name:asc', ['name', false]],
    ['sort=&sort=created_at:desc', ['created_at', true]],
  ] as const)('?%s is read', (text, expected) => {
    const found = parsed(text);
    if (!found.ok) throw new Error('refused');
    expect(found.value && [found.value.name, found.value.isDescending]).toEqual(expected);
  });

  it.each(['Name', 'name:', 'name:up', 'name:desc:asc', ':desc', 'entries', 'constructor', '__proto__'])(
    '?sort=%s is refused with what could be said',
    (text) => {
      const found = parsed(`sort=${text}`);
      if (found.ok) throw new Error('accepted');
      expect(found.problem.message).toBe(
        'invalid input for field sort: must be one of name, created_at, updated_at, ip_count, ' +
          'alone or with :asc or :desc behind it',
      );
    },
  );

  it('twice is refused', () => {
    expect(parsed('sort=name&sort=created_at')).toMatchObject({ ok: false });
  });
});

interface Keyed {
  readonly id: string;
  readonly key: SortKey;
}
const idsOf = (records: readonly Keyed[], isDescending = false): string =>
  inOrder(records, ({ key }) => key, isDescending)
    .map(({ id }) => id)
    .join('');
const keyed = (...keys: readonly SortKey[]): readonly Keyed[] =>
  keys.map((key, at) => ({ id: 'abcdef'[at] ?? '', key }));

describe('the order', () => {
  it.each([
    ['of numbers', [30, 4, 200], 'bac'],
    ['of texts, whatever their case', ['b', 'C', 'A'], 'cab'],
    ['of digits in texts, as numbers', ['web-10', 'web-9', 'web-090'], 'bac'],
    ['of addresses', ['10.0.0.10:80', '10.0.0.9:8080', '9.1.1.1:1'], 'cba'],
    ['of equal ones, by id', ['x', 'X', 'x'], 'abc'],
    ['of long digits', ['9'.repeat(300), `1${'0'.repeat(300)}`], 'ab'],
  ] as const)('%s', (_, keys, expected) => {
    expect(idsOf(keyed(...keys))).toBe(expected);
  });

  it('has what has no value behind all others, in either direction', () => {
    const records = keyed(null, 'b', '', 'a');
    expect([idsOf(records), idsOf(records, true)]).toEqual(['dbac', 'bdac']);
  });

  it('does not depend on where the records stood, and loses none', () => {
    const key = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), fc.boolean(), (keys, isDescending) => {
        const records = keyed(...keys);
        const ids = idsOf(records, isDescending);
        expect(idsOf(records.toReversed(), isDescending)).toBe(ids);
        expect(ids.split('').toSorted().join('')).toBe(records.map(({ id }) => id).join(''));
      }),
    );
  });
});

it('looks at what a record holds', () => {
  expect(sortKeyOf({ entries: ['a', 'b'] }, { by: 'count', attribute: 'entries' })).toBe(2);
  expect(sortKeyOf({ name: 'a' }, { by: 'column', attribute: 'name' })).toBe('a');
  const named = { by: 'column', attribute: 'name', otherwise: 'commonName' } as const;
  expect(sortKeyOf({ name: '', commonName: 'b' }, named)).toBe('b');
  expect(sortKeyOf({ name: 'a', commonName: 'b' }, named)).toBe('a');
  expect(sortKeyOf({ domain: null }, { by: 'column', attribute: 'domain' })).toBeNull();
});
