import type { CorsRules, RedirectAction } from '@elbow/plan';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corsAnswerFields, isPreflight, preflightFields } from './cors.ts';
import { editFields } from './edit-fields.ts';
import { redirectLocation } from './redirect.ts';
import { rewriteRequest } from './rewrite.ts';
import { encodeForPath, fillTemplate, type TemplateValues } from './template.ts';

const values: TemplateValues = {
  protocol: 'http',
  host: 'www.example.test',
  port: '8080',
  path: '/old',
  query: 'x=1',
  groups: ['/api/v2/users', 'v2', 'us ers\r\n'],
};
const fill = (template: string) => fillTemplate(template, values, encodeForPath);

describe('fillTemplate', () => {
  it.each([
    ['/$1/x', '/v2/x'],
    ['/$9', '/'],
    ['$abc#123', '#123'],
    ['$#', '$#'],
    ['$', '$'],
    ['${path}/a${query}', '/old/ax=1'],
    ['${nothing}', '${nothing}'],
    ['$2', 'us%20ers%0D%0A'],
    ['$12', 'v22'],
  ])('%s', (template, result) => {
    expect(fill(template)).toBe(result);
  });

  it('never lets a group end a line', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const groups = ['', text];
        expect(fillTemplate('$1', { ...values, groups }, encodeForPath)).not.toMatch(/[^\x21-\x7e]/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('redirectLocation', () => {
  const inherited: RedirectAction = {
    kind: 'redirect',
    status: 301,
    protocol: '${protocol}',
    host: '${host}',
    port: '${port}',
    path: '${path}',
    query: '${query}',
  };
  const locate = (changes: Partial<RedirectAction>, from: Partial<TemplateValues> = {}) =>
    redirectLocation({ ...inherited, ...changes }, { ...values, ...from });

  it('says exactly what the parts say', () => {
    const action = {
      protocol: 'HTTPS',
      host: 'www.example1.com',
      port: '8081',
      path: '/index.html',
      query: 'locale=en-us&${query}',
    };
    expect(locate(action)).toBe('https://www.example1.com:8081/index.html?locale=en-us&x=1');
  });

  it('leaves out the port that the scheme has anyway, and an empty query with its mark', () => {
    expect(locate({ protocol: 'HTTPS', port: '443' }, { query: '' })).toBe('https://www.example.test/old');
    expect(locate({}, { port: '80' })).toBe('http://www.example.test/old?x=1');
    expect(locate({ protocol: 'HTTPS' }, { port: '80' })).toBe('https://www.example.test:80/old?x=1');
  });
});

describe('rewriteRequest', () => {
  it('puts groups where the template wants them and keeps the host', () => {
    const rewrite = { host: '${host}', path: '/$1', query: 'api=$1&${query}' };
    expect(rewriteRequest(rewrite, values, 'www.example.test:8443')).toEqual({
      target: '/v2?api=v2&x=1',
      authority: 'www.example.test:8443',
    });
  });

  it('encodes what would separate in a query', () => {
    const groups = ['', 'a&b=c'];
    const rewrite = { host: 'inner.test', path: '/$1', query: 'q=$1' };
    expect(rewriteRequest(rewrite, { ...values, groups }, 'x')).toEqual({
      target: '/a&b=c?q=a%26b%3Dc',
      authority: 'inner.test',
    });
  });
});

describe('editFields', () => {
  const source = {
    requestFields: 'X-Ref: r\r\nX-Old: 1\r\n',
    fact: (fact: string) => (fact === 'clientPort' ? '4711' : null),
  };
  const edit = (
    fields: string,
    removedFields: string[],
    writtenFields: Parameters<typeof editFields>[1]['writtenFields'],
  ) => editFields(fields, { removedFields, writtenFields }, source);

  it('removes first, then writes over all that stood there', () => {
    const written = [{ name: 'x-old', value: { from: 'text', text: 'new' } }] as const;
    expect(edit('X-Old: 1\r\nX-Gone: 2\r\nx-old: 3\r\nA: b\r\n', ['X-GONE'], written)).toBe(
      'A: b\r\nx-old: new\r\n',
    );
  });

  it('writes nothing, and leaves what is there, when the source says nothing', () => {
    const written = [
      { name: 'a', value: { from: 'field', name: 'x-absent' } },
      { name: 'b', value: { from: 'fact', fact: 'publicAddress' } },
      { name: 'c', value: { from: 'field', name: 'x-ref' } },
      { name: 'd', value: { from: 'fact', fact: 'clientPort' } },
    ] as const;
    expect(edit('A: 1\r\n', [], written)).toBe('A: 1\r\nc: r\r\nd: 4711\r\n');
  });
});

describe('cors', () => {
  const rules: CorsRules = {
    origins: ['https://*.example.com', 'http://one.test:8080'],
    methods: ['GET', 'PUT'],
    headers: ['x-a'],
    exposedHeaders: ['x-b'],
    isCredentialed: false,
    maxAgeSeconds: 600,
  };
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    fields: `Origin: ${origin}\r\nAccess-Control-Request-Method: PUT\r\n`,
  });

  it('knows a preflight by its method and both of its fields', () => {
    expect(isPreflight(preflight('https://a.example.com'))).toBe(true);
    expect(isPreflight({ method: 'OPTIONS', fields: 'Origin: https://a.test\r\n' })).toBe(false);
    expect(isPreflight({ ...preflight('x'), method: 'GET' })).toBe(false);
  });

  it('grants to those that fit the list, one label for a star', () => {
    expect(preflightFields(rules, preflight('https://a.example.com'))).toBe(
      'Access-Control-Allow-Origin: https://a.example.com\r\nAccess-Control-Allow-Methods: GET, PUT\r\n' +
        'Access-Control-Allow-Headers: x-a\r\nAccess-Control-Max-Age: 600\r\nVary: Origin\r\n',
    );
    for (const origin of [
      'https://a.b.example.com',
      'https://example.com',
      'http://a.example.com',
      'https://evil.test/.example.com',
    ])
      expect(preflightFields(rules, preflight(origin))).toBe('Vary: Origin\r\n');
  });

  it('takes the place of what the member says', () => {
    const member = 'Access-Control-Allow-Origin: *\r\nVary: Accept\r\nA: b\r\n';
    expect(
      corsAnswerFields(rules, { method: 'GET', fields: 'Origin: http://one.test:8080\r\n' }, member),
    ).toBe(
      'Vary: Accept\r\nA: b\r\nVary: Origin\r\nAccess-Control-Allow-Origin: http://one.test:8080\r\n' +
        'Access-Control-Expose-Headers: x-b\r\n',
    );
    expect(corsAnswerFields(rules, { method: 'GET', fields: '' }, member)).toBe(
      'Vary: Accept\r\nA: b\r\nVary: Origin\r\n',
    );
  });

  it('names the origin where a star would mean nothing', () => {
    const open = { ...rules, origins: ['*'] };
    const request = { method: 'GET', fields: 'Origin: https://x.test\r\n' };
    expect(corsAnswerFields(open, request, '')).toMatch(/^Access-Control-Allow-Origin: \*\r\n/);
    expect(corsAnswerFields({ ...open, isCredentialed: true }, request, '')).toContain(
      'Allow-Origin: https://x.test\r\n',
    );
  });
});
