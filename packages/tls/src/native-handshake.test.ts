import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CertificateAuthority,
  type CertificateFiles,
  makeAuthority,
  runCommand,
  runOrThrow,
  testAuthority,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nativeCapability, NativeEngine } from './native-engine.ts';
import type { NativeSettings } from './native-context.ts';
import type { NativeSocket } from './native-socket.ts';
import { nativeTicketKey } from './native-context.ts';
import {
  answerWithFacts,
  BUILD_MS,
  buildForTests,
  identityOf,
  listenForTest,
  type TestListener,
  testSettings,
} from './native-testing.ts';
import type { ServerIdentity } from './server-identity.ts';

interface Facts {
  readonly alpn: string | null;
  readonly version: string;
  readonly cipher: string;
  readonly serverName: string | null;
  readonly isResumed: boolean;
  readonly client: { readonly verdict: string; readonly reason: string | null } | null;
  readonly certificateBytes: number;
}

let engine: NativeEngine;
let authority: CertificateAuthority;
let settings: NativeSettings;
let defaults: CertificateFiles;
const listeners: TestListener[] = [];
const secret = Buffer.alloc(32, 7);

// Other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  buildForTests();
  engine = new NativeEngine({ replayFilter: null });
  authority = await testAuthority();
  defaults = await authority.issue(['default.example']);
  settings = testSettings(defaults);
}, BUILD_MS);

afterAll(() => {
  for (const listener of listeners) listener.close();
});

function listen(wish: Partial<NativeSettings> = {}): TestListener {
  const listener = listenForTest(engine, { ...settings, ...wish });
  listeners.push(listener);
  return listener;
}

interface Asked {
  readonly facts: Facts;
  readonly subject: string;
  readonly isEc: boolean;
  readonly session: Buffer | undefined;
  readonly certificateId: string;
}

/** One question over one connection, by node:tls. */
async function ask(listener: TestListener, options: ConnectionOptions = {}): Promise<Asked> {
  const socket = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, ...options });
  const { socket: _gone, ...answer } = await askOver(socket);
  socket.end();
  await once(socket, 'close');
  return answer;
}

async function askOver(socket: TLSSocket): Promise<Asked & { readonly socket: TLSSocket }> {
  let session: Buffer | undefined;
  socket.on('session', (made: Buffer) => (session = made));
  await once(socket, 'secureConnect');
  socket.write('?');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  const certificate = socket.getPeerCertificate();
  const subject = (certificate.subject as { CN: string } | undefined)?.CN ?? '';
  const isEc = certificate.asn1Curve !== undefined;
  session ??= socket.getSession();
  const facts = JSON.parse(bytes.toString()) as Facts & { certificateId: string };
  return { facts, certificateId: facts.certificateId, subject, isEc, session, socket };
}

/** @returns the code of the error with which the handshake ended */
async function refusal(listener: TestListener, options: ConnectionOptions): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, ...options });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  return error.code ?? error.message;
}

describe('the native engine', () => {
  it('is available where a compiler is', () => {
    expect(nativeCapability()).toEqual({ available: true, reason: null });
  });

  it('says what is wrong with settings', () => {
    expect(() => engine.createContext({ ...settings, ciphers: 'NO-SUCH-SUITE' })).toThrow(
      'versions or ciphers: no cipher match',
    );
    const identity = identityOf({ certificatePem: authority.certificatePem, keyPem: defaults.keyPem });
    expect(() => engine.createContext({ ...settings, identity })).toThrow(/certificate: .*mismatch/);
    expect(() => engine.createContext({ ...settings, ticketKeys: [Buffer.alloc(48)] })).toThrow('ticket key');
  });

  it('says why a port cannot be opened', () => {
    const { port } = listen();
    const again = { address: '127.0.0.1', port, backlog: 1, reusePort: false, ipv6Only: true };
    const events = {
      onAccept: () => true,
      onSecure: () => {},
      onPlain: () => {},
      onHandshakeError: () => {},
    };
    expect(() => engine.listen(again, engine.createContext(settings), events)).toThrow(
      expect.objectContaining({ code: 'EADDRINUSE' }),
    );
  });
});

