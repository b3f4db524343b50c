import type { Settings } from '@elbow/model';

/** What the supervisor tells a child; nothing but the life of the process goes this way. */
export type ToChild =
  | { readonly type: 'start'; readonly settings: Settings }
  | { readonly type: 'stop'; readonly graceMs: number };

export type FromChild =
  | { readonly type: 'ready' }
  /** The role cannot start, for a reason that trying again will not change. */
  | { readonly type: 'failed'; readonly reason: string };
