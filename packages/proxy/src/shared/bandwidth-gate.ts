import { SlotWord, slotOffset, type SlotRef } from './slot-arena.ts';

/** From a client, or to one. */
export type Direction = 'inbound' | 'outbound';

/** What was not used a moment ago may still be used: as much as passes in this time. It makes up for timers that come late. */
const BURST_NS = 100_000_000n;

/**
 * The bandwidth that the listeners of a load balancer share, over all workers of a node. For each direction a word of 64 bits
 * holds the time, in ns of a clock that all threads share, up to which the bandwidth is taken; whoever wants to pass
 * takes the next piece of it.
 */
export class BandwidthGate {
  private readonly dues: BigInt64Array;
  private readonly places: Readonly<Record<Direction, number>>;
  private readonly nowNs: () => bigint;

  constructor(
    words: Int32Array,
    { ref, workers }: { readonly ref: Pick<SlotRef, 'slot'>; readonly workers: number },
    nowNs: () => bigint = () => process.hrtime.bigint(),
  ) {
    const cell = slotOffset(ref.slot, workers);
    this.dues = new BigInt64Array(words.buffer, words.byteOffset, words.length >> 1);
    this.places = {
      inbound: (cell + SlotWord.inboundDue) >> 1,
      outbound: (cell + SlotWord.outboundDue) >> 1,
    };
    this.nowNs = nowNs;
  }

  /**
   * Takes the next piece of the bandwidth.
   * @param bits of the piece
   * @returns ms until it begins; 0 or less: it has begun
   */
  take(direction: Direction, bits: number, bitsPerSecond: number): number {
    const { dues } = this;
    const place = this.places[direction];
    const costNs = BigInt(Math.ceil((bits * 1e9) / bitsPerSecond));
    for (;;) {
      const nowNs = this.nowNs();
      const due = Atomics.load(dues, place);
      const earliest = nowNs - BURST_NS;
      const begin = due > earliest ? due : earliest;
      if (Atomics.compareExchange(dues, place, due, begin + costNs) === due)
        return Number(begin - nowNs) / 1e6;
    }
  }
}
