import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { makeAuthority, testAuthority, type CertificateFiles } from '@elbow/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { SecureFacts } from './client-socket.ts';
import { EndpointCache } from './endpoint-cache.ts';
import { receiveHello } from './receive-hello.ts';
import { createGeneration, type Generation, type GenerationSettings } from './generation.ts';
import type { ServerIdentity } from './server-identity.ts';
import { sessionIdContextOf, ticketKeysFor } from './ticket-keys.ts';

const authority = await testAuthority();
const ciphers =
  'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256:@SECLEVEL=0';

function identity(id: string, { certificatePem, keyPem }: CertificateFiles): ServerIdentity {
  return { id, version: certificatePem, open: () => ({ chainPem: certificatePem, keyPem }) };
}

let endpoints = new EndpointCache();
let ticketKeys = ticketKeysFor(new Uint8Array(32), 'listener');
const fallback = identity('fallback', await authority.issue(['fallback.test']));

function settings(changes: Partial<GenerationSettings> = {}): GenerationSettings {
  return {
    identity: fallback,
    names: [],
    nameMatch: 'wildcard',
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    versionsLeftOut: [],
    ciphers,
    isHttp2Enabled: true,
    keepsHelloFacts: false,
    sessionIdContext: sessionIdContextOf(['listener', changes]),
    clients: null,
    endpoints,
    ...changes,
  };
}

let server: Server | null = null;
const seen: SecureFacts[] = [];
const errors: string[] = [];
let generation: Generation;
let done = 0;

function use(changes: Partial<GenerationSettings> = {}): GenerationSettings {
  const made = settings(changes);
  generation = createGeneration(made, {
    onSecure: (socket, facts) => {
      seen.push(facts);
      socket.on('error', () => {});
      socket.end('hi');
    },
    onHandshakeError: (error) => errors.push(error.message),
  });
  return made;
}

async function port(): Promise<number> {
  server ??= createServer({ allowHalfOpen: true }, (socket: Socket) => {
    socket.on('error', () => {});
    receiveHello(socket, 1000, (seen) => {
      if (seen.kind === 'hello')
        generation.accept(socket, { hello: seen.bytes, ticketKeys, done: () => (done += 1) });
    });
  });
  if (!server.listening) await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  seen.length = 0;
  endpoints = new EndpointCache();
  errors.length = 0;
  done = 0;
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

interface Seen {
  readonly subject: string;
  readonly keyType: string | undefined;
  readonly suite: string;
  readonly session: Buffer | null;
  readonly isResumed: boolean;
}

/** One whole handshake, to the end of what the server says. */
async function shake(options: ConnectionOptions = {}): Promise<Seen> {
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port: await port(),
    ca: authority.certificatePem,
    checkServerIdentity: () => undefined,
    ...options,
  });
  let session: Buffer | null = null;
  socket.on('session', (ticket) => (session = ticket));
  return new Promise((resolve, reject) => {
    let facts: Omit<Seen, 'session'> | null = null;
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const [subject, keyType] = [certificate?.subject ?? '', certificate?.publicKey.asymmetricKeyType];
      facts = { subject, keyType, suite: socket.getCipher().name, isResumed: socket.isSessionReused() };
    });
    socket.on('data', () => {});
    socket.on('error', reject);
    socket.on('end', () => facts !== null && resolve({ ...facts, session }));
  });
}

