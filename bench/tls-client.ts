import { readFileSync } from 'node:fs';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { parseArgs } from 'node:util';

/**
 * A client for what h2load cannot do: one request per connection, the session taken up again or a certificate shown.
 * Prints what came of it as JSON. Runs as a program of its own, on the CPU of the load.
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '' },
    port: { type: 'string', default: '' },
    requests: { type: 'string', default: '1' },
    connections: { type: 'string', default: '1' },
    path: { type: 'string', default: '/' },
    cert: { type: 'string' },
    key: { type: 'string' },
    resumes: { type: 'boolean', default: false },
  },
});

export interface TlsClientReport {
  readonly total: number;
  readonly succeeded: number;
  readonly resumed: number;
  readonly seconds: number;
  readonly protocol: string;
  readonly cipher: string;
}

const total = Number(values.requests);
let started = 0;
let succeeded = 0;
let resumed = 0;
let protocol = '';
let cipher = '';

const options: ConnectionOptions = {
  host: values.host,
  servername: 'bench.elbow.test',
  port: Number(values.port),
  rejectUnauthorized: false,
  ALPNProtocols: ['http/1.1'],
  minVersion: 'TLSv1.3',
  ...(values.cert === undefined ? {} : { cert: readFileSync(values.cert) }),
  ...(values.key === undefined ? {} : { key: readFileSync(values.key) }),
};

// One session for each line of connections, made before the clock runs.
const sessions: (Buffer | undefined)[] = await Promise.all(
  Array.from({ length: Number(values.connections) }, async () =>
    values.resumes ? talk(undefined) : undefined,
  ),
);
[succeeded, resumed] = [0, 0];
const startedAt = performance.now();
await Promise.all(sessions.map((session) => work(session)));
const report: TlsClientReport = {
  total,
  succeeded,
  resumed,
  seconds: (performance.now() - startedAt) / 1000,
  protocol,
  cipher,
};
console.log(JSON.stringify(report));

async function work(first: Buffer | undefined): Promise<void> {
  let session = first;
  while (started < total) {
    started += 1;
    const next = await talk(session).catch(() => undefined);
    if (values.resumes) session = next ?? session;
  }
}

/** One connection, one request. @returns the newest session */
function talk(session: Buffer | undefined): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let newest: Buffer | undefined;
    let answer = '';
    const socket: TLSSocket = connect({ ...options, ...(session === undefined ? {} : { session }) }, () => {
      protocol = socket.getProtocol() ?? '';
      cipher = socket.getCipher().standardName;
      if (socket.isSessionReused()) resumed += 1;
      socket.write(`GET ${values.path} HTTP/1.1\r\nHost: bench.elbow.test\r\nConnection: close\r\n\r\n`);
    });
    socket.on('session', (made: Buffer) => (newest = made));
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      if (answer.startsWith('HTTP/1.1 200 ')) succeeded += 1;
      resolve(newest);
    });
  });
}
