import type { PoolChunk } from '@elbow/plan';
import { type Balancer, HashRing, makeBalancer, type StickyPool, stickyCookieName } from '@elbow/traffic';
import type { MemberSlot } from '../shared/member-slot.ts';
import type { PoolSlot } from '../shared/pool-slot.ts';
import { currentShares } from './current-shares.ts';
import { ServedMember } from './served-member.ts';
import { PoolTokenSeal } from './token-seal.ts';

export interface PoolParts {
  readonly slot: PoolSlot;
  /** Slot of the member at an index of the chunk. */
  readonly memberSlot: (index: number) => MemberSlot;
  readonly worker: number;
  readonly sealingKey: Uint8Array;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** A member is in service no more: idle connections to it are of no use. */
  readonly memberWentDown: (address: string, port: number) => void;
  /** The ring of the pool's earlier form, if it had one. */
  readonly ring: MemberRing | null;
}

/** Where members stand on the ring depends on their ids only, so a ring outlives changes of weights. */
export interface MemberRing {
  readonly ids: string;
  readonly ring: HashRing;
}

/** Members of the largest pool in which every pick by least connections may look at all of them. */
const SMALL_POOL = 64;

/** A pool as this worker serves it: replaced as a whole when its chunk changes, and following its members' health. */
export class ServedPool {
  readonly chunk: PoolChunk;
  /** Null where requests are balanced one by one. */
  readonly sticky: StickyPool | null;
  /** Made when something first asks for it. */
  ring: MemberRing | null;
  private readonly parts: PoolParts;
  private readonly members: (ServedMember | undefined)[] = [];
  private indexes: ReadonlyMap<string, number> | null = null;
  private addresses: ReadonlySet<string> | null = null;
  private balancer: Balancer | null = null;
  private weights: readonly number[] = [];
  private isHealthy: readonly boolean[] = [];
  private epoch = 0;
  /** When weights change by themselves, in ms since 1970. */
  private changesAtMs = Infinity;

  constructor(chunk: PoolChunk, parts: PoolParts) {
    this.chunk = chunk;
    this.parts = parts;
    this.ring = parts.ring;
    this.sticky = stickyPool(chunk, parts.sealingKey);
  }

  /** The member for a new request by the pool's algorithm; null when none may be used. */
  pick(clientAddress: string): ServedMember | null {
    return this.memberAt(this.current().pick(clientAddress));
  }

  /** A member for a request that failed at those in `tried`. */
  pickAnother(tried: readonly ServedMember[], clientAddress: string): ServedMember | null {
    const indexes = tried.map(({ index }) => index);
    return this.memberAt(this.current().pickOther(indexes, clientAddress));
  }

  /** The member with this id, if it may get requests now. */
  usable(id: string): ServedMember | null {
    this.current();
    const index = this.indexOf(id);
    return index !== undefined && this.weights[index]! > 0 ? this.memberAt(index) : null;
  }

  /** True while the pool has a member of this id that is not to be drained. */
  keeps(id: string): boolean {
    const index = this.indexOf(id);
    return index !== undefined && this.chunk.members[index]!.weight > 0;
  }

  /** True when a member that is not to be drained has this address, by {@link addressKey}. */
  hasAddress(key: string): boolean {
    return this.addressKeys.has(key);
  }

  get addressKeys(): ReadonlySet<string> {
    this.addresses ??= new Set(
      this.chunk.members
        .filter(({ weight }) => weight > 0)
        .map(({ address, port }) => addressKey(address, port)),
    );
    return this.addresses;
  }

  /** Notes that a connection to a member could not be made. */
  connectFailed({ slot }: ServedMember): void {
    if (slot.connectFailed(this.chunk.passiveEjection, this.parts.nowMs())) this.parts.slot.membersChanged();
  }

  /** Follows what has changed about the members since the last look. */
  refresh(): void {
    if (this.balancer === null) return;
    this.balancer.forget();
    this.current();
  }

  private current(): Balancer {
    const epoch = this.parts.slot.epoch;
    if (this.balancer !== null && epoch === this.epoch && !this.isDue()) return this.balancer;
    // Before the members are looked at: a change after this makes the next pick look again.
    this.epoch = epoch;
    const { weights, isHealthy, changesAtMs } = currentShares(this.chunk, this.parts);
    this.changesAtMs = changesAtMs;
    this.noteWhoWentDown(isHealthy);
    if (this.balancer === null || !isSame(this.weights, weights)) this.balancer = this.balance(weights);
    this.weights = weights;
    return this.balancer;
  }

  /** In a small pool it is cheaper to look at every member. */
  private get countsEndings(): boolean {
    return this.chunk.algorithm === 'LEAST_CONNECTIONS' && this.chunk.members.length > SMALL_POOL;
  }

  private isDue(): boolean {
    return this.changesAtMs !== Infinity && this.parts.nowMs() >= this.changesAtMs;
  }

  private balance(weights: readonly number[]): Balancer {
    return makeBalancer(this.chunk.algorithm, {
      weights,
      tickets: this.parts.slot,
      before: this.balancer,
      endings: this.countsEndings ? this.parts.slot.endings : null,
      cells: () =>
        weights.map((_, index) => {
          const { words, inFlightPlace, block } = this.parts.memberSlot(index);
          return { words, place: inFlightPlace, block };
        }),
      ring: () => this.ringOfMembers(),
    });
  }

  private ringOfMembers(): HashRing {
    const ids = this.chunk.members.map(({ id }) => id);
    const name = ids.join(' ');
    if (this.ring?.ids !== name) this.ring = { ids: name, ring: new HashRing(ids) };
    return this.ring.ring;
  }

  private noteWhoWentDown(isHealthy: readonly boolean[]): void {
    for (const [index, was] of this.isHealthy.entries()) {
      if (!was || isHealthy[index]!) continue;
      const { address, port } = this.chunk.members[index]!;
      this.parts.memberWentDown(address, port);
    }
    this.isHealthy = isHealthy;
  }

  private memberAt(index: number): ServedMember | null {
    const entry = this.chunk.members[index];
    if (entry === undefined) return null;
    const { worker, memberSlot, slot } = this.parts;
    this.members[index] ??= new ServedMember(
      { entry, index, slot: memberSlot(index) },
      { pool: this.chunk, worker, endings: this.countsEndings ? slot : null },
    );
    return this.members[index];
  }

  private indexOf(id: string): number | undefined {
    this.indexes ??= new Map(this.chunk.members.map((member, index) => [member.id, index]));
    return this.indexes.get(id);
  }
}

export function addressKey(address: string, port: number): string {
  return `${address} ${port}`;
}

function stickyPool({ id, stickiness }: PoolChunk, sealingKey: Uint8Array): StickyPool | null {
  if (stickiness === null) return null;
  const cookieName = stickyCookieName(stickiness, id);
  return { stickiness, cookieName, seal: new PoolTokenSeal(sealingKey, id) };
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((weight, index) => weight === other[index]);
}
