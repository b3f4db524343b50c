const REMEMBERED = 256;

/**
 * Streams that we reset a moment ago. Frames of theirs may still be on their way and are to be ignored (RFC 9113
 * §5.1, closed), while frames for other closed streams are an error. Bounded; what had to be forgotten is forgiven.
 */
export class ResetMemory {
  #ids: number[] = [];
  #forgottenUpTo = 0;

  add(streamId: number): void {
    this.#ids.push(streamId);
    if (this.#ids.length < REMEMBERED * 2) return;
    for (const id of this.#ids.slice(0, REMEMBERED)) this.#forgottenUpTo = Math.max(this.#forgottenUpTo, id);
    this.#ids = this.#ids.slice(REMEMBERED);
  }

  has(streamId: number): boolean {
    return streamId <= this.#forgottenUpTo || this.#ids.includes(streamId);
  }
}
