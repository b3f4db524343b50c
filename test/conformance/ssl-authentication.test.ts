import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aListener,
  headerOf,
  makeAuthority,
  scriptedBackend,
  sClient,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type {
  BuiltListener,
  CertificateAuthority,
  CertificateFiles,
  Elbow,
  ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeListener, storeAuthorities } from './tls-setup.ts';

// Row "SSL Authentication": one-way, or mutual: a client without a good certificate never reaches a member.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let folder: string;
let authority: CertificateAuthority;
let good: CertificateFiles;
let stranger: CertificateFiles;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-sessions-'));
  elbow = await startElbow();
  backend = await scriptedBackend();
  authority = await makeAuthority('clients');
  good = await authority.issue(['client-a']);
  stranger = await (await makeAuthority('strangers')).issue(['client-b']);
  const ca = await storeAuthorities(elbow, authority.certificatePem);
  listener = await aListener(elbow, {
    members: [backend],
    fields: { client_ca_tls_container_ref: ca.id, http2_enable: true },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});
beforeEach(() => backend.forget());

function shown(files: CertificateFiles | null): readonly string[] {
  return files === null ? [] : ['--cert', files.certificateFile, '--key', files.keyFile];
}

const versions = [
  ['HTTP/1.1', '--http1.1'],
  ['HTTP/2', '--http2'],
] as const;

describe.each(versions)('%s', (_, version) => {
  it('lets in a client with a certificate of the authority', async () => {
    const { stdout } = await listener.curl(
      '/',
      version,
      ...shown(good),
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
    );
    expect(stdout).toBe('200');
    expect(backend.requests).toHaveLength(1);
  });

  it.each<[string, () => CertificateFiles | null, string]>([
    ['no certificate', () => null, '400 No required SSL certificate was sent'],
    ['one of another authority', () => stranger, '400 The SSL certificate error'],
  ])('tells a client with %s what is wrong, closes, and asks no member', async (_what, files, title) => {
    const words = [version, ...shown(files()), '-w', '\n%{http_code} %{num_connects}'];
    // Two requests, as a client that keeps its connections would send them.
    const { stdout } = await listener.curl('/a', ...words, listener.url.replace(listener.vip, serverName));
    expect(stdout).toContain(`<title>${title}</title>`);
    expect(stdout.match(/400 1/g)).toHaveLength(2);
    expect(backend.requests).toHaveLength(0);
  });

  it('has no body for HEAD', async () => {
    const { code, stdout } = await listener.curl('/', version, '-I');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HTTP\/\S+ 400/);
  });

  it('refuses an upload before it is sent', async () => {
    const { stdout } = await listener.curl('/', version, '-d', 'x'.repeat(5000), '-w', ' %{http_code}');
    expect(stdout).toMatch(/ 400$/);
    expect(backend.requests).toHaveLength(0);
  });
});

describe('the handshake', () => {
  it('asks for a certificate and names the authorities', async () => {
    const { output, isComplete } = await sClient(listener, ['-servername', serverName]);
    expect(isComplete).toBe(true);
    expect(output).toMatch(/Acceptable client certificate CA names\n.*CN ?= ?clients CA/);
  });

  it.each(['-tls1_2', '-tls1_3'])('%s keeps the verdict when a session resumes', async (version) => {
    for (const [files, status] of [
      [null, 400],
      [stranger, 400],
      [good, 200],
    ] as const) {
      const session = join(folder, `${version}-${status}-${files === null}`);
      const cert = files === null ? [] : ['-cert', files.certificateFile, '-key', files.keyFile];
      const ask = (...words: readonly string[]) =>
        sClient(
          listener,
          [version, '-ign_eof', ...cert, ...words],
          'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
        );
      expect((await ask('-sess_out', session)).output).toContain(`HTTP/1.1 ${status} `);
      const again = await ask('-sess_in', session);
      expect(again.isResumed).toBe(true);
      expect(again.output).toContain(`HTTP/1.1 ${status} `);
    }
    expect(backend.requests).toHaveLength(2);
  });
});

