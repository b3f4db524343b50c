import { sessionStore } from '../api/session.ts';
import { useStore } from '../shell/store.ts';

/** Whether the user may say who may do what. */
export function useIsAdmin(): boolean {
  return useStore(sessionStore)?.roles.includes('admin') ?? false;
}
