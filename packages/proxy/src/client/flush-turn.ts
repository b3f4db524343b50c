/** Something that collects output during a turn of the event loop. */
export interface Flushable {
  flushNow(): void;
}

/**
 * Writes once per turn: answers to many streams that become ready in one turn leave in one write. That is most of
 * what makes HTTP/2 cheap.
 */
export class FlushTurn {
  private waiting: Flushable[] = [];

  /** Flushes `each` at the end of this turn. */
  add(each: Flushable): void {
    if (this.waiting.push(each) === 1) setImmediate(this.run);
  }

  private readonly run = (): void => {
    const due = this.waiting;
    this.waiting = [];
    for (const each of due) each.flushNow();
  };
}
