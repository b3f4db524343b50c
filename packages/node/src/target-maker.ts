import { entryKey } from '@elbow/plan';
import type { Chunk, Plan } from '@elbow/plan';
import { type SharedChunk, sharedForm, type SlotRef } from '@elbow/proxy';
import type { Counted } from './collect-metrics.ts';
import type { CounterAllocator } from './counter-allocator.ts';
import type { MemberAddresses } from './names/member-addresses.ts';
import { MemberSlots } from './member-slots.ts';
import { OwnerSlots } from './owner-slots.ts';
import type { SlotAllocator } from './slot-allocator.ts';
import type { ChunkMap } from './worker-delta.ts';
import type { Target } from './worker-thread.ts';

/**
 * Turns plans into what workers get: each chunk written once as JSON into shared memory, each listener and pool with
 * its slot and its rows of counters, which it keeps through all its changes; so does each member of a pool.
 */
export class TargetMaker {
  private readonly slots: SlotAllocator;
  private readonly counters: CounterAllocator;
  private readonly addresses: Pick<MemberAddresses, 'resolved'>;
  readonly members: MemberSlots;
  private readonly owners: OwnerSlots;
  private served: ReadonlyMap<string, Counted> = new Map();
  private chunks: ChunkMap = new Map();
  private version = 0;

  constructor(
    { slots, counters }: { readonly slots: SlotAllocator; readonly counters: CounterAllocator },
    addresses: Pick<MemberAddresses, 'resolved'>,
  ) {
    this.slots = slots;
    this.counters = counters;
    this.addresses = addresses;
    this.members = new MemberSlots(slots, Date.now);
    this.owners = new OwnerSlots(slots);
  }

  /** The next target: `plan` without the listeners that are refused. */
  make(plan: Plan, isRefused: (listener: string) => boolean): Target {
    const version = ++this.version;
    // The first plan is the one of the last run.
    this.members.isResuming = version === 1;
    const chunks = new Map<string, SharedChunk>();
    const served = new Map<string, Counted>();
    for (const [name, planned] of plan.chunks) {
      if (planned.kind === 'listener' && isRefused(planned.id)) continue;
      const { hash, chunk } =
        planned.kind === 'pool' ? this.addresses.resolved(name, planned) : { hash: name, chunk: planned };
      const shared = this.share(hash, chunk);
      chunks.set(entryKey(chunk), shared);
      served.set(entryKey(chunk), { chunk, shared });
    }
    this.retireOthers(chunks, version);
    this.owners.keepOnly(ownersOf(served.values()), version);
    this.chunks = chunks;
    this.served = served;
    return { version, revision: plan.revision, chunks };
  }

  /** What the newest target serves. */
  get counted(): readonly Counted[] {
    return [...this.served.values()];
  }

  /** How the newest target serves a pool; null when it does not. */
  pool(id: string): Counted | null {
    return this.served.get(entryKey({ kind: 'pool', id })) ?? null;
  }

  private retireOthers(chunks: ChunkMap, version: number): void {
    for (const [key, earlier] of this.chunks) {
      if (chunks.get(key) === earlier) continue;
      const { slot, counterRows, memberSlots } = earlier;
      if (slot !== null && !chunks.has(key)) this.slots.retire(slot, version);
      const kept = new Set(chunks.get(key)?.counterRows);
      this.counters.retire(
        counterRows.filter((row) => !kept.has(row)),
        version,
      );
      const keptSlots = new Set(chunks.get(key)?.memberSlots);
      this.members.retire(
        memberSlots.filter((number) => !keptSlots.has(number)),
        version,
      );
    }
  }

  private share(hash: string, chunk: Chunk): SharedChunk {
    const earlier = this.chunks.get(entryKey(chunk));
    if (earlier?.hash === hash) return earlier;
    const { kind, id } = chunk;
    return {
      kind,
      id,
      hash,
      json: sharedForm(chunk),
      slot: earlier === undefined ? this.newSlot(chunk) : earlier.slot,
      ownerSlot: chunk.kind === 'listener' ? this.owners.slotOf(chunk.loadBalancerId) : null,
      counterRows: this.counterRows(chunk, earlier?.counterRows ?? []),
      memberSlots: chunk.kind === 'pool' ? this.members.assign(chunk, this.served.get(entryKey(chunk))) : [],
    };
  }

  /** Clients and members of a listener; the same of a pool, then one for each of its members, by their ids. */
  private counterRows(chunk: Chunk, [client, upstream]: readonly number[]): readonly number[] {
    if (chunk.kind !== 'listener' && chunk.kind !== 'pool') return [];
    const pair = [client ?? this.counters.allocate(), upstream ?? this.counters.allocate()];
    if (chunk.kind === 'listener') return pair;
    const earlier = this.memberRows(chunk.id);
    return [...pair, ...chunk.members.map(({ id }) => earlier.get(id) ?? this.counters.allocate())];
  }

  private memberRows(poolId: string): ReadonlyMap<string, number> {
    const before = this.served.get(entryKey({ kind: 'pool', id: poolId }));
    if (before?.chunk.kind !== 'pool') return new Map();
    const [, , ...rows] = before.shared.counterRows;
    return new Map(before.chunk.members.map(({ id }, at) => [id, rows[at]!]));
  }

  private newSlot(chunk: Chunk): SlotRef | null {
    return chunk.kind === 'listener' || chunk.kind === 'pool' ? this.slots.allocate() : null;
  }
}

/** The load balancers of the listeners that are served. */
function ownersOf(served: Iterable<Counted>): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const { chunk } of served) if (chunk.kind === 'listener') owners.add(chunk.loadBalancerId);
  return owners;
}
