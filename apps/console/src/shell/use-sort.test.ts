import { describe, expect, it } from 'vitest';
import { readSort, turned } from './use-sort.ts';

describe('the order of a list', () => {
  it.each([
    ['', { by: null, isDescending: false }],
    ['name', { by: 'name', isDescending: false }],
    ['name:asc', { by: 'name', isDescending: false }],
    ['name:desc', { by: 'name', isDescending: true }],
  ])('is read from %j', (text, expected) => {
    expect(readSort(text)).toEqual(expected);
  });

  it('goes round when the same heading is pressed again', () => {
    expect(['', 'name', 'name:desc'].map((text) => turned(text, 'name'))).toEqual(['name', 'name:desc', '']);
    expect(turned('name:asc', 'name')).toBe('name:desc');
  });

  it('begins anew with another heading', () => {
    expect(turned('name:desc', 'created_at')).toBe('created_at');
  });
});
