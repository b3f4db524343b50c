import { createStore } from '../shell/store.ts';

/** Who is logged in. Lives in memory and in this tab's storage: a new tab asks for the password again. */
export interface Session {
  readonly token: string;
  readonly projectId: string;
  readonly userName: string;
  readonly roles: readonly string[];
  readonly expiresAt: string;
}

const key = 'elbow.session';

function kept(): Session | null {
  try {
    const session = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session | null;
    return session !== null && Date.parse(session.expiresAt) > Date.now() ? session : null;
  } catch {
    return null;
  }
}

export const sessionStore = createStore<Session | null>(kept());

export function beginSession(session: Session): void {
  sessionStorage.setItem(key, JSON.stringify(session));
  sessionStore.set(session);
}

export function endSession(): void {
  sessionStorage.removeItem(key);
  sessionStore.set(null);
}
