import { describe, expect, it } from 'vitest';
import { matchTarget } from './match-target.ts';

describe('matchTarget', () => {
  it.each([
    ['/a/b?x=1', '/a/b', 'x=1'],
    ['/a?b?c', '/a', 'b?c'],
    ['/', '/', ''],
    ['*', '*', ''],
    ['/%61%2Fb', '/a/b', ''],
    ['/a%252Fb', '/a%2Fb', ''],
    ['/a%2e%2e/b', '/a../b', ''],
    ['/a/%2e%2e/b', '/b', ''],
    ['/a%2F..%2Fb', '/b', ''],
    ['/a/./b/.', '/a/b/', ''],
    ['/a/b/..', '/a/', ''],
    ['/a//b', '/a//b', ''],
    ['/a//../b', '/a/b', ''],
    ['/.a/..b/...', '/.a/..b/...', ''],
    ['/%zz%4', '/%zz%4', ''],
    ['/%C3%A4', '/\u00c3\u00a4', ''],
  ])('%s', (target, path, query) => {
    expect(matchTarget(target)).toEqual({ path, query });
  });

  it.each(['/..', '/../a', '/a/../..', '/%2e%2e/a', '/a/..%2f../b', '/a%00b', '/%00'])(
    'refuses %s',
    (target) => {
      expect(matchTarget(target)).toBeNull();
    },
  );
});
