import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNameTable, type NameMatch } from './name-table.ts';

function find(names: readonly string[], match: NameMatch, asked: string): string | null {
  return createNameTable(
    names.map((name) => [name, name] as const),
    match,
  )(asked);
}

/** The rules one name at a time, as they read: exact, then the longest pattern that fits. */
function naive(names: readonly string[], match: NameMatch, asked: string): string | null {
  const name = asked.replace(/\.$/, '').toLowerCase();
  if (name === '' || name.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return null;
  if (names.includes(name)) return name;
  const fitting = names.filter((pattern) => pattern.startsWith('*.') && fits(pattern, match, name));
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function fits(pattern: string, match: NameMatch, name: string): boolean {
  const wanted = pattern.split('.').slice(1);
  const labels = name.split('.');
  const inPlaceOfStar = labels.length - wanted.length;
  if (inPlaceOfStar < 1 || (match === 'wildcard' && inPlaceOfStar !== 1) || labels[0] === '') return false;
  return wanted.every((label, index) => labels[inPlaceOfStar + index] === label);
}

describe('createNameTable', () => {
  it.each<[string, string | null, string | null]>([
    ['a.test.com', '*.test.com', '*.test.com'],
    ['a.b.test.com', null, '*.test.com'],
    ['x.deep.test.com', '*.deep.test.com', '*.deep.test.com'],
    ['x.y.deep.test.com', null, '*.deep.test.com'],
    ['www.test.com', 'www.test.com', 'www.test.com'],
    ['test.com', null, null],
    ['atest.com', null, null],
    ['A.TEST.com.', '*.test.com', '*.test.com'],
    ['.test.com', null, null],
    ['', null, null],
    ['.', null, null],
    ['127.0.0.1', null, null],
    ['::1', null, null],
  ])('%s is %s by wildcard and %s by longest suffix', (asked, byWildcard, bySuffix) => {
    const names = ['*.test.com', '*.deep.test.com', 'www.test.com', '127.0.0.1'];
    expect(find(names, 'wildcard', asked)).toBe(byWildcard);
    expect(find(names, 'longest_suffix', asked)).toBe(bySuffix);
  });

  it('finds what a reading of the rules name by name finds', () => {
    const label = fc.constantFrom('a', 'b', 'xn--p1ai', '1', 'long-label');
    const domain = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
    const pattern = fc.tuple(fc.constantFrom('', '*.'), domain).map(([star, rest]) => star + rest);
    const asked = fc.tuple(domain, fc.constantFrom('', '.')).map(([name, dot]) => name + dot);
    const anyText = fc.oneof({ weight: 9, arbitrary: asked }, fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { maxLength: 40 }), anyText, (names, name) => {
        for (const match of ['wildcard', 'longest_suffix'] as const)
          expect(find(names, match, name)).toBe(naive(names, match, name));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the last of ten thousand names as of ten', () => {
    const namesOf = (count: number) => Array.from({ length: count }, (_, i) => [`*.n${i}.test`, i] as const);
    for (const count of [10, 10_000]) {
      const lookUp = createNameTable(namesOf(count), 'longest_suffix');
      expect(lookUp(`a.b.n${count - 1}.test`)).toBe(count - 1);
      expect(lookUp(`a.b.n${count}.test`)).toBeNull();
    }
  });
});
