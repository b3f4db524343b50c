import type { ServedListener } from '../plan/served-listener.ts';

/** The queue of clients that the kernel has connected and nobody has accepted yet. */
export const BACKLOG = 4096;

/** A VIP and port that accepts clients for as long as its listener lives. */
export interface ListeningPort {
  /** Resolves when clients are accepted; rejects with the reason why they cannot be. */
  open(): Promise<void>;
  /** The listener has another form, for clients that come from now on. */
  serve(listener: ServedListener): void;
  /** Once a second. */
  tick(): void;
  /** Accepts no more; connections stay. */
  close(): void;
}
