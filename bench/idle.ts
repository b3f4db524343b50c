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

// `node bench/idle.ts [CONNECTIONS]`: memory of one idle TLS connection that had a request, of every engine in turn.

const names: readonly EngineName[] = ['elbow', 'elbow-node-tls', 'nginx', 'haproxy', 'caddy'];
const count = Number(process.argv[2] ?? 2000);
/** Connections that are being made at a time. */
const WIDTH = 50;

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
  const before = residentKib(engine.rootPid);
  const held = await open(target, count);
  const after = residentKib(engine.rootPid);
  const stillOpen = held.filter((socket) => !socket.destroyed).length;
  for (const socket of [...first, ...held]) socket.destroy();
  const perConnection = ((after - before) / count).toFixed(1);
  return `${name} ${engine.version}: ${perConnection} KiB for each of ${stillOpen} idle connections (${Math.round(before / 1024)} MiB before)`;
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
      socket.write('GET /small HTTP/1.1\r\nHost: bench.elbow.test\r\n\r\n');
      await once(socket, 'data');
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, line));
  return sockets;
}
