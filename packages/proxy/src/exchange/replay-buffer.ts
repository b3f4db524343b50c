import { REPLAY_BYTES } from '@elbow/traffic';
import type { ReplayBudget } from './replay-budget.ts';

/** The beginning of a request body, kept so that it can be sent again; beyond the bounds nothing is kept. */
export class ReplayBuffer {
  private readonly budget: ReplayBudget;
  private readonly mostBytes: number;
  private parts: Buffer[] = [];
  private byteCount = 0;
  private isLost = false;

  constructor(budget: ReplayBudget, mostBytes: number = REPLAY_BYTES) {
    this.budget = budget;
    this.mostBytes = mostBytes;
  }

  /** Copies `bytes`: they are read into a buffer that is used again. */
  keep(bytes: Buffer): void {
    if (this.isLost) return;
    const hasRoom = this.byteCount + bytes.length <= this.mostBytes && this.budget.take(bytes.length);
    if (!hasRoom) return this.release();
    this.byteCount += bytes.length;
    this.parts.push(Buffer.from(bytes));
  }

  /** Forgets what was kept; the body cannot be sent again. */
  release(): void {
    this.isLost = true;
    this.parts = [];
    this.budget.give(this.byteCount);
    this.byteCount = 0;
  }

  /** Whether all that has been sent so far is here. */
  get isWhole(): boolean {
    return !this.isLost;
  }

  get content(): readonly Buffer[] {
    return this.parts;
  }
}
