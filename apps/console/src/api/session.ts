import type { SessionWire } from '@elbow/api';
import { createStore } from '../shell/store.ts';

/** Who is logged in. What lets them in is in a cookie that no script can read. */
export interface Session {
  readonly projectId: string;
  readonly userName: string;
  readonly roles: readonly string[];
  /** When it ends whatever happens, and when it ends unless somebody does something; of this browser's clock. */
  readonly expiresAtMs: number;
  readonly idleExpiresAtMs: number;
}

/** `asking`: the page has just been loaded. `away`: nobody answers. */
export type SessionPhase = 'asking' | 'known' | 'away';

export const sessionStore = createStore<Session | null>(null);
export const phaseStore = createStore<SessionPhase>('asking');
/** Whether the last session ended by itself; the login says so. */
export const endedStore = createStore(false);

/** Seconds to its end are told by the server, whose clock is the one that counts. */
export function sessionOf(wire: SessionWire): Session {
  const now = Date.now();
  return {
    projectId: wire.project_id,
    userName: wire.user.name,
    roles: wire.roles,
    expiresAtMs: now + wire.expires_in * 1_000,
    idleExpiresAtMs: now + wire.idle_expires_in * 1_000,
  };
}

export function beginSession(session: Session): void {
  endedStore.set(false);
  sessionStore.set(session);
  phaseStore.set('known');
}

/** @param isOver it ended by itself: its time was up, or somebody ended it elsewhere */
export function endSession(isOver: boolean): void {
  endedStore.set(isOver);
  sessionStore.set(null);
  phaseStore.set('known');
}
