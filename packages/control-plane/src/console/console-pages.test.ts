import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';
import { openConsoleFiles } from './console-files.ts';

const script = 'console.info("elbow");'.repeat(50);
let folder: string;
let api: ApiFixture;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elbow-dist-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta nonce="__CSP_NONCE__"><div id="root">');
  await writeFile(join(folder, 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, '.sources'), 'hash');
  await writeFile(join(folder, 'assets', 'index-abc.js'), script);
  await writeFile(join(folder, 'assets', 'index-abc.js.gz'), gzipSync(script));
  const consoleFiles = openConsoleFiles(folder);
  api = await apiFixture(consoleFiles === null ? {} : { consoleFiles });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  api.app.request(path, { method, headers });
const html = { Accept: 'text/html,*/*' };

describe('the page that the console starts from', () => {
  it.each(['/', '/lbs', '/lbs/x/listeners', '/no/such/page'])('answers %s', async (path) => {
    const response = await get(path, html);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.text()).toContain('<div id="root">');
  });

  it('carries the nonce of its own policy, another one each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await get('/', html);
        const policy = response.headers.get('Content-Security-Policy') ?? '';
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
        expect(await response.text()).toContain(`nonce="${nonce}"`);
        expect(policy).not.toContain('unsafe');
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('keeps the other security headers and the request id', async () => {
    const { headers } = await get('/lbs', html);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has no body for HEAD', async () => {
    const response = await get('/lbs', html, 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each([
    ['/v3/x', 401],
    ['/v2.0/x', 401],
    ['/elbow', 401],
    ['/metrics/x', 404],
    ['/healthz/x', 404],
    ['/openapi.json', 404],
  ])('never stands at %s', async (path, status) => {
    const response = await get(path, html);
    const allowed = path === '/openapi.json' ? [200, 404] : [status];
    expect(allowed).toContain(response.status);
    expect(response.headers.get('Content-Type')).toContain('application/json');
  });

  it('is not for programs that ask for something else, nor for writes', async () => {
    expect((await get('/lbs', { Accept: 'application/json' })).status).toBe(404);
    expect((await get('/lbs', html, 'POST')).status).toBe(404);
  });
});

describe('a file of the console', () => {
  it('comes packed where the client can unpack it, and may be kept for ever', async () => {
    const response = await get('/assets/index-abc.js', { 'Accept-Encoding': 'br, gzip;q=0.5' });
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect(response.headers.get('Vary')).toBe('Accept-Encoding');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(script);
  });

  it.each(['', 'identity', 'gzip;q=0', 'gzip; q=0.0, deflate'])(
    'comes as it is for "%s"',
    async (accepts) => {
      const response = await get('/assets/index-abc.js', { 'Accept-Encoding': accepts });
      expect(response.headers.get('Content-Encoding')).toBeNull();
      expect(await response.text()).toBe(script);
    },
  );

  it('without a hash in its name is asked for again', async () => {
    const response = await get('/favicon.svg');
    expect([response.headers.get('Content-Type'), response.headers.get('Cache-Control')]).toEqual([
      'image/svg+xml',
      'no-cache',
    ]);
  });

  it.each([
    '/assets/',
    '/assets/none.js',
    '/assets/index-abc.js.gz',
    '/.sources',
    '/assets/../.sources',
    '/assets/..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/index.html/x.js',
  ])('%s is none', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
  });
});

it('is nothing where nothing is built', () => {
  expect(openConsoleFiles(join(folder, 'nowhere'))).toBeNull();
  expect(openConsoleFiles(join(folder, 'assets'))).toBeNull();
});
