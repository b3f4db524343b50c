import { describe, expect, it } from 'vitest';
import { changedFields, conflictRows } from './edit-changes.ts';

const before = { name: 'a', description: '', tags: [] as unknown[], updated_at: '1' };

describe('a conflict', () => {
  it('is about the fields that both touch, and tells of what else somebody has changed', () => {
    const theirs = { name: 'b', description: 'x', tags: [], updated_at: '2' };
    expect(conflictRows({ before, theirs, yours: { name: 'c' } })).toEqual([
      { field: 'name', before: 'a', theirs: 'b', yours: 'c' },
      { field: 'description', before: '–', theirs: 'x', yours: '' },
    ]);
  });

  it('is told in words where there are some, and never at length', () => {
    const theirs = { ...before, name: 'b', description: 'x'.repeat(1_000) };
    const [name, description] = conflictRows(
      { before, theirs, yours: { name: 'c' } },
      { name: (value) => `<${String(value)}>` },
    );
    expect(name).toMatchObject({ before: '<a>', theirs: '<b>', yours: '<c>' });
    expect(description?.theirs).toHaveLength(241);
  });

  it('is none in fields that the form does not have', () => {
    expect(changedFields(before, { ...before, description: 'x' }, { name: 'c' })).toEqual([]);
    expect(changedFields(before, { ...before, tags: [{ key: 'k' }] }, { name: 'c', tags: [] })).toEqual([
      'tags',
    ]);
  });
});
