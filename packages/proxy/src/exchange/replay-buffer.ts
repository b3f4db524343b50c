import { REPLAY_BYTES } from '@elbow/traffic';

/** The beginning of a request body, kept so that it can be sent again; beyond the bound nothing is kept. */
export class ReplayBuffer {
  private parts: Buffer[] = [];
  private byteCount = 0;
  private isLost = false;

  keep(bytes: Buffer): void {
    if (this.isLost) return;
    this.byteCount += bytes.length;
    if (this.byteCount > REPLAY_BYTES) this.release();
    else this.parts.push(bytes);
  }

  /** Forgets what was kept; the body cannot be sent again. */
  release(): void {
    this.isLost = true;
    this.parts = [];
  }

  /** Whether all that has been sent so far is here. */
  get isWhole(): boolean {
    return !this.isLost;
  }

  get content(): readonly Buffer[] {
    return this.parts;
  }
}
