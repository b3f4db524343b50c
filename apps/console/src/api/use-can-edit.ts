import { useStore } from '../shell/store.ts';
import { sessionStore } from './session.ts';

/** Whether the user may change things: who may only look sees no button that would fail. */
export function useCanEdit(): boolean {
  return useStore(sessionStore)?.roles.includes('editor') ?? false;
}
