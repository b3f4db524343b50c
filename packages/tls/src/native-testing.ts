import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { NativeSettings } from './native-context.ts';
import type { NativeEngine, NativeListener, NativeListenerEvents } from './native-engine.ts';
import type { NativeSocket } from './native-socket.ts';
import type { ServerIdentity } from './server-identity.ts';
import type { SocketEvent } from './socket-events.ts';

/** The suites of the tests, in server order: ECDSA before RSA. */
export const testCiphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES128-SHA',
].join(':');

/** Where the headers of Node have to be fetched first, a build takes a while. */
export const BUILD_MS = 240_000;

export interface PemPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Builds the addon. @throws with the reason where it cannot be built: its tests fail, they are not skipped */
export function buildForTests(): void {
  const script = fileURLToPath(new URL('../native/build.mjs', import.meta.url));
  const done = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
}

/** What a worker thread can be given instead of settings. */
export interface TestWish {
  readonly pair: PemPair;
  readonly wish: Partial<Omit<NativeSettings, 'identity' | 'names'>>;
}

/** Settings of a listener with one certificate, changed by `wish`. */
export function testSettings(pair: PemPair, wish: Partial<NativeSettings> = {}): NativeSettings {
  return {
    identity: identityOf(pair),
    names: [],
    nameMatch: 'wildcard',
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    versionsLeftOut: [],
    ciphers: testCiphers,
    isHttp2Enabled: false,
    ticketKeys: [],
    sessionIdContext: 'tests',
    takesEarlyData: false,
    keepsHelloFacts: false,
    clients: null,
    ...wish,
  };
}

export function identityOf({ certificatePem, keyPem }: PemPair, id = 'default'): ServerIdentity {
  return { id, version: certificatePem, open: () => ({ chainPem: certificatePem, keyPem }) };
}

export interface TestListener extends NativeListener {
  /** Reasons of failed handshakes. */
  readonly failures: string[];
}

/** Listens on a free port of the loopback; `onSecure` gets every connection. */
export function listenForTest(
  engine: NativeEngine,
  settings: NativeSettings,
  wish: Partial<NativeListenerEvents> = {},
): TestListener {
  const failures: string[] = [];
  const listener = engine.listen(
    { address: '127.0.0.1', port: 0, backlog: 511, reusePort: false, ipv6Only: true },
    engine.createContext(settings),
    {
      onAccept: () => true,
      onSecure: answerWithFacts,
      onPlain: (plain) => plain.destroy(),
      onHandshakeError: (error) => void failures.push(error.message),
      ...wish,
    },
  );
  return { ...listener, failures };
}

/** Answers everything it reads with what TLS agreed on, as one line of JSON. */
export function answerWithFacts(socket: NativeSocket): void {
  socket.on('data', () => {
    const { client, ...facts } = socket.secureFacts;
    const certificateBytes = client?.certificate?.length ?? 0;
    const certificateId = socket.secureFacts.shownCertificateId();
    const answer = { ...facts, certificateId, isEarly: socket.isEarly, client, certificateBytes };
    socket.write(`${JSON.stringify(answer)}\n`);
  });
  socket.on('end', () => socket.end());
}

/** Resolves when the event comes: node:events takes emitters of its own kind only. */
export function heard(socket: NativeSocket, event: SocketEvent): Promise<void> {
  return new Promise((resolve) => void socket.once(event, resolve));
}

/** The hello that node:tls sends, with a name and protocols. */
export async function realHello(): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ALPNProtocols = ['h2', 'http/1.1'];
  const client = connectTls({ host: '127.0.0.1', port, servername: 'a.example', ALPNProtocols });
  client.on('error', () => {});
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [hello] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  server.close();
  return hello;
}
