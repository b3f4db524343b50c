import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { memberAddress, type Settings } from '@elbow/model';
import type { FromNode, Log, NodeFacts, Plan } from '@elbow/plan';
import { rateTableBytes, type WorkerBirth } from '@elbow/proxy';
import { nodeCapabilities } from './capabilities.ts';
import { connectionBudget, openFilesLimit } from './connection-budget.ts';
import { ControlLink } from './control-link.ts';
import { CounterAllocator } from './counter-allocator.ts';
import { LogRotation } from './log-rotation.ts';
import type { RefusedAddress } from './names/member-addresses.ts';
import { NameDisk } from './names/name-disk.ts';
import { dnsResolver } from './names/name-resolver.ts';
import { NodeRuntime } from './node-runtime.ts';
import { PlanDisk, writeDurably } from './plan-disk.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { allowRequestMigration } from './sysctl.ts';
import { TicketRotation } from './ticket-rotation.ts';
import { chooseTlsEngine, tlsBirth, type TlsEngineChoice } from './tls-engine.ts';

/** The proxy's worker, started so that its successor starts faster. */
const workerMain = new URL('./worker-main.ts', import.meta.url);
/** How long a start waits for the workers to serve the plan of the last run. */
const START_DEADLINE_MS = 10_000;

export interface NodeOptions {
  readonly settings: Pick<
    Settings,
    | 'dataDir'
    | 'workers'
    | 'availabilityZone'
    | 'tlsEngine'
    | 'resolvers'
    | 'compressionCpuPercent'
    | 'admin'
    | 'allowsLoopbackMembers'
    | 'allowsLinkLocalMembers'
  >;
  /** Where the control process listens for this node. */
  readonly socketPath: string;
  /** Opens the sealed private keys of certificates; handed to the workers. */
  readonly sealingKey: Uint8Array;
  readonly log: Log;
  /** How access logs are written; by default lines of the cloud's format, 100 MiB a file and five old ones. */
  readonly accessLog?: AccessLogOptions;
  /** What this build of the proxy can do. */
  readonly features: { readonly http2: boolean };
  /** Heap of one worker's JavaScript; by default half of the memory shared out, 256 MiB to 2 GiB. */
  readonly workerHeapMb?: number;
  /** The module that runs as a worker; by default the proxy's own. */
  readonly entry?: URL;
}

export interface AccessLogOptions {
  readonly format: 'elb' | 'json';
  /** Size at which a file is renamed. */
  readonly rotateBytes: number;
  /** Old files that stay. */
  readonly keep: number;
}

const defaultAccessLog: AccessLogOptions = { format: 'elb', rotateBytes: 100 * 2 ** 20, keep: 5 };

export interface RunningNode {
  /** False when some worker did not get to serve the last plan in time; it goes on trying. */
  readonly isServing: boolean;
  /** Lets exchanges in flight finish for at most `graceMs`, then ends all. */
  close(graceMs: number): Promise<void>;
}

