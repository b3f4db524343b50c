import { aListener, headerOf, scriptedBackend, sClient, startElbow, testAuthority } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeListener, rsaAuthority, storeServer } from './tls-setup.ts';

// Row "Enable SNI": which certificate a client is shown, by the name that it asks for.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let named: readonly WireResource[];

const domains = ['*.test.com', '*.b.test.com', 'exact.test.com', 'xn--bcher-kva.example'];

beforeAll(async () => {
  elbow = await startElbow();
  backend = await scriptedBackend();
  const authority = await testAuthority();
  named = await Promise.all(
    domains.map(async (domain) => storeServer(elbow, await authority.issue([domain]), domain)),
  );
  listener = await aListener(elbow, {
    members: [backend],
    fields: { sni_container_refs: named.map(({ id }) => id), http2_enable: true },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});

const fallback = 'www.example.test';

async function shown(...words: readonly string[]): Promise<string | null> {
  return (await sClient(listener, words)).commonName;
}

const cases: readonly (readonly [name: string, byWildcard: string, byLongestSuffix: string])[] = [
  ['a.test.com', '*.test.com', '*.test.com'],
  ['A.Test.COM', '*.test.com', '*.test.com'],
  ['exact.test.com', 'exact.test.com', 'exact.test.com'],
  ['x.exact.test.com', fallback, '*.test.com'],
  ['a.b.test.com', '*.b.test.com', '*.b.test.com'],
  ['a.c.test.com', fallback, '*.test.com'],
  ['a.b.c.test.com', fallback, '*.test.com'],
  ['x.y.b.test.com', fallback, '*.b.test.com'],
  ['test.com', fallback, fallback],
  ['atest.com', fallback, fallback],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['other.org', fallback, fallback],
];

describe('wildcard, the default', () => {
  it.each(cases)('%s', async (name, expected) => {
    for (const version of ['-tls1_2', '-tls1_3'])
      expect(await shown('-servername', name, version)).toBe(expected);
  });

  it('no name, an address', async () => {
    expect(await shown('-noservername')).toBe(fallback);
    expect(await shown('-servername', listener.vip)).toBe(fallback);
  });
});

describe('longest_suffix, switched on while the listener serves', () => {
  beforeAll(() => changeListener(elbow, listener.listener.id, { sni_match_algo: 'longest_suffix' }));
  afterAll(() => changeListener(elbow, listener.listener.id, { sni_match_algo: 'wildcard' }));

  it.each(cases)('%s', async (name, _, expected) => {
    expect(await shown('-servername', name)).toBe(expected);
  });
});

describe('the name and the request', () => {
  it('may differ: a request goes by its Host, on HTTP/1.1 and HTTP/2', async () => {
    backend.forget();
    for (const version of ['--http1.1', '--http2']) {
      const route = ['--connect-to', `::${listener.vip}:${listener.port}`, '-k', version];
      const { stdout } = await listener.curl(
        '/',
        ...route,
        '-H',
        'Host: other.org',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
      );
      expect(stdout).toBe('200');
    }
    expect(backend.requests.map((request) => headerOf(request, 'host'))).toEqual(['other.org', 'other.org']);
  });

  it('is told to members on wish, as the client sent it, and no forged one passes', async () => {
    await changeListener(elbow, listener.listener.id, {
      insert_headers: { 'X-Forwarded-Tls-Sni-enable': true, 'X-Forwarded-TLS-Certificate-ID': true },
    });
    backend.forget();
    const authority = await testAuthority();
    const client = await listener.connect({
      tls: { ca: authority.certificatePem, servername: 'a.test.com' },
    });
    client.write(
      'GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-Tls-Sni: forged\r\nx-forwarded-tls-certificate-id: forged\r\n\r\n',
    );
    await client.answer();
    client.close();
    const told = ['x-forwarded-tls-certificate-id', 'x-forwarded-tls-sni'].map((name) =>
      headerOf(backend.requests[0]!, name),
    );
    expect(told).toEqual([named[0]!.id, 'a.test.com']);
  });
});

describe('RSA and ECDSA for one name', () => {
  const name = 'dual.example.test';

  beforeAll(async () => {
    const [authority, rsa] = [await testAuthority(), await rsaAuthority()];
    const pair = [
      await storeServer(elbow, await rsa.issue([name], 'rsa'), name),
      await storeServer(elbow, await authority.issue([name], 'ec'), name),
      await storeServer(elbow, await rsa.issue(['rsa.example.test'], 'rsa'), 'rsa.example.test'),
    ];
    await changeListener(elbow, listener.listener.id, {
      sni_container_refs: [...named, ...pair].map(({ id }) => id),
    });
  });

  const dual = ['-servername', name];

  it('prefers ECDSA', async () => {
    expect((await sClient(listener, [...dual, '-tls1_2'])).suite).toBe('ECDHE-ECDSA-AES256-GCM-SHA384');
    expect((await sClient(listener, [...dual, '-tls1_3'])).output).toMatch(/Peer signature type: ECDSA/);
  });

  it('has RSA for clients that need it', async () => {
    const suite = 'ECDHE-RSA-AES128-GCM-SHA256';
    expect((await sClient(listener, [...dual, '-tls1_2', '-cipher', suite])).suite).toBe(suite);
    const only = await sClient(listener, [...dual, '-tls1_3', '-sigalgs', 'rsa_pss_rsae_sha256:RSA+SHA256']);
    expect(only.output).toMatch(/Peer signature type: RSA-PSS/);
  });

  it('shows the RSA certificate of a name that has no other, though the default one is ECDSA', async () => {
    for (const version of ['-tls1_2', '-tls1_3'])
      expect(await shown('-servername', 'rsa.example.test', version)).toBe('rsa.example.test');
  });
});

describe('switched off', () => {
  it('shows the default certificate whatever is asked for', async () => {
    await changeListener(elbow, listener.listener.id, { sni_container_refs: [] });
    expect(await shown('-servername', 'exact.test.com')).toBe(fallback);
  });
});
