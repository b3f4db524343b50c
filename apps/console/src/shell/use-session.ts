import { useEffect } from 'react';
import { askSession } from '../api/log-in.ts';
import { phaseStore, type Session, type SessionPhase, sessionStore } from '../api/session.ts';
import { useStore } from './store.ts';

const everyMs = 60_000;

/** Who is logged in, asked when the page is loaded. */
export function useSession(): { readonly session: Session | null; readonly phase: SessionPhase } {
  const session = useStore(sessionStore);
  const phase = useStore(phaseStore);
  useEffect(() => {
    if (phase === 'asking') void askSession();
  }, [phase]);
  return { session, phase };
}

/** Notices within a minute, and when the window comes back, that a session has ended or is another user's. */
export function useSessionWatch(): void {
  useEffect(() => {
    const timer = setInterval(() => void askSession(), everyMs);
    const onFocus = (): void => void askSession();
    window.addEventListener('focus', onFocus);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', onFocus);
    };
  }, []);
}
