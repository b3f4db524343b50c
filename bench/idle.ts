import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { startBackend } from './backend.ts';
import { cases } from './cases.ts';
import { makeCertificates } from './certificates.ts';
import { ChildProcesses } from './child-processes.ts';
import { residentKib } from './cpu-time.ts';
import type { Bench, EngineName } from './engines/engine.ts';
import { startEngine } from './engines/index.ts';

// `node bench/idle.ts [CONNECTIONS] [ENGINE,ENGINE]`: memory of one idle TLS connection that had a request, of every
// engine in turn.

const all: readonly EngineName[] = ['elbow', 'elbow-node-tls', 'nginx', 'haproxy', 'caddy'];
const asked = process.argv[3]?.split(',') ?? all;
const names = all.filter((name) => asked.includes(name));
const count = Number(process.argv[2] ?? 2000);
/** Connections that are being made at a time. */
const WIDTH = 50;
/** Of each of the connections that are open before it is counted: heaps that grow with work have grown then. */
const WARM_UP_REQUESTS = 100;
const REQUEST = 'GET /small HTTP/1.1\r\nHost: bench.elbow.test\r\n\r\n';

const dir = await mkdtemp(join(tmpdir(), 'elbow-idle-'));
const children = new ChildProcesses(dir);
try {
  const bench: Bench = {
    dir,
    children,
    backendPort: await startBackend(children, dir, undefined),
    certificates: await makeCertificates(dir),
    engineCpu: undefined,
    profileDir: undefined,
  };
  for (const name of names) console.log(await measure(name, bench));
} finally {
  await children.stopAll();
  await rm(dir, { recursive: true, force: true });
}

async function measure(name: EngineName, bench: Bench): Promise<string> {
  const engine = await startEngine(name, bench);
  const target = await engine.prepare(cases[0]!);
  if (target.status !== 'ready') return `${name}: ${target.reason}`;
  // Code, heaps and pools are there after some; what is counted is what the others add.
  const first = await open(target, 200);
  await keepAsking(first, WARM_UP_REQUESTS);
  const before = residentKib(engine.rootPid);
  const held = await open(target, count);
  const after = residentKib(engine.rootPid);
  const stillOpen = held.filter((socket) => !socket.destroyed).length;
  for (const socket of [...first, ...held]) socket.destroy();
  // Where some are gone already, what they held says nothing of the others.
  if (stillOpen < count) return `${name}: only ${stillOpen} of ${count} connections stayed open: no figure`;
  const perConnection = ((after - before) / count).toFixed(1);
  return `${name} ${engine.version}: ${perConnection} KiB for each of ${stillOpen} idle connections (${Math.round(before / 1024)} MiB before)`;
}

async function keepAsking(sockets: readonly TLSSocket[], requests: number): Promise<void> {
  const ask = async (socket: TLSSocket): Promise<void> => {
    for (let count = 0; count < requests; count++) {
      socket.write(REQUEST);
      await once(socket, 'data');
    }
  };
  await Promise.all(sockets.map(ask));
}

async function open(
  target: { readonly host: string; readonly port: number },
  wanted: number,
): Promise<readonly TLSSocket[]> {
  const sockets: TLSSocket[] = [];
  const line = async (): Promise<void> => {
    while (sockets.length < wanted) {
      const socket = connect({ ...target, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
      socket.on('error', () => {});
      sockets.push(socket);
      await once(socket, 'secureConnect');
      socket.write(REQUEST);
      await once(socket, 'data');
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, line));
  return sockets;
}
