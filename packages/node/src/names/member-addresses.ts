import { isAddress, type MemberEntry, type Plan, type PoolChunk } from '@elbow/plan';
import type { NameBook } from './name-book.ts';

/** Why requests must not be sent to an address, as the end of a sentence; null when they may. */
export type RefusedAddress = (address: string, port: number) => string | null;

/** Where a member with a name is now. */
export interface MemberPlace {
  /** All that the name stands for. */
  readonly addresses: readonly string[];
  readonly inUse: string | null;
  readonly problem: string | null;
}

/** Resolved pools: what workers get of a pool of the plan. */
export interface ResolvedPool {
  /** The plan's name for the chunk, with what its names stand for. */
  readonly hash: string;
  readonly chunk: PoolChunk;
}

/**
 * Puts addresses in the place of names. A member is one place: of several addresses one is used, and it stays in use for
 * as long as the name stands for it. A member whose name stands for nothing is left out.
 */
export class MemberAddresses {
  private readonly names: Pick<NameBook, 'get'>;
  private readonly refusal: RefusedAddress;
  /** By the ids of the members. */
  private readonly inUse = new Map<string, string>();
  /** Names of members, by their ids. */
  private readonly nameById = new Map<string, string>();
  private readonly named = new WeakMap<PoolChunk, readonly MemberEntry[]>();

  constructor(names: Pick<NameBook, 'get'>, refusal: RefusedAddress) {
    this.names = names;
    this.refusal = refusal;
  }

  /** Every name of the plan. Forgets members that are gone. */
  namesOf(plan: Plan): ReadonlySet<string> {
    const names = new Set<string>();
    this.nameById.clear();
    for (const chunk of plan.pools.values()) {
      for (const { id, address } of this.namedMembers(chunk)) {
        names.add(address);
        this.nameById.set(id, address);
      }
    }
    for (const id of this.inUse.keys()) if (!this.nameById.has(id)) this.inUse.delete(id);
    return names;
  }

  /** The name of a member of the plan that has one. */
  nameOf(memberId: string): string | null {
    return this.nameById.get(memberId) ?? null;
  }

  resolved(hash: string, chunk: PoolChunk): ResolvedPool {
    if (this.namedMembers(chunk).length === 0) return { hash, chunk };
    const members = chunk.members.flatMap((member) => {
      if (isAddress(member.address)) return member;
      const address = this.place(member).inUse;
      return address === null ? [] : { ...member, address };
    });
    return {
      hash: `${hash} ${members.map(({ address }) => address).join(' ')}`,
      chunk: { ...chunk, members },
    };
  }

  place(member: MemberEntry): MemberPlace {
    if (isAddress(member.address)) return { addresses: [], inUse: member.address, problem: null };
    const { addresses, problem } = this.names.get(member.address);
    const refusals = addresses.map((address) => this.refusal(address, member.port));
    const usable = addresses.filter((_, at) => refusals[at] === null);
    const before = this.inUse.get(member.id);
    const inUse = before !== undefined && usable.includes(before) ? before : usable[0];
    if (inUse === undefined) this.inUse.delete(member.id);
    else this.inUse.set(member.id, inUse);
    const refusal = usable.length > 0 ? null : (refusals.find((reason) => reason !== null) ?? null);
    return { addresses, inUse: inUse ?? null, problem: problem ?? refusal };
  }

  private namedMembers(chunk: PoolChunk): readonly MemberEntry[] {
    let named = this.named.get(chunk);
    if (named === undefined) {
      named = chunk.members.filter(({ address }) => !isAddress(address));
      this.named.set(chunk, named);
    }
    return named;
  }
}
