/**
 * A load for the leak checker: connections that end in every way, on the main thread and on a worker that is
 * terminated, with contexts that are replaced under way. Ends by itself.
 */
import { once } from 'node:events';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { nativeTicketKey } from '../src/native-context.ts';
import { nativeEncoder } from '../src/native-encoder.ts';
import { NativeEngine } from '../src/native-engine.ts';
import { createReplayFilter } from '../src/native-replay-filter.ts';
import { answerWithFacts, identityOf, listenForTest, testSettings } from '../src/native-testing.ts';

const ROUNDS = Number(process.env.ELBOW_LEAK_ROUNDS ?? 30);
const folder = mkdtempSync(join(tmpdir(), 'elbow-leaks-'));
const pair = makeCertificate();
const ticketKeys = [nativeTicketKey(Buffer.alloc(32, 5), 'leaks')];
const names = [['*.leak.example', [identityOf(pair, 'named')]]];
const settings = testSettings(pair, { names, keepsHelloFacts: true, ticketKeys, takesEarlyData: true });
const mutual = { ...settings, clients: { authoritiesPem: pair.certificatePem, revocationsPem: null } };
const engine = new NativeEngine({ replayFilter: createReplayFilter({ quietSeconds: 0 }) });
const listener = listenForTest(engine, settings, { onSecure: answerWithFacts });

for (let round = 0; round < ROUNDS; round++) {
  listener.setContext(engine.createContext(round % 2 === 0 ? mutual : settings));
  const session = await talk(listener.port, {});
  await talk(listener.port, { session, maxVersion: 'TLSv1.3' });
  await talk(listener.port, { servername: 'a.leak.example', cert: pair.certificatePem, key: pair.keyPem });
  await talk(listener.port, { maxVersion: 'TLSv1.2' }, 'destroy');
  await garbage(listener.port, Buffer.from('16030100050100000100', 'hex'));
  await garbage(listener.port, Buffer.from('GET / HTTP/1.1\r\n\r\n'));
}
for (let round = 0; round < 3; round++) await terminateWorker();
for (let round = 0; round < ROUNDS; round++) await encodeBodies();
try {
  engine.createContext({ ...settings, ciphers: 'NONE-SUCH' });
} catch {
  // A context that could not be made must not stay either.
}
listener.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write('leak-load: done\n');

async function talk(port, options, how = 'end') {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  let session;
  socket.on('session', (made) => (session = made));
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  socket.write('?');
  await once(socket, 'data');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (how === 'end') socket.end();
  else socket.destroy();
  await closed;
  return session;
}

async function garbage(port, bytes) {
  const socket = connectTcp(port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end(bytes);
  await closed;
}

/** In every way, those that do not fit among them. */
async function encodeBodies() {
  const encoder = nativeEncoder();
  const body = Buffer.alloc(100_000, 'some text ');
  for (const coding of ['br', 'gzip'])
    for (const output of [Buffer.alloc(20), Buffer.alloc(100_000)]) {
      const job = { coding, level: 2, body, output };
      encoder.encodeNow(job);
      await new Promise((resolve) => encoder.encodeLater(job, resolve));
    }
}

async function terminateWorker() {
  const file = new URL('../src/native-testing-worker.ts', import.meta.url);
  const worker = new Worker(file, {
    workerData: { listener: { pair, wish: {} }, replayFilter: null, does: 'flood' },
  });
  const [{ port }] = await once(worker, 'message');
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  socket.write('?');
  await once(socket, 'data');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await worker.terminate();
  await closed;
}

function makeCertificate() {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const env = { ...process.env, LD_PRELOAD: '' };
  spawnSync('openssl', [...words, '-subj', '/CN=leak.example', '-keyout', key, '-out', certificate], { env });
  return { certificatePem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') };
}
