import type { PassiveEjection } from '@elbow/plan';
import { COUNT_BLOCKS } from '@elbow/traffic';
import { SlotWord, shadowOffset, slotOffset, type SlotRef } from './slot-arena.ts';

/**
 * What checks say of a member. `unknown`: none has judged it, and it gets requests as if there were none, so that a
 * check can be switched on for a pool that serves. `initial`: it is new and gets nothing before its first check.
 */
const memberStates = ['unknown', 'initial', 'online', 'offline'] as const;
export type MemberState = (typeof memberStates)[number];

const STATE_BITS = 3;
const STATE_MASK = (1 << STATE_BITS) - 1;
const SLOW_START_OVER = -1;

/** What the threads of a node share about one member of a pool. */
export class MemberSlot {
  readonly words: Int32Array;
  private readonly slot: number;
  private readonly workers: number;
  private readonly cell: number;

  constructor(words: Int32Array, { slot }: Pick<SlotRef, 'slot'>, workers: number) {
    this.words = words;
    this.slot = slot;
    this.workers = workers;
    this.cell = slotOffset(slot, workers);
  }

  /** Index in {@link words} of the requests in flight. */
  get inFlightPlace(): number {
    return this.cell + SlotWord.held;
  }

  /** The part of its pool in which the ends of its requests are counted. */
  get block(): number {
    return this.slot % COUNT_BLOCKS;
  }

  get inFlight(): number {
    return Atomics.load(this.words, this.inFlightPlace);
  }

  /** A request goes to this member. */
  begin(worker: number): void {
    this.hold(worker, 1);
  }

  /** It is over; once for each {@link begin}. */
  end(worker: number): void {
    this.hold(worker, -1);
  }

  get state(): MemberState {
    return memberStates[this.load(SlotWord.health) & STATE_MASK]!;
  }

  /**
   * Notes what a check found; only one thread does. The first success of a member that waited for it begins its slow
   * start; a failure after it was in service ends that for good.
   * @returns whether it changed: if so, the pool's workers have to know
   */
  setState(state: MemberState, nowMs: number): boolean {
    const before = this.state;
    if (before === state) return false;
    const wasWaiting = before === 'initial' || before === 'offline';
    if (state === 'online' && wasWaiting && this.load(SlotWord.slowStart) === 0)
      this.store(SlotWord.slowStart, Math.floor(nowMs / 1000));
    if (state === 'offline' && !wasWaiting) this.endSlowStart();
    const changes = (this.load(SlotWord.health) >>> STATE_BITS) + 1;
    this.store(SlotWord.health, (changes << STATE_BITS) | memberStates.indexOf(state));
    return true;
  }

  /**
   * When this member's slow start began, in ms since 1970; null when it has none, or none any more.
   * @param plannedMs where the plan lets it begin
   */
  slowStartMs(plannedMs: number | null): number | null {
    const second = this.load(SlotWord.slowStart);
    if (plannedMs === null || second === SLOW_START_OVER) return null;
    return second === 0 ? plannedMs : second * 1000;
  }

  endSlowStart(): void {
    this.store(SlotWord.slowStart, SLOW_START_OVER);
  }

  /** A connection was made. */
  connected(): void {
    if (this.load(SlotWord.failures) !== 0) this.store(SlotWord.failures, 0);
  }

  /** @returns true when this failure was one too many and the member is left out from now on */
  connectFailed(limit: PassiveEjection | null, nowMs: number): boolean {
    const failures = Atomics.add(this.words, this.cell + SlotWord.failures, 1) + 1;
    if (limit === null || failures < limit.failures) return false;
    this.store(SlotWord.failures, 0);
    this.store(SlotWord.ejectedUntil, Math.ceil((nowMs + limit.durationMs) / 1000));
    return true;
  }

  /** Connections that failed in a row. */
  get failures(): number {
    return this.load(SlotWord.failures);
  }

  /** In ms since 1970; in the past for a member that is not left out. */
  get ejectedUntilMs(): number {
    return this.load(SlotWord.ejectedUntil) * 1000;
  }

  private hold(worker: number, count: number): void {
    Atomics.add(this.words, this.inFlightPlace, count);
    Atomics.add(this.words, shadowOffset(this.slot, worker, this.workers), count);
  }

  private load(word: number): number {
    return Atomics.load(this.words, this.cell + word);
  }

  private store(word: number, value: number): void {
    Atomics.store(this.words, this.cell + word, value);
  }
}
