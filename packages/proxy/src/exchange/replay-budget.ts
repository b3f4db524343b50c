/** Request bodies that a client connection, and a worker, may keep for another attempt. */
export const CONNECTION_REPLAY_BYTES = 1024 * 1024;
export const WORKER_REPLAY_BYTES = 64 * 1024 * 1024;

/** Bytes that may be kept at one time, within those of a larger budget. */
export class ReplayBudget {
  private leftBytes: number;
  private readonly larger: ReplayBudget | null;

  constructor(byteCount: number, larger: ReplayBudget | null = null) {
    this.leftBytes = byteCount;
    this.larger = larger;
  }

  /** @returns false when there is no room, here or above; nothing is taken then */
  take(byteCount: number): boolean {
    if (byteCount > this.leftBytes || this.larger?.take(byteCount) === false) return false;
    this.leftBytes -= byteCount;
    return true;
  }

  give(byteCount: number): void {
    this.leftBytes += byteCount;
    this.larger?.give(byteCount);
  }
}
