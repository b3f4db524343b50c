import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Chunk, ListenerChunk, PoolChunk } from '@elbow/plan';
import { sampleHttpListener, sampleMember, samplePool } from '@elbow/plan/testing';
import { createTicketRoots } from '@elbow/tls';
import {
  arenaBytes,
  counterArenaBytes,
  type FromWorker,
  MemberSlot,
  type MemberState,
  PoolSlot,
  type SharedChunk,
  workerControlBytes,
  workerEntry,
} from '../index.ts';

/** Slots of members come after those of listeners and pools. */
const FIRST_MEMBER_SLOT = 100;
const MOST_MEMBERS = 20;

/** Some workers as a node would start them, and the memory that they share, to be looked at and written by tests. */
export class TestNode {
  private readonly workers: readonly Worker[];
  private readonly words: Int32Array;
  private readonly arena: SharedArrayBuffer;
  private readonly counters: SharedArrayBuffer;
  private readonly numbers = new Map<string, number>();
  private revision = 0;

  constructor(workers: number) {
    const control = new SharedArrayBuffer(workerControlBytes(workers));
    this.arena = new SharedArrayBuffer(arenaBytes(workers));
    this.counters = new SharedArrayBuffer(counterArenaBytes(workers));
    this.words = new Int32Array(this.arena);
    this.workers = Array.from({ length: workers }, (_, worker) => {
      const sealingKey = new Uint8Array(32);
      const ticketRoots = createTicketRoots();
      const place = { worker, workers, control, sealingKey, ticketRoots };
      const tls = { engine: 'node', replayFilter: null };
      const workerData = { ...place, tls, connectionBudget: 100, compressionCpuPercent: 0, reusePort: true };
      return new Worker(workerEntry, { workerData: { ...workerData, accessLog: null } });
    });
  }

  /** Puts chunks in force in all workers; what an earlier call put and this one does not name stays. */
  async apply(...chunks: readonly Chunk[]): Promise<void> {
    const isFirst = this.revision++ === 0;
    const message = {
      type: 'plan',
      revision: this.revision,
      put: chunks.map((chunk) => this.share(chunk)),
      remove: [],
      arenas: isFirst ? [{ index: 0, buffer: this.arena }] : [],
      counterArenas: isFirst ? [{ index: 0, buffer: this.counters }] : [],
    };
    const applied = this.workers.map((worker) => this.applied(worker));
    for (const worker of this.workers) worker.postMessage(message);
    await Promise.all(applied);
  }

  member(pool: string, index: number): MemberSlot {
    return new MemberSlot(this.words, { slot: this.memberNumber(pool, index) }, this.workers.length);
  }

  /** What a health check would do. */
  find(pool: string, index: number, state: MemberState): void {
    this.member(pool, index).setState(state, Date.now());
    new PoolSlot(this.words, { slot: this.numberOf('pool', pool) }, this.workers.length).membersChanged();
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private share(chunk: Chunk): SharedChunk {
    const text = Buffer.from(JSON.stringify(chunk));
    const json = new SharedArrayBuffer(text.length);
    new Uint8Array(json).set(text);
    const slot = this.numberOf(chunk.kind, chunk.id);
    const members = chunk.kind === 'pool' ? chunk.members : [];
    return {
      kind: chunk.kind,
      id: chunk.id,
      hash: text.toString(),
      json,
      slot: { arena: 0, slot, generation: 1 },
      ownerSlot:
        chunk.kind === 'listener'
          ? { arena: 0, slot: this.numberOf('loadBalancer', chunk.loadBalancerId), generation: 1 }
          : null,
      counterRows: [0, 1, ...members.keys()].map((_, at) => 1 + slot * (MOST_MEMBERS + 2) + at),
      memberSlots: members.map((_, index) => this.memberNumber(chunk.id, index)),
    };
  }

  private memberNumber(pool: string, index: number): number {
    return FIRST_MEMBER_SLOT + this.numberOf('pool', pool) * MOST_MEMBERS + index;
  }

  private numberOf(kind: string, id: string): number {
    const key = `${kind} ${id}`;
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    return number;
  }

  private async applied(worker: Worker): Promise<void> {
    for (;;) {
      const [message] = (await once(worker, 'message')) as [FromWorker];
      if (message.type !== 'applied') continue;
      if (message.troubles.length > 0) throw new Error(JSON.stringify(message.troubles));
      return;
    }
  }
}

/** A plain listener on loopback with one pool. */
export function aListener(
  port: number,
  defaultPoolId: string,
  changes: Partial<ListenerChunk> = {},
): ListenerChunk {
  const timers = { idleMs: 60_000, requestMs: 60_000, responseMs: 60_000, connectMs: 5000 };
  return sampleHttpListener({ id: 'listener', port, timers, defaultPoolId, ...changes });
}

/** A pool of members on loopback, named by their places. */
export function aPool(
  members: readonly { readonly port: number; readonly weight?: number }[],
  changes: Partial<PoolChunk> = {},
): PoolChunk {
  const entries = members.map(({ port, weight = 1 }, index) =>
    sampleMember({ id: `member-${index}`, port, weight }),
  );
  return samplePool({ id: 'pool1234-and-more', members: entries, ...changes });
}
