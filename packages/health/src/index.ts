export type { CheckTarget } from './check-target.ts';
export type {
  CheckedMember,
  CheckerBirth,
  FromChecker,
  KnownHealth,
  ToChecker,
} from './checker-messages.ts';

/** The module that a node starts as the thread of its checks. */
export const checkerEntry: URL = new URL('./checker-thread.ts', import.meta.url);
