import { spawn } from 'node:child_process';
import {
  aListener,
  type BuiltListener,
  type CertificateAuthority,
  type CertificateFiles,
  type Elbow,
  makeAuthority,
  type ScriptedBackend,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeListener, storeAuthorities, storeServer } from './tls-setup.ts';

// The rows of TLS seen by a client on another library than ours and curl's: gnutls-cli.

const named = 'named.example.test';
let elbow: Elbow;
let backend: ScriptedBackend;
let server: CertificateAuthority;
let clients: CertificateAuthority;
let oneWay: BuiltListener;
let mutual: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
  backend = await scriptedBackend();
  server = await testAuthority();
  clients = await makeAuthority('clients');
  const other = await storeServer(elbow, await server.issue([named]), named);
  const authorities = await storeAuthorities(elbow, clients.certificatePem);
  oneWay = await aListener(elbow, {
    members: [backend],
    fields: { sni_container_refs: [other.id], http2_enable: true, tls_ciphers_policy: 'tls-1-0-with-1-3' },
  });
  mutual = await aListener(elbow, {
    members: [backend],
    fields: { client_ca_tls_container_ref: authorities.id, tls_ciphers_policy: 'tls-1-2-fs-with-1-3' },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});
beforeEach(() => backend.forget());

const only = (version: string): readonly string[] => ['--priority', `NORMAL:-VERS-ALL:+VERS-${version}`];
const request = (host: string): string => `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

interface Asked {
  readonly name?: string;
  readonly words?: readonly string[];
}

/** One request; what gnutls-cli says about the connection, and the answer. It ends when the server closes. */
function gnutls(listener: BuiltListener, { name = serverName, words = [] }: Asked = {}): Promise<string> {
  const names = ['--sni-hostname', name, '--verify-hostname', name];
  const place = ['--port', `${listener.port}`, '--x509cafile', server.certificateFile];
  const child = spawn('gnutls-cli', [...place, ...names, ...words, listener.vip], { timeout: 50_000 });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString('latin1')));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString('latin1')));
  child.stdin.on('error', () => {}); // it may be gone before it has read
  child.stdin.write(request(name));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

describe('one-way', () => {
  it.each([
    ['TLS1.3', /TLS1\.3-X\.509.*ECDHE-X25519.*ECDSA-SECP256R1-SHA256/],
    ['TLS1.2', /TLS1\.2-X\.509.*ECDHE-X25519.*AES-256-GCM/],
    ['TLS1.1', /TLS1\.1-X\.509.*ECDHE/],
    ['TLS1.0', /TLS1\.0-X\.509.*ECDHE/],
  ])('%s: trusts the certificate, and a member answers', async (version, description) => {
    const output = await gnutls(oneWay, { words: only(version) });
    expect(output).toContain('Status: The certificate is trusted.');
    expect(output).toMatch(description);
    expect(output).toContain('HTTP/1.1 200 ');
    expect(backend.requests).toHaveLength(1);
  });

  it.each(['TLS1.0', 'TLS1.1'])('%s is refused where the policy does not have it', async (version) => {
    const output = await gnutls(mutual, { words: only(version) });
    expect(output).toContain('alert [70]');
    expect(output).not.toContain('HTTP/1.1');
  });

  it('TLS 1.3 is refused where the policy does not have it', async () => {
    await changeListener(elbow, oneWay.listener.id, { tls_ciphers_policy: 'tls-1-2' });
    expect(await gnutls(oneWay, { words: only('TLS1.3') })).toContain('alert [70]');
    await changeListener(elbow, oneWay.listener.id, { tls_ciphers_policy: 'tls-1-0-with-1-3' });
  });

  it.each(['TLS1.2', 'TLS1.3'])(
    '%s: shows the certificate of the name that is asked for',
    async (version) => {
      const output = await gnutls(oneWay, { name: named, words: only(version) });
      expect(output).toContain(`subject \`CN=${named}'`);
      expect(output).toContain('Status: The certificate is trusted.');
    },
  );

  it('shows the default certificate for a name that is not there', async () => {
    const words = ['--insecure', '--no-ca-verification'];
    expect(await gnutls(oneWay, { name: 'nobody.example.test', words })).toContain(
      `subject \`CN=${serverName}'`,
    );
  });
});

describe('protocols and sessions', () => {
  it('chooses a protocol, in its own order, and refuses when there is none', async () => {
    const both = await gnutls(oneWay, { words: ['--alpn', 'http/1.1', '--alpn', 'h2'] });
    expect(both).toContain('Application protocol: h2');
    const none = await gnutls(oneWay, { words: ['--alpn', 'spdy/3'] });
    expect(none).toContain('alert [120]');
  });

  it.each(['TLS1.2', 'TLS1.3'])('%s: resumes', async (version) => {
    const output = await gnutls(oneWay, { words: ['--resume', '--waitresumption', ...only(version)] });
    expect(output).toContain('*** This is a resumed session');
  });

  it('refuses to renegotiate, and goes on', async () => {
    const output = await gnutls(oneWay, { words: ['--rehandshake', ...only('TLS1.2')] });
    expect(output).toContain('safe renegotiation');
    expect(output).toContain('No renegotiation is allowed');
    expect(output).not.toContain('ReHandshake was completed');
  });
});

describe.each(['TLS1.2', 'TLS1.3'])('mutual, %s', (version) => {
  const shown = ({ certificateFile, keyFile }: CertificateFiles): readonly string[] => [
    '--x509certfile',
    certificateFile,
    '--x509keyfile',
    keyFile,
    ...only(version),
  ];

  it('lets in who shows a certificate of the authority', async () => {
    const output = await gnutls(mutual, { words: shown(await clients.issue(['client-a'])) });
    expect(output).toContain('Successfully sent 1 certificate(s) to server.');
    expect(output).toContain('HTTP/1.1 200 ');
    expect(backend.requests).toHaveLength(1);
  });

  it('answers who shows none, or one of another authority, with the reason, and asks no member', async () => {
    const none = await gnutls(mutual, { words: only(version) });
    expect(none).toContain('<title>400 No required SSL certificate was sent</title>');
    const stranger = await (await makeAuthority('strangers')).issue(['client-b']);
    const output = await gnutls(mutual, { words: shown(stranger) });
    expect(output).toContain('<title>400 The SSL certificate error</title>');
    expect(backend.requests).toHaveLength(0);
  });
});
