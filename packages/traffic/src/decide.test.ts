import type { ForwardAction, PolicyAction, PolicyCondition, PolicyEntry } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { type DecidableRequest, decide } from './decide.ts';
import { explain } from './explain.ts';
import { compilePolicy } from './route/policy.ts';
import { PolicyIndex } from './route/policy-index.ts';

const to = (poolId: string, changes: Partial<ForwardAction> = {}): ForwardAction => ({
  kind: 'forward',
  pools: [{ poolId, weight: 1 }],
  stickyMs: null,
  rewrite: null,
  cors: null,
  mirror: null,
  ...changes,
});

function policy(id: string, conditions: readonly PolicyCondition[], action: PolicyAction): PolicyEntry {
  return { id, conditions, action, limit: null, removedFields: [], writtenFields: [] };
}

function table(...entries: readonly PolicyEntry[]) {
  const policies = new PolicyIndex();
  for (const [order, entry] of entries.entries()) policies.add(compilePolicy(entry, order));
  return { defaultPoolId: 'default', policies };
}

function get(target: string, changes: Partial<DecidableRequest> = {}): DecidableRequest {
  const connection = { address: '192.0.2.1', scheme: 'https', listenerPort: 8443 } as const;
  return { method: 'GET', target, authority: 'www.example.test:8443', fields: '', ...connection, ...changes };
}

const path = (compare: 'prefix' | 'regex', value: string): PolicyCondition => ({
  kind: 'path',
  compare,
  values: [value],
});

describe('decide', () => {
  it('sends what no policy claims to the default pool, and answers 503 where there is none', () => {
    expect(decide({ defaultPoolId: 'p', policies: null }, get('/'))).toMatchObject({
      kind: 'forward',
      pools: [{ poolId: 'p' }],
    });
    const nothing = { ...table(policy('1', [path('prefix', '/a')], to('a'))), defaultPoolId: null };
    expect(decide(nothing, get('/b'))).toMatchObject({ kind: 'answer', status: 503 });
    expect(decide(nothing, get('/a'))).toMatchObject({ kind: 'forward', pools: [{ poolId: 'a' }] });
  });

  it('refuses a path that rules and members might see differently, where there are rules', () => {
    const some = table(policy('1', [path('prefix', '/a')], to('a')));
    expect(decide(some, get('/a/..%2f../b'))).toMatchObject({ kind: 'answer', status: 400 });
    expect(decide(some, get('/a%00'))).toMatchObject({ kind: 'answer', status: 400 });
    expect(decide({ defaultPoolId: 'p', policies: null }, get('/a%00'))).toMatchObject({ kind: 'forward' });
  });

  it('rewrites by the groups of the expression that the path fits', () => {
    const rewrite = { host: '${host}', path: '/$2', query: 'api=$1&${query}' };
    const some = table(policy('1', [path('regex', '/api/(v\\d+)/(.*)')], to('a', { rewrite })));
    expect(decide(some, get('/api/v2/users?x=1'))).toMatchObject({
      kind: 'forward',
      rewritten: { target: '/users?api=v2&x=1', authority: 'www.example.test:8443' },
    });
    expect(decide(some, get('/api/v2/a%20b'))).toMatchObject({ rewritten: { target: '/a%20b?api=v2&' } });
  });

  it('redirects with the path as it came', () => {
    const action = {
      kind: 'redirect',
      status: 302,
      protocol: 'HTTPS',
      host: '${host}',
      port: '443',
      path: '${path}',
      query: '${query}',
    } as const;
    expect(decide(table(policy('1', [], action)), get('/a%2Fb?c'))).toMatchObject({
      kind: 'redirect',
      status: 302,
      location: 'https://www.example.test/a%2Fb?c',
    });
  });

  it('answers a preflight itself', () => {
    const cors = {
      origins: ['*'],
      methods: ['*'],
      headers: [],
      exposedHeaders: [],
      isCredentialed: false,
      maxAgeSeconds: 5,
    };
    const some = table(policy('1', [], to('a', { cors })));
    const fields = 'Origin: https://x.test\r\nAccess-Control-Request-Method: PUT\r\n';
    expect(decide(some, get('/', { method: 'OPTIONS', fields }))).toMatchObject({ kind: 'preflight' });
    expect(decide(some, get('/', { method: 'OPTIONS' }))).toMatchObject({ kind: 'forward' });
  });
});

describe('explain', () => {
  it('shows every policy up to the one carried out, and what each condition saw', () => {
    const some = table(
      policy('1', [path('prefix', '/a'), { kind: 'header', name: 'X-A', patterns: ['1'] }], to('a')),
      policy('2', [path('prefix', '/a')], to('b')),
      policy('3', [], to('c')),
    );
    const request = get('/a/b', { fields: 'x-a: 2\r\nX-A: 3\r\n' });
    const { decision, tried } = explain(some, request);
    expect(decision.policy?.entry.id).toBe('2');
    expect(tried).toEqual([
      {
        policyId: '1',
        holds: false,
        conditions: [
          { kind: 'path', name: '', expected: ['/a'], seen: ['/a/b'], holds: true },
          { kind: 'header', name: 'X-A', expected: ['1'], seen: ['2', '3'], holds: false },
        ],
      },
      {
        policyId: '2',
        holds: true,
        conditions: [{ kind: 'path', name: '', expected: ['/a'], seen: ['/a/b'], holds: true }],
      },
    ]);
  });
});
