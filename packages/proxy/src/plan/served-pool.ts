import type { PoolChunk } from '@elbow/plan';
import { memberAtTicket, SmoothRoundRobin, smoothSchedule } from '@elbow/traffic';
import type { PoolSlot } from '../shared/pool-slot.ts';
import { ServedMember } from './served-member.ts';

/** A pool as this worker serves it: immutable, replaced as a whole when its chunk changes. */
export class ServedPool {
  readonly chunk: PoolChunk;
  readonly members: readonly ServedMember[];
  private readonly slot: PoolSlot;
  private readonly schedule: Uint16Array | null;
  private readonly ownRoundRobin: SmoothRoundRobin | null;

  constructor(chunk: PoolChunk, slot: PoolSlot) {
    const weights = chunk.members.map((member) => member.weight);
    this.chunk = chunk;
    this.members = chunk.members.map((entry) => new ServedMember(entry, chunk));
    this.slot = slot;
    this.schedule = smoothSchedule(weights);
    this.ownRoundRobin = this.schedule === null ? new SmoothRoundRobin(weights) : null;
  }

  /** The member for a new request, by the next ticket; null when none may be used. */
  pick(): ServedMember | null {
    const index =
      this.schedule === null
        ? this.ownRoundRobin!.next()
        : memberAtTicket(this.schedule, this.slot.takeTicket(), () => true);
    return this.members[index] ?? null;
  }

  /** A member for a request that failed at those in `tried`. Takes no ticket: shares count first picks. */
  pickAnother(tried: readonly ServedMember[]): ServedMember | null {
    const last = tried.at(-1);
    const start = last === undefined ? 0 : this.members.indexOf(last) + 1;
    for (let step = 0; step < this.members.length; step++) {
      const member = this.members[(start + step) % this.members.length]!;
      if (member.entry.weight > 0 && !tried.includes(member)) return member;
    }
    return null;
  }
}
