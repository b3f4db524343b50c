export interface HandshakeLimits {
  /** Handshakes under way at a time; each holds a TLS session and its buffers. */
  readonly mostUnderWay: number;
  /** Clients that wait for one to end; above it they are turned away. */
  readonly mostWaiting: number;
  /** Handshakes begun in one turn of the event loop: each may cost a signature, and requests want their turn. */
  readonly startsPerTurn: number;
}

/** At 0.7 ms for a signature with RSA-2048 one turn of starts takes some 6 ms. */
export const handshakeLimits: HandshakeLimits = { mostUnderWay: 1000, mostWaiting: 4000, startsPerTurn: 8 };

/** One handshake's place: give it back when the handshake ended, however it did. Giving back twice is fine. */
export type LeaveGate = () => void;

/** Bounds what handshakes may cost one worker: a flood of them must not starve those who are in already. */
export class HandshakeGate {
  private readonly limits: HandshakeLimits;
  private readonly waiting: (() => void)[] = [];
  private startsLeft: number;
  private isTurnPlanned = false;
  underWay = 0;

  constructor(limits: HandshakeLimits = handshakeLimits) {
    this.limits = limits;
    this.startsLeft = limits.startsPerTurn;
  }

  get waitingCount(): number {
    return this.waiting.length;
  }

  /**
   * Begins a handshake now or, in order, when there is room.
   * @param start must ask for itself whether the client is still there
   * @returns false when too many wait already: turn the client away
   */
  enter(start: (leave: LeaveGate) => void): boolean {
    if (this.waiting.length >= this.limits.mostWaiting) return false;
    this.waiting.push(() => start(this.takePlace()));
    this.startWaiting();
    return true;
  }

  private takePlace(): LeaveGate {
    let isHeld = true;
    this.underWay += 1;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.underWay -= 1;
      if (this.waiting.length > 0) this.planTurn();
    };
  }

  private startWaiting(): void {
    while (this.waiting.length > 0 && this.startsLeft > 0 && this.underWay < this.limits.mostUnderWay) {
      this.startsLeft -= 1;
      this.waiting.shift()!();
    }
    // A turn later the budget is whole again. At the bound of those under way nothing is planned: one that ends does it.
    if (this.startsLeft < this.limits.startsPerTurn) this.planTurn();
  }

  private planTurn(): void {
    if (this.isTurnPlanned) return;
    this.isTurnPlanned = true;
    setImmediate(() => {
      this.isTurnPlanned = false;
      this.startsLeft = this.limits.startsPerTurn;
      this.startWaiting();
    });
  }
}
