import type { MemberEntry, PoolChunk } from '@elbow/plan';
import { memberAtTicket, SmoothRoundRobin, smoothSchedule } from '@elbow/traffic';
import type { PoolSlot } from '../shared/pool-slot.ts';

/** A pool as this worker serves it: immutable, replaced as a whole when its chunk changes. */
export class ServedPool {
  readonly chunk: PoolChunk;
  private readonly slot: PoolSlot;
  private readonly schedule: Uint16Array | null;
  private readonly ownRoundRobin: SmoothRoundRobin | null;

  constructor(chunk: PoolChunk, slot: PoolSlot) {
    const weights = chunk.members.map((member) => member.weight);
    this.chunk = chunk;
    this.slot = slot;
    this.schedule = smoothSchedule(weights);
    this.ownRoundRobin = this.schedule === null ? new SmoothRoundRobin(weights) : null;
  }

  /** The member for a new request, by the next ticket; null when none may be used. */
  pick(): MemberEntry | null {
    const index =
      this.schedule === null
        ? this.ownRoundRobin!.next()
        : memberAtTicket(this.schedule, this.slot.takeTicket(), () => true);
    return this.chunk.members[index] ?? null;
  }

  /** A member for a request that failed at those in `tried`. Takes no ticket: shares count first picks. */
  pickAnother(tried: readonly MemberEntry[], start: number): MemberEntry | null {
    const members = this.chunk.members;
    for (let step = 0; step < members.length; step++) {
      const member = members[(start + step) % members.length]!;
      if (member.weight > 0 && !tried.some((each) => isSameMember(each, member))) return member;
    }
    return null;
  }
}

function isSameMember(a: MemberEntry, b: MemberEntry): boolean {
  return a.address === b.address && a.port === b.port;
}