describe('createGeneration', () => {
  it('shows the certificate of the name, the default one for every other name and for none', async () => {
    const other = identity('other', await authority.issue(['*.other.test']));
    const { endpoints } = use({ names: [['*.other.test', [other]]] });
    expect(endpoints.size).toBe(1);
    expect((await shake({ servername: 'a.other.test' })).subject).toBe('CN=*.other.test');
    expect((await shake({ servername: 'b.other.test' })).subject).toBe('CN=*.other.test');
    expect(endpoints.size).toBe(2);
    expect((await shake({ servername: 'a.b.other.test' })).subject).toBe('CN=fallback.test');
    expect((await shake()).subject).toBe('CN=fallback.test');
    expect(seen.map(({ serverName }) => serverName)).toEqual([
      'a.other.test',
      'b.other.test',
      'a.b.other.test',
      null,
    ]);
    expect(done).toBe(4);
  });

  it('prefers ECDSA where a name has both, and has RSA for clients that need it', async () => {
    const rsaAuthority = await makeAuthority('rsa', 'rsa');
    const pair = [
      identity('rsa', await rsaAuthority.issue(['dual.test'], 'rsa')),
      identity('ec', await authority.issue(['dual.test'], 'ec')),
    ];
    use({
      names: [
        ['dual.test', pair],
        ['rsa.test', pair.slice(0, 1)],
      ],
    });
    const ca = [authority.certificatePem, rsaAuthority.certificatePem];
    const dual = { servername: 'dual.test', ca, maxVersion: 'TLSv1.2' } as const;
    expect((await shake(dual)).suite).toBe('ECDHE-ECDSA-AES256-GCM-SHA384');
    expect((await shake({ ...dual, ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' })).suite).toBe(
      'ECDHE-RSA-AES256-GCM-SHA384',
    );
    const keyFor = async (sigalgs: string) =>
      (await shake({ ...dual, maxVersion: 'TLSv1.3', sigalgs })).keyType;
    expect(await keyFor('rsa_pss_rsae_sha256:rsa_pkcs1_sha256:ecdsa_secp256r1_sha256')).toBe('ec');
    expect(await keyFor('rsa_pss_rsae_sha256:rsa_pkcs1_sha256')).toBe('rsa');
    // The default certificate has an EC key: it must not shine through.
    expect((await shake({ ...dual, servername: 'rsa.test' })).keyType).toBe('rsa');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'says none, bad or good of a client of %s, also of one that resumes',
    async (version) => {
      const stranger = await makeAuthority('stranger');
      const clients = { authoritiesPem: authority.certificatePem, revocationsPem: null };
      use({ clients });
      const verdictOf = async (from: { issue: typeof stranger.issue } | null): Promise<unknown> => {
        const files = await from?.issue(['client']);
        const own = files === undefined ? {} : { cert: files.certificatePem, key: files.keyPem };
        const base = { minVersion: version, maxVersion: version, ...own };
        const first = await shake(base);
        const again = await shake({ ...base, session: first.session! });
        expect(again.isResumed).toBe(true);
        return seen.splice(0).map(({ client }) => client?.verdict);
      };
      expect(await verdictOf(null)).toEqual(['none', 'none']);
      expect(await verdictOf(stranger)).toEqual(['bad', 'bad']);
      expect(await verdictOf(authority)).toEqual(['good', 'good']);
    },
  );

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'resumes with %s nothing from before a change of the authorities',
    async (version) => {
      const base = { minVersion: version, maxVersion: version };
      use();
      const { session } = await shake(base);
      expect((await shake({ ...base, session: session! })).isResumed).toBe(true);
      use({ clients: { authoritiesPem: authority.certificatePem, revocationsPem: null } });
      expect((await shake({ ...base, session: session! })).isResumed).toBe(false);
      expect(seen.at(-1)?.client?.verdict).toBe('none');
    },
  );

  it('resumes no more after its ticket keys changed, and again with tickets of the new ones', async () => {
    use();
    const { session } = await shake();
    ticketKeys = ticketKeysFor(new Uint8Array(32).fill(1), 'listener');
    const next = await shake({ session: session! });
    expect(next.isResumed).toBe(false);
    expect((await shake({ session: next.session! })).isResumed).toBe(true);
  });

  it('leaves out a version between others', async () => {
    use({
      minVersion: 'TLSv1.1',
      versionsLeftOut: ['TLSv1.2'],
      ciphers: `ECDHE-ECDSA-AES128-SHA:${ciphers}`,
    });
    await expect(shake({ maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' })).rejects.toThrow();
    expect((await shake({ minVersion: 'TLSv1.3' })).suite).toBe('TLS_AES_128_GCM_SHA256');
    expect(done).toBe(2);
  });

  it('is done with a client that leaves within the handshake', async () => {
    use();
    const socket = connect({ host: '127.0.0.1', port: await port(), rejectUnauthorized: false });
    // What node:tls has not sent yet, the last message of the handshake, is dropped with the socket.
    await once(socket, 'secureConnect');
    socket.destroy();
    await expect.poll(() => done, { timeout: 4000 }).toBe(1);
  });

  it('speaks only protocols that it offers', async () => {
    use();
    await expect(shake({ ALPNProtocols: ['spdy/1'] })).rejects.toThrow(/no application protocol/i);
    await shake({ ALPNProtocols: ['h2'] });
    expect(seen.map(({ alpn }) => alpn)).toEqual(['h2']);
  });
});
