import type { PolicyCondition, PolicyEntry } from '@elbow/plan';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, firstHolding, type Policy } from './policy.ts';
import { PolicyIndex } from './policy-index.ts';
import { RequestFacts, type RequestToDecide } from './request-facts.ts';

function entry(id: string, conditions: readonly PolicyCondition[]): PolicyEntry {
  const action = { kind: 'fixed', status: 200, contentType: 'text/plain', body: id } as const;
  return { id, conditions, action, limit: null, removedFields: [], writtenFields: [] };
}

function tableOf(...lists: readonly (readonly PolicyCondition[])[]): readonly Policy[] {
  return lists.map((conditions, order) => compilePolicy(entry(`${order}`, conditions), order));
}

function indexOf(policies: readonly Policy[]): PolicyIndex {
  const index = new PolicyIndex();
  for (const policy of policies) index.add(policy);
  return index;
}

const request = (changes: Partial<RequestToDecide> = {}): RequestToDecide => ({
  method: 'GET',
  target: '/',
  authority: 'www.example.test',
  fields: '',
  address: '192.0.2.1',
  ...changes,
});

function first(
  lists: readonly (readonly PolicyCondition[])[],
  changes: Partial<RequestToDecide>,
): string | null {
  return indexOf(tableOf(...lists)).find(new RequestFacts(request(changes)))?.entry.id ?? null;
}

const path = (compare: 'exact' | 'prefix' | 'regex', ...values: string[]): PolicyCondition => ({
  kind: 'path',
  compare,
  values,
});
const host = (...patterns: string[]): PolicyCondition => ({ kind: 'host', patterns });

const anyHost = fc.constantFrom('a.test', 'b.a.test', 'test', 'c.b.a.test', '');
const anyPath = fc.constantFrom(
  '/',
  '/a',
  '/ab',
  '/a/b',
  '/a/b/c',
  '/a%2Fb',
  '/a/./b',
  '/x/../a',
  '//a',
  '/%61',
  '/a?b=1',
  '/?a=b%26&a=c',
);
const anyCondition: fc.Arbitrary<PolicyCondition> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom('a.test', '*.test', '*.a.test', 'b.a.test', '*a*', '?.a.test', '*'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((patterns) => host(...patterns)),
  fc
    .uniqueArray(fc.constantFrom('/', '/a', '/a/b', '/ab'), { minLength: 1, maxLength: 2 })
    .map((values) => path('exact', ...values)),
  fc
    .uniqueArray(fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab'), { minLength: 1, maxLength: 2 })
    .map((values) => path('prefix', ...values)),
  fc
    .uniqueArray(fc.constantFrom('/a.*', '/a?b*', '/[ab]+', '^/a/(b|c)$', '/x|/a', '.*', '/ab{0,2}'), {
      minLength: 1,
      maxLength: 2,
    })
    .map((values) => path('regex', ...values)),
  fc.constantFrom(['GET'], ['POST', 'HEAD']).map((values): PolicyCondition => ({ kind: 'method', values })),
  fc
    .constantFrom('1', 'x*')
    .map((pattern): PolicyCondition => ({ kind: 'header', name: 'X-A', patterns: [pattern] })),
  fc
    .constantFrom('b&', 'c', '?', '')
    .map((pattern): PolicyCondition => ({ kind: 'query', name: 'a', patterns: [pattern] })),
  fc
    .constantFrom('1', '2')
    .map((pattern): PolicyCondition => ({ kind: 'cookie', name: 'c', patterns: [pattern] })),
  fc
    .constantFrom('192.0.2.0/24', '::/0')
    .map((text): PolicyCondition => ({ kind: 'source', entries: [text] })),
);
const anyRequest: fc.Arbitrary<RequestToDecide> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD'),
  target: anyPath,
  authority: anyHost.map((name) => `${name.toUpperCase()}:8443`),
  fields: fc.constantFrom('', 'x-a: 1\r\n', 'X-A: xyz\r\nX-A: 2\r\n', 'Cookie: c=1; d=2\r\n'),
  address: fc.constantFrom('192.0.2.9', '::ffff:192.0.2.9', '2001:db8::1'),
});

describe('PolicyIndex', () => {
  it('answers as asking every policy in order does', () => {
    const table = fc.array(fc.array(anyCondition, { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(table, fc.array(anyRequest, { minLength: 1, maxLength: 10 }), (lists, requests) => {
        const policies = tableOf(...lists);
        const index = indexOf(policies);
        for (const each of requests) {
          const facts = new RequestFacts(each);
          expect(index.find(facts)?.order ?? null).toBe(firstHolding(policies, facts)?.order ?? null);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes the first that holds, however special a later one is', () => {
    const table = [[path('prefix', '/elb')], [path('exact', '/elb/abc.html')]];
    expect(first(table, { target: '/elb/abc.html' })).toBe('0');
    expect(first(table.toReversed(), { target: '/elb/abc.html' })).toBe('0');
    expect(first(table.toReversed(), { target: '/elbow' })).toBe('1');
  });

  it('wants a regex to cover the whole path', () => {
    expect(first([[path('regex', '/elb')]], { target: '/elb/index.html' })).toBeNull();
    expect(first([[path('regex', '/index.html')]], { target: '/elb/index.html' })).toBeNull();
    expect(first([[path('regex', '/elb[^\\s]*')]], { target: '/elb/index.html' })).toBe('0');
    expect(first([[path('regex', '/a|/b/c')]], { target: '/b/c' })).toBe('0');
  });

  it('lets a star stand for several labels of a host, and never for none with its dot', () => {
    expect(first([[host('*.test.com')]], { authority: 'A.B.test.com:80' })).toBe('0');
    expect(first([[host('*.test.com')]], { authority: 'test.com' })).toBeNull();
    expect(first([[host('www.example.test')]], { authority: 'www.example.test.' })).toBe('0');
  });

  it('compares header values without case, parameters and cookies with it', () => {
    const language: PolicyCondition = { kind: 'header', name: 'Accept-Language', patterns: ['en-*'] };
    const locale: PolicyCondition = { kind: 'query', name: 'locale', patterns: ['en-us', 'de-*'] };
    const fields = 'accept-language: EN-gb\r\n';
    expect(first([[language, locale]], { fields, target: '/?locale=de-at' })).toBe('0');
    expect(first([[language, locale]], { fields, target: '/?locale=DE-at' })).toBeNull();
    expect(first([[language, locale]], { fields, target: '/?x&locale=fr&locale=en-us' })).toBe('0');
    expect(first([[locale]], { target: '/?locale=de%2dat' })).toBe('0');
  });
});