describe('a change while the listener serves', () => {
  const ask = (version: string, ...words: readonly string[]) =>
    sClient(
      listener,
      [version, '-ign_eof', ...words],
      'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
    );

  it.each(['-tls1_2', '-tls1_3'])(
    'lets no session (%s) from before it in: authorities added, changed, taken away',
    async (version) => {
      const { id } = listener.listener;
      const ca = await storeAuthorities(elbow, authority.certificatePem);
      const other = await makeAuthority('others');
      const otherCa = await storeAuthorities(elbow, other.certificatePem);
      const own = ['-cert', good.certificateFile, '-key', good.keyFile];
      const session = join(folder, `change-${version}`);

      await changeListener(elbow, id, { client_ca_tls_container_ref: null });
      expect((await ask(version, '-sess_out', session)).output).toContain('HTTP/1.1 200');
      expect((await ask(version, '-sess_in', session)).isResumed).toBe(true);

      await changeListener(elbow, id, { client_ca_tls_container_ref: ca.id });
      const anonymous = await ask(version, '-sess_in', session);
      expect(anonymous.isResumed).toBe(false);
      expect(anonymous.output).toContain('400 No required SSL certificate was sent');

      expect((await ask(version, ...own, '-sess_out', session)).output).toContain('HTTP/1.1 200');
      expect((await ask(version, ...own, '-sess_in', session)).isResumed).toBe(true);

      // The same certificate object with other content counts as a change of authorities.
      await elbow.api.update('certificate', ca.id, { certificate: other.certificatePem });
      const former = await ask(version, ...own, '-sess_in', session);
      expect(former.isResumed).toBe(false);
      expect(former.output).toContain('400 The SSL certificate error');

      await changeListener(elbow, id, { client_ca_tls_container_ref: otherCa.id });
      expect((await ask(version, ...own, '-sess_in', session)).output).toContain(
        '400 The SSL certificate error',
      );
      const back = await storeAuthorities(elbow, authority.certificatePem);
      await changeListener(elbow, id, { client_ca_tls_container_ref: back.id });
      expect((await ask(version, ...own)).output).toContain('HTTP/1.1 200');
    },
  );

  it('leaves an open connection what it negotiated', async () => {
    const { id } = listener.listener;
    const before = await elbow.api.show('listener', id);
    await changeListener(elbow, id, { client_ca_tls_container_ref: null });
    const client = await listener.connect();
    client.write('GET /1 HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer(0)).status).toBe(200);
    await changeListener(elbow, id, { client_ca_tls_container_ref: before['client_ca_tls_container_ref'] });
    client.write('GET /2 HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer(1)).status).toBe(200);
    client.close();
  });
});

describe('what members are told of a client', () => {
  const names = ['subjectdn', 'issuerdn', 'fingerprint', 'clientverify', 'serialnumber', 'ciphers', 'end'];
  const own = (part: string) => `X-Forwarded-Clientcert-${part}`;
  const forged = [...names.map(own), 'X-Forwarded-Clientcert', 'x-tls'].flatMap((name) => [
    '-H',
    `${name}: forged`,
  ]);

  it('is nothing by default, and nothing a client says of itself passes', async () => {
    await listener.curl('/', ...shown(good), ...forged);
    const [request] = backend.requests;
    for (const name of [...names.map(own), 'X-Forwarded-Clientcert'])
      expect(headerOf(request!, name)).toBeUndefined();
  });

  it('is the truth for each switch that is on, under its name or the one it was given', async () => {
    const switches = Object.fromEntries(names.map((part) => [`${own(part)}-enable`, true]));
    await changeListener(elbow, listener.listener.id, {
      insert_headers: {
        ...switches,
        'X-Forwarded-Clientcert-enable': true,
        'X-Forwarded-Clientcert-alias': 'the-certificate',
        'X-Forwarded-TLS-Protocol': true,
        'X-Forwarded-TLS-Protocol-alias': 'x-tls',
        'X-Forwarded-TLS-Cipher': true,
        'X-Forwarded-Tls-Alpn-Protocol-enable': true,
        'X-Forwarded-Tls-Ja3-enable': true,
        'X-Forwarded-Tls-Ja4-enable': true,
      },
    });
    await listener.curl('/', '--http1.1', ...shown(good), ...forged);
    const [request] = backend.requests;
    const told = (name: string) => headerOf(request!, name);
    const certificate = new X509Certificate(good.certificatePem);
    expect(Object.fromEntries(names.slice(0, 5).map((part) => [part, told(own(part))]))).toEqual({
      subjectdn: 'CN=client-a',
      issuerdn: 'CN=clients CA',
      fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
      clientverify: 'SUCCESS',
      serialnumber: certificate.serialNumber,
    });
    expect(told(own('end'))).toBe(certificate.validTo);
    expect(told(own('ciphers'))).toContain('TLS_AES_256_GCM_SHA384');
    expect(decodeURIComponent(told('the-certificate') ?? '')).toBe(good.certificatePem);
    expect(told('X-Forwarded-Clientcert')).toBeUndefined();
    expect(told('x-tls')).toBe('TLSv1.3');
    expect(told('X-Forwarded-TLS-Cipher')).toMatch(/^TLS_/);
    expect(told('X-Forwarded-Tls-Alpn-Protocol')).toBe('http/1.1');
    expect(told('X-Forwarded-Tls-Ja3')).toMatch(/^[0-9a-f]{32}$/);
    expect(told('X-Forwarded-Tls-Ja4')).toMatch(/^t13d\d{4}h1_[0-9a-f]{12}_[0-9a-f]{12}$/);
  });

  it('is NONE where clients are not asked for a certificate, and none of the rest', async () => {
    const { id } = listener.listener;
    await changeListener(elbow, id, { client_ca_tls_container_ref: null });
    await listener.curl('/', ...shown(good), ...forged);
    const [request] = backend.requests;
    expect(headerOf(request!, own('clientverify'))).toBe('NONE');
    for (const part of names.filter((name) => name !== 'clientverify'))
      expect(headerOf(request!, own(part))).toBeUndefined();
  });
});