describe('versions and suites', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('%s works', async (version) => {
    const { facts, subject } = await ask(listen(), { minVersion: version, maxVersion: version });
    expect(facts.version).toBe(version);
    expect(subject).toBe('default.example');
  });

  it('lets the server order decide', async () => {
    const ciphers = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384';
    const { facts } = await ask(listen(), { maxVersion: 'TLSv1.2', ciphers });
    expect(facts.cipher).toBe('ECDHE-ECDSA-AES256-GCM-SHA384');
  });

  it('refuses other versions with alert 70 and other suites with alert 40', async () => {
    const only13 = listen({ minVersion: 'TLSv1.3' });
    expect(await refusal(only13, { maxVersion: 'TLSv1.2' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    const only12 = listen({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' });
    expect(await refusal(only12, { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' })).toMatch(
      /ALERT_HANDSHAKE_FAILURE/,
    );
    expect(only12.failures).toEqual(['no shared cipher']);
  });

  it('serves TLS 1.0 where the settings say so', async () => {
    const old = listen({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA@SECLEVEL=0',
    });
    const { facts } = await ask(old, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' });
    expect(facts.version).toBe('TLSv1');
  });

  it('leaves out a version in the middle', async () => {
    const gap = listen({
      minVersion: 'TLSv1.1',
      versionsLeftOut: ['TLSv1.2'],
      ciphers: `${settings.ciphers}:ECDHE-ECDSA-AES128-SHA@SECLEVEL=0`,
    });
    expect(await refusal(gap, { maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' })).toMatch(/PROTOCOL/);
    expect((await ask(gap, { minVersion: 'TLSv1.3' })).facts.version).toBe('TLSv1.3');
  });

  it('does not renegotiate', async () => {
    const words = ['s_client', '-connect', `127.0.0.1:${listen().port}`, '-tls1_2'];
    const { stderr, stdout } = await runCommand('openssl', words, { input: 'R\n' });
    expect(`${stdout}${stderr}`).toMatch(/RENEGOTIATING[\s\S]*no renegotiation/i);
  });

  it('changes the settings for new connections only', async () => {
    const listener = listen();
    const socket = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
    const before = await askOver(socket);
    const fresh = await authority.issue(['fresh.example']);
    listener.setContext(engine.createContext(testSettings(fresh)));
    expect((await ask(listener)).subject).toBe('fresh.example');
    socket.removeAllListeners('data');
    socket.write('?');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(JSON.parse(bytes.toString())).toEqual(before.facts);
    socket.destroy();
  });
});

describe('application protocols', () => {
  it('chooses by the server order and refuses without overlap', async () => {
    const both = listen({ isHttp2Enabled: true });
    expect((await ask(both, { ALPNProtocols: ['http/1.1', 'h2'] })).facts.alpn).toBe('h2');
    expect((await ask(both)).facts.alpn).toBeNull();
    expect((await ask(listen(), { ALPNProtocols: ['h2', 'http/1.1'] })).facts.alpn).toBe('http/1.1');
    expect(await refusal(both, { ALPNProtocols: ['spdy/3'] })).toMatch(/NO_APPLICATION_PROTOCOL/);
  });
});

describe('what is told of a connection', () => {
  it('has the hello where asked for', async () => {
    let hello: unknown;
    const onSecure = (socket: NativeSocket): void => {
      hello = socket.secureFacts.hello;
      answerWithFacts(socket);
    };
    const listener = listenForTest(engine, { ...settings, keepsHelloFacts: true }, { onSecure });
    listeners.push(listener);
    const socket = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
    await askOver(socket);
    expect(hello).toEqual({
      ciphers: expect.stringContaining('TLS_AES_256_GCM_SHA384'),
      ja3: expect.stringMatching(/^[0-9a-f]{32}$/),
      ja4: expect.any(String),
    });
    socket.destroy();
    expect((await ask(listen())).facts).toMatchObject({ hello: null });
  });
});

describe('server names', () => {
  async function certificates(nameMatch: NativeSettings['nameMatch']): Promise<TestListener> {
    const wishes = [
      ['a.example', 'ec'],
      ['*.test.com', 'ec'],
      ['*.b.test.com', 'ec'],
      ['both.example', 'ec'],
      ['both.example', 'rsa'],
    ] as const;
    const names = new Map<string, ServerIdentity[]>();
    // One after another: the authority counts its serial numbers in a file.
    for (const [name, type] of wishes) {
      const identity = identityOf(await authority.issue([name], type), `${name} ${type}`);
      names.set(name, [...(names.get(name) ?? []), identity]);
    }
    return listen({ names: [...names], nameMatch, ticketKeys: [nativeTicketKey(secret, 'names')] });
  }

  async function subjectFor(listener: TestListener, servername: string): Promise<string> {
    return (await ask(listener, { servername })).subject;
  }

  it('matches exactly, then by wildcard over one label, else the default', async () => {
    const listener = await certificates('wildcard');
    const subjects = await Promise.all(
      ['A.example', 'x.test.com', 'x.b.test.com', 'x.y.test.com', 'test.com', 'xtest.com', 'other.org'].map(
        (name) => subjectFor(listener, name),
      ),
    );
    const others = ['default.example', 'default.example', 'default.example', 'default.example'];
    expect(subjects).toEqual(['a.example', '*.test.com', '*.b.test.com', ...others]);
    expect((await ask(listener, { servername: 'a.example' })).facts.serverName).toBe('a.example');
  });

  it('matches the longest suffix where asked to', async () => {
    const listener = await certificates('longest_suffix');
    expect(await subjectFor(listener, 'x.y.test.com')).toBe('*.test.com');
    expect(await subjectFor(listener, 'x.y.b.test.com')).toBe('*.b.test.com');
    expect(await subjectFor(listener, 'test.com')).toBe('default.example');
  });

  it('tells which certificate was shown, and which may have been to a resumed session', async () => {
    const listener = await certificates('wildcard');
    const ids = async (options: ConnectionOptions): Promise<string> =>
      (await ask(listener, options)).certificateId;
    const servername = 'both.example';
    expect(await ids({ servername })).toBe('both.example ec');
    expect(await ids({ servername, sigalgs: 'rsa_pss_rsae_sha256' })).toBe('both.example rsa');
    expect(await ids({ servername: 'other.org' })).toBe('default');
    const { session } = await ask(listener, { servername: 'a.example' });
    const again = await ask(listener, { servername: 'a.example', session: session! });
    expect(again.facts.isResumed).toBe(true);
    expect(again.certificateId).toBe('a.example ec');
  });

  it('prefers ECDSA and has RSA for clients that need it', async () => {
    const listener = await certificates('wildcard');
    const servername = 'both.example';
    expect((await ask(listener, { servername })).isEc).toBe(true);
    expect((await ask(listener, { servername, maxVersion: 'TLSv1.2' })).isEc).toBe(true);
    expect((await ask(listener, { servername, sigalgs: 'rsa_pss_rsae_sha256' })).isEc).toBe(false);
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256';
    expect((await ask(listener, { servername, maxVersion: 'TLSv1.2', ciphers })).isEc).toBe(false);
  });
});

/** A list of the authority that names one certificate. */
async function revocationList(own: CertificateAuthority, revoked: CertificateFiles): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'elbow-revoked-'));
  const serial = new X509Certificate(revoked.certificatePem).serialNumber;
  const [index, config] = [join(folder, 'index.txt'), join(folder, 'ca.conf')];
  writeFileSync(index, `R\t491231235959Z\t250101000000Z\t${serial}\tunknown\t/CN=revoked.example\n`);
  writeFileSync(config, `[ca]\ndefault_ca=own\n[own]\ndatabase=${index}\ndefault_md=sha256\n`);
  const words = ['ca', '-gencrl', '-config', config, '-crldays', '30'];
  const files = ['-cert', own.certificateFile, '-keyfile', own.keyFile];
  const list = await runOrThrow('openssl', [...words, ...files]);
  rmSync(folder, { recursive: true });
  return list;
}

describe('client certificates', () => {
  async function mutual(): Promise<TestListener> {
    return listen({
      clients: { authoritiesPem: authority.certificatePem, revocationsPem: null },
      sessionIdContext: 'mutual',
    });
  }

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'are judged, never refused in the handshake: %s',
    async (maxVersion) => {
      const listener = await mutual();
      const good = await authority.issue(['client.example']);
      const bad = await (await makeAuthority(`foreign-${maxVersion}`)).issue(['client.example']);
      const none = await ask(listener, { maxVersion });
      expect(none.facts.client?.verdict).toBe('none');
      const shown = await ask(listener, { maxVersion, cert: good.certificatePem, key: good.keyPem });
      expect(shown.facts.client).toMatchObject({ verdict: 'good', reason: null });
      expect(shown.facts.certificateBytes).toBeGreaterThan(200);
      const foreign = await ask(listener, { maxVersion, cert: bad.certificatePem, key: bad.keyPem });
      expect(foreign.facts.client).toMatchObject({
        verdict: 'bad',
        reason: 'unable to get local issuer certificate',
      });
    },
  );

  it('are bad once revoked', async () => {
    const own = await makeAuthority('revoking');
    const [good, revoked] = [await own.issue(['good.example']), await own.issue(['revoked.example'])];
    const revocationsPem = await revocationList(own, revoked);
    const clients = { authoritiesPem: own.certificatePem, revocationsPem };
    const listener = listen({ clients, sessionIdContext: 'revoking' });
    const first = await ask(listener, { cert: good.certificatePem, key: good.keyPem });
    expect(first.facts.client?.verdict).toBe('good');
    const second = await ask(listener, { cert: revoked.certificatePem, key: revoked.keyPem });
    expect(second.facts.client).toMatchObject({ verdict: 'bad', reason: 'certificate revoked' });
  });

  it('are not asked for elsewhere', async () => {
    expect((await ask(listen())).facts.client).toBeNull();
  });
});

describe('resumption', () => {
  const keys = [nativeTicketKey(secret, 'now')];

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('works with tickets: %s', async (maxVersion) => {
    const listener = listen({ ticketKeys: keys });
    const first = await ask(listener, { maxVersion });
    expect(first.facts.isResumed).toBe(false);
    const second = await ask(listener, { maxVersion, session: first.session! });
    expect(second.facts.isResumed).toBe(true);
  });

  it('takes tickets of an older key and gives new ones under the newest', async () => {
    const context = engine.createContext({ ...settings, ticketKeys: keys });
    const listener = listen();
    listener.setContext(context);
    const old = await ask(listener, { maxVersion: 'TLSv1.2' });
    context.setTicketKeys([nativeTicketKey(secret, 'next'), ...keys]);
    const renewed = await ask(listener, { maxVersion: 'TLSv1.2', session: old.session! });
    expect(renewed.facts.isResumed).toBe(true);
    context.setTicketKeys([nativeTicketKey(secret, 'next')]);
    expect((await ask(listener, { maxVersion: 'TLSv1.2', session: renewed.session! })).facts.isResumed).toBe(
      true,
    );
    expect((await ask(listener, { maxVersion: 'TLSv1.2', session: old.session! })).facts.isResumed).toBe(
      false,
    );
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'does not carry a session past client verification: %s',
    async (maxVersion) => {
      const open = listen({ ticketKeys: keys, sessionIdContext: 'open' });
      const clients = { authoritiesPem: authority.certificatePem, revocationsPem: null };
      const closed = listen({ ticketKeys: keys, sessionIdContext: 'closed', clients });
      const { session } = await ask(open, { maxVersion });
      const { facts } = await ask(closed, { maxVersion, session: session! });
      expect(facts.isResumed).toBe(false);
      expect(facts.client?.verdict).toBe('none');
      // The same ticket is good where it was given: what stopped it is the context alone.
      expect((await ask(open, { maxVersion, session: session! })).facts.isResumed).toBe(true);
    },
  );

  it('keeps the verdict of the first handshake', async () => {
    const clients = { authoritiesPem: authority.certificatePem, revocationsPem: null };
    const listener = listen({ ticketKeys: keys, sessionIdContext: 'kept', clients });
    const bad = await (await makeAuthority('stranger')).issue(['client.example']);
    const first = await ask(listener, { cert: bad.certificatePem, key: bad.keyPem });
    const second = await ask(listener, { session: first.session! });
    expect(second.facts.isResumed).toBe(true);
    expect(second.facts.client?.verdict).toBe('bad');
  });
});
