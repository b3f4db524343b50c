import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { type CheckedMember, checkerEntry, type FromChecker } from '../packages/health/src/index.ts';
import type { HealthCheck } from '../packages/plan/src/index.ts';
import { testAuthority } from '../packages/testkit/src/index.ts';

/**
 * What checking 10,000 members every 5 seconds takes, by type: the thread of a node's checks, with members on as many
 * loopback addresses that another process answers for. `node bench/checks.ts [SECONDS]`; CPU time of the whole process that
 * holds the thread, the kernel's part included, as a share of one core.
 */
const MEMBERS = 10_000;
/** Of members over TLS: so many full handshakes are as much as their end of them can do beside us. */
const TLS_MEMBERS = 1000;
const INTERVAL_MS = 5000;
const seconds = Number(process.argv[2] ?? 20);

const base: HealthCheck = {
  type: 'TCP',
  port: null,
  domainName: null,
  virtualAddress: '127.0.0.2',
  path: '/healthz',
  method: 'GET',
  expectedCodes: [{ from: 200, to: 200 }],
  intervalMs: INTERVAL_MS,
  timeoutMs: 3000,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
  sourceAddresses: [],
};

interface Ports {
  readonly plain: number;
  readonly secure: number;
  readonly caPem: string;
}

if (process.send === undefined) await measureAll();
else await serve();

async function measureAll(): Promise<void> {
  const members = fork(new URL(import.meta.url), { stdio: 'inherit' });
  try {
    const [ports] = (await once(members, 'message')) as [Ports];
    const trust = { caPem: ports.caPem, serverName: 'member.internal.test' };
    await measure('TCP', MEMBERS, { port: ports.plain, check: base, tls: null });
    await measure('HTTP', MEMBERS, { port: ports.plain, check: { ...base, type: 'HTTP' }, tls: null });
    const https = { port: ports.secure, check: { ...base, type: 'HTTPS' }, tls: trust } as const;
    await measure('HTTPS, verified', TLS_MEMBERS, https);
  } finally {
    members.kill();
  }
}

async function measure(
  what: string,
  count: number,
  how: Pick<CheckedMember, 'port' | 'check' | 'tls'>,
): Promise<void> {
  const heartbeat = new SharedArrayBuffer(4);
  const thread = new Worker(checkerEntry, { workerData: { mostRunning: 4096, heartbeat } });
  const online = new Set<string>();
  thread.on('message', (message: FromChecker) => {
    if (message.type === 'own-trouble') console.log(message);
    if (message.type !== 'health') return;
    for (const { memberId, status } of message.members)
      if (status === 'ONLINE') online.add(memberId);
      else online.delete(memberId);
  });
  const put = Array.from({ length: count }, (_, at) => ({
    memberId: `member-${at}`,
    address: `127.${10 + (at >> 8)}.${at & 255}.1`,
    name: null,
    known: null,
    ...how,
  }));
  thread.postMessage({ type: 'members', put, remove: [] });
  // The first round also brings the code to speed.
  await pause(2 * INTERVAL_MS);
  const before = process.cpuUsage();
  const startMs = performance.now();
  await pause(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1000 / (performance.now() - startMs);
  const perCheck = (share * 1e6 * INTERVAL_MS) / 1000 / count;
  console.log(
    `${what}, ${count} members: ${(share * 100).toFixed(1)} % of a core, ${perCheck.toFixed(0)} µs a check ` +
      `(${Math.round((user / (user + system)) * 100)} % of it in user space), ${online.size} online`,
  );
  await thread.terminate();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Members: every address of loopback, over HTTP and over HTTPS. */
async function serve(): Promise<void> {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';
  const authority = await testAuthority();
  const { certificatePem: cert, keyPem: key } = await authority.issue(['member.internal.test'], 'ec');
  const take = (socket: import('node:net').Socket): void => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  };
  const servers = [
    createServer(take),
    createTlsServer({ cert, key }, take).on('tlsClientError', () => {}),
  ] as const;
  const ports = [];
  for (const server of servers) {
    server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 });
    await once(server, 'listening');
    ports.push((server.address() as import('node:net').AddressInfo).port);
  }
  const [plain = 0, secure = 0] = ports;
  process.send?.({ plain, secure, caPem: authority.certificatePem } satisfies Ports);
  process.on('disconnect', () => process.exit());
}
