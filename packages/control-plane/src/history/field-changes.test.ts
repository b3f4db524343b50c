import { expect, it } from 'vitest';
import { fieldChanges } from './field-changes.ts';

it('tells the fields that differ, by value and not by identity', () => {
  const before = { a: 1, b: [1, 2], c: { d: 1 }, updated_at: 1 };
  expect(fieldChanges(before, { a: 2, b: [1, 2], c: { d: 2 }, updated_at: 2 })).toEqual({
    a: { before: 1, after: 2 },
    c: { before: { d: 1 }, after: { d: 2 } },
  });
});

it('tells of a new object only what it holds', () => {
  const fields = { id: 'x', name: 'n', description: '', tags: [], owner: null, enabled: false };
  expect(fieldChanges(null, fields)).toEqual({
    name: { before: null, after: 'n' },
    enabled: { before: null, after: false },
  });
  expect(fieldChanges(fields, null)).toHaveProperty('name', { before: 'n', after: null });
});

it('masks secrets wherever they stand', () => {
  const changes = fieldChanges(
    { password: 'p1', private_key: 'k1', nested: { secret_key: 's1', shown: 1 } },
    { password: 'p2', private_key: 'k2', nested: { secret_key: 's2', shown: 2 } },
  );
  expect(changes).toEqual({
    password: { before: '******', after: '******' },
    private_key: { before: '******', after: '******' },
    nested: { before: { secret_key: '******', shown: 1 }, after: { secret_key: '******', shown: 2 } },
  });
});

it('cuts what is long', () => {
  const text = 'x'.repeat(100_000);
  const list = Array.from({ length: 1_000 }, (_, at) => ({ ip: String(at) }));
  const { a, b } = fieldChanges({ a: '', b: [] }, { a: text, b: list });
  expect(a?.after).toMatch(/^x{500}… \(100000 characters\)$/);
  expect(b?.after).toBe('1000 entries');
});
