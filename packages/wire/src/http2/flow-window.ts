/** Windows are 31-bit numbers (RFC 9113 §6.9.1). */
export const LARGEST_WINDOW = 0x7fff_ffff;

/** What every window is until SETTINGS or WINDOW_UPDATE say otherwise (RFC 9113 §6.9.2). */
export const DEFAULT_WINDOW = 65_535;

/**
 * The receiving side of flow control, of a stream or of a connection: what the peer may still send, and how much of
 * what it sent is still held by us. Only what was released is ever offered again, so the size bounds what is held.
 */
export class ReceiveWindow {
  readonly #size: number;
  #available: number;
  #released = 0;
  /** Bytes received and not released. */
  held = 0;

  constructor(size: number) {
    this.#size = size;
    this.#available = size;
  }

  /** Takes `bytes` in. False when the peer sent more than it was allowed to. */
  take(bytes: number): boolean {
    this.#available -= bytes;
    this.held += bytes;
    return this.#available >= 0;
  }

  /** Returns the increment to announce: half a window at a time, so that small reads cost no frame each; else 0. */
  release(bytes: number): number {
    const released = Math.min(bytes, this.held);
    this.held -= released;
    this.#released += released;
    if (this.#released * 2 < this.#size) return 0;
    const increment = this.#released;
    this.#released = 0;
    this.#available += increment;
    return increment;
  }
}
