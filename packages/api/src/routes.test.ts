import { expect, it } from 'vitest';
import { harmlessOperations } from './operator-routes.ts';
import { routes } from './routes.ts';

it('operations and places are unique', () => {
  expect(new Set(routes.map(({ operation }) => operation)).size).toBe(routes.length);
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
});

/** Calls that ask with a body. */
const asking: readonly string[] = [
  ...harmlessOperations,
  'CreateToken',
  'CreateSession',
  'ShowSession',
  'DeleteSession',
  'ExplainRequest',
  'ListLoadbalancersByTagsV2',
  'ListListenersByTagsV2',
];

it('whoever changes something must be an editor, and only the versions and the login are open', () => {
  for (const { method, role, operation } of routes) {
    // None of them changes anything that is stored.
    if (asking.includes(operation) || role === 'admin') continue;
    expect([operation, role !== 'reader' && role !== null]).toEqual([operation, method !== 'GET']);
  }
  expect(routes.filter(({ role }) => role === null).map(({ operation }) => operation)).toEqual([
    'ListApiVersions',
    'CreateToken',
    'CreateSession',
    'ShowSession',
    'DeleteSession',
  ]);
});

it('a literal path stands before a parameter in its place', () => {
  routes.forEach(({ method, path }, at) => {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const shadowed = routes
      .slice(at + 1)
      .filter((later) => later.method === method && pattern.test(later.path));
    expect(shadowed.map((route) => route.path)).toEqual([]);
  });
});
