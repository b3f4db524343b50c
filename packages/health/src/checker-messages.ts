import type { CheckTranscript, HealthReason, MemberHealth } from '@elbow/plan';
import type { CheckTarget } from './check-target.ts';

/** A member that is to be checked. */
export interface CheckedMember extends CheckTarget {
  readonly memberId: string;
  /** What an earlier life of the checks found out; null: nothing yet. */
  readonly known: KnownHealth | null;
}

export interface KnownHealth {
  readonly status: 'ONLINE' | 'OFFLINE';
  readonly sinceMs: number;
  readonly reason: HealthReason | null;
}

export type ToChecker =
  | {
      readonly type: 'members';
      /** New ones, and those that have changed. */
      readonly put: readonly CheckedMember[];
      readonly remove: readonly string[];
    }
  /** Makes one check now; answered by `transcript` with the same id. */
  | { readonly type: 'check'; readonly id: number; readonly target: CheckTarget }
  | { readonly type: 'stop' };

export type FromChecker =
  /** What is new; the first result of a member in this life is always new. */
  | { readonly type: 'health'; readonly members: readonly MemberHealth[] }
  | { readonly type: 'transcript'; readonly id: number; readonly transcript: CheckTranscript }
  /** Checks that could not be made because of this machine, since the last such message. */
  | { readonly type: 'own-trouble'; readonly count: number; readonly error: string };

/** What the thread is born with. */
export interface CheckerBirth {
  /** Checks that may be under way at a time. */
  readonly mostRunning: number;
  /** One word, counted up every second while the thread's loop turns. */
  readonly heartbeat: SharedArrayBuffer;
}
