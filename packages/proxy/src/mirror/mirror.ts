import type { ClockedWheel } from './mirror-attempt.ts';
import { ReplayBudget } from '../exchange/replay-budget.ts';
import type { MemberPools } from '../upstream/member-pools.ts';

/** Copies of one worker that may be on their way at one time. */
export const MOST_COPIES = 256;
/** Request bodies that one worker keeps for copies. */
export const COPIED_BODIES_BYTES = 32 * 1024 * 1024;

/** What became of a copy. `dropped`: it was never sent. */
export type CopyOutcome = 'answered' | 'failed' | 'dropped';

export interface MirrorHost {
  readonly wheel: ClockedWheel;
  readonly memberPools: MemberPools;
  readonly count: (outcome: CopyOutcome) => void;
}

/** What copies of requests may take of one worker: a request that finds no room is not copied, and nobody waits for it. */
export class Mirror {
  readonly host: MirrorHost;
  readonly bodies: ReplayBudget = new ReplayBudget(COPIED_BODIES_BYTES);
  private copies = 0;

  constructor(host: MirrorHost) {
    this.host = host;
  }

  /** Takes a place for a copy; call {@link leave} once when it is over. @returns false when there is none */
  enter(): boolean {
    if (this.copies >= MOST_COPIES) {
      this.host.count('dropped');
      return false;
    }
    this.copies++;
    return true;
  }

  leave(outcome: CopyOutcome): void {
    this.copies--;
    this.host.count(outcome);
  }
}
