import {
  arenaBytes,
  MemberSlot,
  PoolSlot,
  SLOTS_PER_ARENA,
  shadowOffset,
  slotOffset,
  slotOfNumber,
  slotWords,
  SlotWord,
} from '@elbow/proxy';
import type { SlotRef } from '@elbow/proxy';

type Place = Pick<SlotRef, 'arena' | 'slot'>;

interface RetiredSlot {
  readonly ref: Place;
  /** The first target version without the object. */
  readonly version: number;
}

/**
 * Hands out the shared-memory slots of listeners, pools and members. Only the node's main thread uses it.
 *
 * A slot comes back in two steps: `retire` when its object leaves the target, `reclaim` once no worker can still be
 * using a plan that has it and its counters are zero. Until then nobody else gets it, so a release that arrives
 * late always finds its own cell.
 */
export class SlotAllocator {
  private readonly workers: number;
  private readonly buffers: SharedArrayBuffer[] = [];
  private readonly words: Int32Array[] = [];
  private readonly free: Place[] = [];
  private retired: RetiredSlot[] = [];
  /** Slots of the newest arena that have been handed out at least once. */
  private used = SLOTS_PER_ARENA;

  constructor(workers: number) {
    this.workers = workers;
  }

  /** Arenas so far, by index; they are never moved or given back. */
  get arenas(): readonly SharedArrayBuffer[] {
    return this.buffers;
  }

  get retiredCount(): number {
    return this.retired.length;
  }

  /** A slot with all words zero but its generation, which no earlier owner of the cell has had. */
  allocate(): SlotRef {
    const { arena, slot } = this.free.pop() ?? this.fresh();
    const words = this.words[arena]!;
    const start = slotOffset(slot, this.workers);
    // A generation of 0 would be the value of fresh memory, so it is skipped when the counter wraps.
    const generation = (Atomics.load(words, start + SlotWord.generation) + 1) | 0 || 1;
    for (let word = 0; word < slotWords(this.workers); word++) Atomics.store(words, start + word, 0);
    Atomics.store(words, start + SlotWord.generation, generation);
    return { arena, slot, generation };
  }

  /** Notes that targets from `version` on have no object in this slot. */
  retire(ref: Place, version: number): void {
    this.retired.push({ ref, version });
  }

  /**
   * Frees what can be freed.
   * @param oldestVersionInUse the oldest target version any live worker may still be working with.
   */
  reclaim(oldestVersionInUse: number): void {
    if (this.retired.length === 0) return;
    this.retired = this.retired.filter(({ ref, version }) => {
      if (version > oldestVersionInUse || this.isBusy(ref)) return true;
      this.free.push({ arena: ref.arena, slot: ref.slot });
      return false;
    });
  }

  /** Takes back what a worker held when it died. Call after its exit event, never before. */
  takeBack(worker: number): void {
    for (const [arena, words] of this.words.entries()) {
      const used = arena === this.words.length - 1 ? this.used : SLOTS_PER_ARENA;
      for (let slot = 0; slot < used; slot++) {
        const held = Atomics.exchange(words, shadowOffset(slot, worker, this.workers), 0);
        if (held !== 0) Atomics.sub(words, slotOffset(slot, this.workers) + SlotWord.held, held);
      }
    }
  }

  /** @param number of the slot, by `slotNumber` */
  member(number: number): MemberSlot {
    const place = slotOfNumber(number);
    return new MemberSlot(this.words[place.arena]!, place, this.workers);
  }

  pool(ref: SlotRef): PoolSlot {
    return new PoolSlot(this.words[ref.arena]!, ref, this.workers);
  }

  /** Client connections open at a listener, over all workers. */
  openConnections({ arena, slot }: SlotRef): number {
    return Math.max(0, Atomics.load(this.words[arena]!, slotOffset(slot, this.workers) + SlotWord.held));
  }

  private isBusy({ arena, slot }: Place): boolean {
    return Atomics.load(this.words[arena]!, slotOffset(slot, this.workers) + SlotWord.held) !== 0;
  }

  /** A slot that nobody has had yet: memory is touched only when it is needed. */
  private fresh(): Place {
    if (this.used === SLOTS_PER_ARENA) this.grow();
    return { arena: this.buffers.length - 1, slot: this.used++ };
  }

  private grow(): void {
    const buffer = new SharedArrayBuffer(arenaBytes(this.workers));
    this.buffers.push(buffer);
    this.words.push(new Int32Array(buffer));
    this.used = 0;
  }
}