/**
 * Starts the data plane of this machine: serves the plan of the last run at once, then does what the control process
 * at `socketPath` says. Needs no control process to serve, and waits for it forever.
 * @throws when the data directory cannot be read or written
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { settings, log } = options;
  allowRequestMigration(log);
  const disk = new PlanDisk(join(settings.dataDir, 'plan'), log);
  const initial = await disk.load();
  const nameDisk = new NameDisk(join(settings.dataDir, 'plan'), log);
  const knownNames = await nameDisk.load();
  const tlsEngine = chooseTlsEngine(settings.tlsEngine);
  const facts = await nodeFacts(options, tlsEngine);
  const slots = new SlotAllocator(settings.workers);
  const counters = new CounterAllocator(settings.workers);
  const { format, rotateBytes, keep } = options.accessLog ?? defaultAccessLog;
  const path = join(settings.dataDir, 'log', 'access.log');
  const rotation = await LogRotation.start({ path, rotateBytes, keep, log });
  const accessLog = { path, format, epoch: rotation.epoch };
  const tickets = await TicketRotation.start({
    path: join(settings.dataDir, 'plan', 'ticket-secrets'),
    sealingKey: options.sealingKey,
    log,
    nowMs: Date.now,
  });
  const send = (message: FromNode): void => link?.send(message);
  let link: ControlLink | null = null;
  const runtime = new NodeRuntime(
    {
      facts,
      disk,
      nameDisk,
      knownNames,
      slots,
      counters,
      log,
      mostChecks: mostChecks(),
      resolve: dnsResolver(settings.resolvers),
      refusedAddress: refusedAddressBy(settings),
      fleet: fleetOptions(options, initial, {
        accessLog,
        ticketRoots: tickets.shared,
        tls: tlsBirth(tlsEngine, tickets.hadOld),
      }),
      send,
    },
    initial,
  );
  await runtime.apply();
  const { socketPath } = options;
  link = new ControlLink({
    socketPath,
    log,
    greet: () => runtime.greeting(),
    receive: (message) => runtime.receive(message),
  });
  const isServing = await runtime.untilCurrent(START_DEADLINE_MS);
  if (!isServing) log('warn', 'not every worker serves the last plan yet', { afterMs: START_DEADLINE_MS });
  return {
    isServing,
    close: (graceMs) => close({ runtime, link, disks: [disk, nameDisk], rotation, tickets }, graceMs),
  };
}

function refusedAddressBy(settings: NodeOptions['settings']): RefusedAddress {
  return (address, port) => {
    const judged = memberAddress(address, port, settings);
    return judged.ok ? null : judged.problem.message;
  };
}

interface Parts {
  readonly runtime: NodeRuntime;
  readonly link: ControlLink;
  readonly disks: readonly Pick<PlanDisk, 'idle'>[];
  readonly rotation: LogRotation;
  readonly tickets: TicketRotation;
}

/** In the reverse order of opening. */
async function close({ runtime, link, disks, rotation, tickets }: Parts, graceMs: number): Promise<void> {
  await link.close();
  tickets.close();
  await runtime.stop(graceMs);
  await rotation.close();
  for (const disk of disks) await disk.idle();
}

function fleetOptions(
  options: NodeOptions,
  initial: Plan,
  shared: Pick<WorkerBirth, 'accessLog' | 'ticketRoots' | 'tls'>,
): ConstructorParameters<typeof NodeRuntime>[0]['fleet'] {
  const { workers } = options.settings;
  const budget = connectionBudget({
    openFiles: openFilesLimit(),
    listeners: initial.listeners.size,
    workers,
  });
  return {
    workers,
    entry: options.entry ?? workerMain,
    heapMb: options.workerHeapMb ?? defaultHeapMb(workers),
    birth: {
      sealingKey: options.sealingKey,
      compressionCpuPercent: options.settings.compressionCpuPercent,
      connectionBudget: budget,
      reusePort: process.platform === 'linux',
      // Untouched memory costs nothing.
      rates: new SharedArrayBuffer(rateTableBytes),
      ...shared,
    },
  };
}

/** Each check that is under way holds a socket; most of them belong to clients. */
function mostChecks(): number {
  return Math.max(64, Math.min(4096, Math.floor(openFilesLimit() / 8)));
}

function defaultHeapMb(workers: number): number {
  const shareMb = totalmem() / 2 ** 20 / 2 / workers;
  return Math.floor(Math.min(2048, Math.max(256, shareMb)));
}

async function nodeFacts({ settings, features }: NodeOptions, engine: TlsEngineChoice): Promise<NodeFacts> {
  return {
    id: await nodeId(join(settings.dataDir, 'plan', 'node-id')),
    availabilityZone: settings.availabilityZone,
    processId: process.pid,
    runtime: `Node.js ${process.version}`,
    capabilities: nodeCapabilities(features, engine),
  };
}

/** The same over all starts in one data directory. */
async function nodeId(path: string): Promise<string> {
  const known = await readFile(path, 'utf8').catch(() => '');
  if (/^[\w-]{1,64}$/.test(known)) return known;
  const id = randomUUID();
  await writeDurably(path, new TextEncoder().encode(id));
  return id;
}
