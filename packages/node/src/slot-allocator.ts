import { arenaBytes, SLOTS_PER_ARENA, shadowOffset, slotOffset, slotWords, SlotWord } from '@elbow/proxy';
import type { SlotRef } from '@elbow/proxy';

interface RetiredSlot {
  readonly ref: SlotRef;
  /** The first target version without the object. */
  readonly version: number;
}

/**
 * Hands out the shared-memory slots of listeners and pools. Only the node's main thread uses it.
 *
 * A slot comes back in two steps: `retire` when its object leaves the target, `reclaim` once no worker can still be
 * using a plan that has it and its counters are zero. Until then nobody else gets it, so a release that arrives
 * late always finds its own cell.
 */
export class SlotAllocator {
  private readonly workers: number;
  private readonly buffers: SharedArrayBuffer[] = [];
  private readonly words: Int32Array[] = [];
  private readonly free: { readonly arena: number; readonly slot: number }[] = [];
  private retired: RetiredSlot[] = [];

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
    if (this.free.length === 0) this.grow();
    const { arena, slot } = this.free.pop()!;
    const words = this.words[arena]!;
    const start = slotOffset(slot, this.workers);
    // A generation of 0 would be the value of fresh memory, so it is skipped when the counter wraps.
    const generation = (Atomics.load(words, start + SlotWord.generation) + 1) | 0 || 1;
    for (let word = 0; word < slotWords(this.workers); word++) Atomics.store(words, start + word, 0);
    Atomics.store(words, start + SlotWord.generation, generation);
    return { arena, slot, generation };
  }

  /** Notes that targets from `version` on have no object in this slot. */
  retire(ref: SlotRef, version: number): void {
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

  /** Takes back the connections that a worker held when it died. Call after its exit event, never before. */
  takeBack(worker: number): void {
    for (const words of this.words) {
      for (let slot = 0; slot < SLOTS_PER_ARENA; slot++) {
        const held = Atomics.exchange(words, shadowOffset(slot, worker, this.workers), 0);
        if (held !== 0) Atomics.sub(words, slotOffset(slot, this.workers) + SlotWord.connections, held);
      }
    }
  }

  /** Client connections open at a listener, over all workers. */
  openConnections({ arena, slot }: SlotRef): number {
    return Math.max(0, Atomics.load(this.words[arena]!, slotOffset(slot, this.workers) + SlotWord.connections));
  }

  private isBusy(ref: SlotRef): boolean {
    const words = this.words[ref.arena]!;
    const start = slotOffset(ref.slot, this.workers);
    return (
      Atomics.load(words, start + SlotWord.connections) !== 0 ||
      Atomics.load(words, start + SlotWord.inFlight) !== 0
    );
  }

  private grow(): void {
    const arena = this.buffers.length;
    const buffer = new SharedArrayBuffer(arenaBytes(this.workers));
    this.buffers.push(buffer);
    this.words.push(new Int32Array(buffer));
    for (let slot = SLOTS_PER_ARENA - 1; slot >= 0; slot--) this.free.push({ arena, slot });
  }
}
