import { arenaBytes, MemberSlot, PoolSlot } from '../packages/proxy/src/index.ts';
import type { ServedMember } from '../packages/proxy/src/plan/served-member.ts';
import { ServedPool } from '../packages/proxy/src/plan/served-pool.ts';
import type { PoolChunk } from '../packages/plan/src/index.ts';
import { sampleMember, samplePool } from '../packages/plan/src/testing/sample-chunks.ts';

/**
 * What a pick costs among 500 members, by algorithm and by how the members are doing; and what 1,000 pools of 500 members
 * take of a worker. `node --expose-gc bench/picks.ts`; time of the thread on the CPU.
 */
const MEMBERS = 500;
const WARM_UP = 20_000;
/** Many, because the clock of a thread goes in steps of milliseconds. */
const PICKS = 400_000;
const WORKERS = 2;

const checks = {
  type: 'TCP',
  port: null,
  domainName: null,
  virtualAddress: null,
  path: '/',
  method: 'GET',
  expectedCodes: [],
  intervalMs: 5000,
  timeoutMs: 3000,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
  sourceAddresses: [],
} as const;

const addresses = Array.from({ length: 1024 }, (_, at) => `10.${at & 7}.${at >> 3}.${(at * 37) & 255}`);

function chunkOf(id: string, changes: Partial<PoolChunk>): PoolChunk {
  const members = Array.from({ length: MEMBERS }, (_, at) =>
    sampleMember({ id: `${id}-${at}`, address: `10.1.${at >> 8}.${at & 255}`, weight: 1 + (at % 3) }),
  );
  return samplePool({ id, members, ...changes });
}

interface Case {
  readonly what: string;
  readonly algorithm: PoolChunk['algorithm'];
  /** Whether a member is online. */
  readonly isOnline?: (member: number) => boolean;
  /** Requests in flight to a member. */
  readonly inFlight?: (member: number) => number;
  /** With each pick a request begins at the member that was picked, and one ends at another. */
  readonly isChanging?: boolean;
}

const cases: readonly Case[] = [
  { what: 'all alive', algorithm: 'ROUND_ROBIN' },
  { what: '1 alive', algorithm: 'ROUND_ROBIN', isOnline: (member) => member === 77 },
  { what: 'idle', algorithm: 'LEAST_CONNECTIONS' },
  { what: 'all busy', algorithm: 'LEAST_CONNECTIONS', inFlight: (member) => 1 + ((member * 7) % 13) },
  {
    what: 'all busy, requests begin and end (which is part of the time)',
    algorithm: 'LEAST_CONNECTIONS',
    inFlight: (member) => 5 + ((member * 7) % 13),
    isChanging: true,
  },
  { what: 'all alive', algorithm: 'SOURCE_IP' },
  { what: '100 alive', algorithm: 'SOURCE_IP', isOnline: (member) => member % 5 === 0 },
  { what: '1 alive', algorithm: 'SOURCE_IP', isOnline: (member) => member === 77 },
];

for (const each of cases) console.log(`${each.algorithm} ${each.what}: ${pickTime(each)} ns`);
if (globalThis.gc !== undefined)
  for (const algorithm of ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] as const)
    console.log(memory(algorithm));

function pickTime({
  algorithm,
  isOnline = () => true,
  inFlight = () => 0,
  isChanging = false,
}: Case): number {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  const pool = poolOf(chunkOf('pool', { algorithm, healthCheck: checks }), words, 0);
  for (let at = 0; at < MEMBERS; at++) {
    const slot = new MemberSlot(words, { slot: 1 + at }, WORKERS);
    slot.setState(isOnline(at) ? 'online' : 'offline', 1);
    for (let count = inFlight(at); count > 0; count--) slot.begin(0);
  }
  const picks = isChanging ? changingPicks : plainPicks;
  picks(pool, WARM_UP);
  const start = process.threadCpuUsage();
  picks(pool, PICKS);
  const { user, system } = process.threadCpuUsage(start);
  return Math.round(((user + system) * 1000) / PICKS);
}

function plainPicks(pool: ServedPool, count: number): void {
  for (let at = 0; at < count; at++) pool.pick(addresses[at & 1023]!);
}

/** The request that ends is of another member than the one that begins: the 100 newest are under way. */
function changingPicks(pool: ServedPool, count: number): void {
  const underWay: (ServedMember | null)[] = new Array<null>(100).fill(null);
  for (let at = 0; at < count; at++) {
    const member = pool.pick(addresses[at & 1023]!);
    underWay[(at * 37) % 100]?.end();
    member?.begin();
    underWay[(at * 37) % 100] = member;
  }
  for (const member of underWay) member?.end();
}

/** Heap and buffers of 1,000 pools, each with its ring or order made by a first pick. Needs `--expose-gc`. */
function memory(algorithm: PoolChunk['algorithm']): string {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(WORKERS)));
  const before = settledMemory();
  const pools = Array.from({ length: 1000 }, (_, at) => {
    const pool = poolOf(chunkOf(`pool-${at}`, { algorithm }), words, 0);
    pool.pick(addresses[at]!);
    return pool;
  });
  const after = settledMemory();
  const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  const heap = mib(after.heapUsed - before.heapUsed);
  const buffers = mib(after.arrayBuffers - before.arrayBuffers);
  return `${pools.length} pools of ${MEMBERS} members, ${algorithm}: heap ${heap} MiB, buffers ${buffers} MiB a worker`;
}

function settledMemory(): NodeJS.MemoryUsage {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  return process.memoryUsage();
}

function poolOf(chunk: PoolChunk, words: Int32Array, first: number): ServedPool {
  return new ServedPool(chunk, {
    slot: new PoolSlot(words, { slot: first }, WORKERS),
    memberSlot: (index) => new MemberSlot(words, { slot: first + 1 + index }, WORKERS),
    worker: 0,
    sealingKey: new Uint8Array(32),
    nowMs: Date.now,
    memberWentDown: () => {},
    ring: null,
  });
}
