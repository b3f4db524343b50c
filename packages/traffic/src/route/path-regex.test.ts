import { describe, expect, it } from 'vitest';
import { pathRegex, pathRegexProblem } from './path-regex.ts';

describe('pathRegex', () => {
  it('gives the groups of a match, missing ones empty', () => {
    expect(pathRegex('/api/(v\\d+)/(.*)').groups('/api/v2/users')).toEqual(['/api/v2/users', 'v2', 'users']);
    expect(pathRegex('/(a)|/(b)').groups('/b')).toEqual(['/b', '', 'b']);
    expect(pathRegex('/a').groups('/b')).toBeNull();
  });

  it.each([
    ['/abc', '/abc'],
    ['^/abc/.*', '/abc/'],
    ['/abc?', '/ab'],
    ['/ab{2}', '/a'],
    ['/a|/b', ''],
    ['(/a)', ''],
    ['/a\\.b', '/a'],
  ])('every match of %s begins with %s', (source, start) => {
    expect(pathRegex(source).literalStart).toBe(start);
  });

  it('takes its short way for a start and anything only where the engine agrees', () => {
    const ends = ['.*', '(.*)', '[^\\s]*', '.*$', '.+', '[^/]*'];
    for (const source of ends.flatMap((end) => [`/a${end}`, `^/a${end}`, `/ab?${end}`]))
      for (const path of ['/a', '/ab', '/a/b', '/a b', '/a\n', '/', '/b/a', '/a\u00a0'])
        expect(pathRegex(source).test(path), `${source} ${path}`).toBe(pathRegex(`(?:${source})`).test(path));
  });

  it.each(['(?=a)', '(a)\\1', '(', '(?<!a)b', 'a{1001}'])('refuses %s and says why', (source) => {
    expect(pathRegexProblem(source)).toMatch(/./);
  });

  it('needs time that grows with the path, not with the shape of the expression', () => {
    // A backtracking engine takes 2^5000 steps here.
    expect(pathRegex('/(a+)+').test(`/${'a'.repeat(5000)}!`)).toBe(false);
  });
});
