import type { MemberEntry, PoolChunk } from '@elbow/plan';
import { type MemberState, slotNumber, slotOfNumber } from '@elbow/proxy';
import type { Counted } from './collect-metrics.ts';
import type { SlotAllocator } from './slot-allocator.ts';

/** What the workers share about one member, for those who watch it. */
export interface MemberView {
  readonly state: MemberState;
  readonly inFlight: number;
  /** Connections that failed in a row. */
  readonly failures: number;
  /** Null unless it is left out for its failures. */
  readonly ejectedUntilMs: number | null;
}

/** The slots of the members of pools: kept while the member stays in its pool, whatever else changes about it. */
export class MemberSlots {
  private readonly slots: SlotAllocator;
  private readonly nowMs: () => number;
  /**
   * True for what was served before this process began: that goes on being served until a check speaks against it.
   */
  isResuming = false;

  /** @param nowMs milliseconds since 1970 */
  constructor(slots: SlotAllocator, nowMs: () => number) {
    this.slots = slots;
    this.nowMs = nowMs;
  }

  /** Slot numbers in the order of the members. */
  assign(pool: PoolChunk, earlier: Counted | undefined): readonly number[] {
    const before = earlier?.chunk.kind === 'pool' ? earlier.chunk : null;
    const known = numbersById(before, earlier?.shared.memberSlots ?? []);
    const isCheckGone = before !== null && before.healthCheck !== null && pool.healthCheck === null;
    return pool.members.map((member) => {
      const number = known.get(member.id);
      if (number === undefined) return this.begin(pool, member);
      // What was found last says nothing any more, should a check be switched on again.
      if (isCheckGone) this.slots.member(number).setState('unknown', this.nowMs());
      return number;
    });
  }

  /** Notes that targets from `version` on have no members in these slots. */
  retire(numbers: readonly number[], version: number): void {
    for (const number of numbers) this.slots.retire(slotOfNumber(number), version);
  }

  /** Notes what a check found; workers follow with their next pick. An object that is gone is left alone. */
  setState(pool: Counted, memberId: string, state: MemberState): void {
    const number = numberOf(pool, memberId);
    if (number === null || pool.shared.slot === null) return;
    if (this.slots.member(number).setState(state, this.nowMs())) {
      this.slots.pool(pool.shared.slot).membersChanged();
    }
  }

  view(pool: Counted, memberId: string): MemberView | null {
    const number = numberOf(pool, memberId);
    if (number === null) return null;
    const { state, inFlight, failures, ejectedUntilMs } = this.slots.member(number);
    const isEjected = ejectedUntilMs > this.nowMs();
    return { state, inFlight, failures, ejectedUntilMs: isEjected ? ejectedUntilMs : null };
  }

  private begin(pool: PoolChunk, member: MemberEntry): number {
    const number = slotNumber(this.slots.allocate());
    const slot = this.slots.member(number);
    if (pool.healthCheck !== null && !this.isResuming) slot.setState('initial', this.nowMs());
    // This node may have been started long after the member was added; nothing is new about it then.
    if (this.isOld(pool, member)) slot.endSlowStart();
    return number;
  }

  private isOld({ slowStart }: PoolChunk, { slowStartAtMs }: MemberEntry): boolean {
    if (slowStart === null || slowStartAtMs === null) return true;
    return this.nowMs() - slowStartAtMs >= slowStart.durationMs;
  }
}

function numbersById(pool: PoolChunk | null, numbers: readonly number[]): ReadonlyMap<string, number> {
  return new Map(pool?.members.map(({ id }, at) => [id, numbers[at]!]) ?? []);
}

function numberOf({ chunk, shared }: Counted, memberId: string): number | null {
  if (chunk.kind !== 'pool') return null;
  const at = chunk.members.findIndex(({ id }) => id === memberId);
  return shared.memberSlots[at] ?? null;
}
