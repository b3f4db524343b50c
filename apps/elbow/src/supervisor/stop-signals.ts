/**
 * Signals in the same second are one wish: at Ctrl-C the terminal signals the whole group, and npm passes on to us
 * what it got itself.
 */
const SAME_WISH_MS = 1000;

export interface StopHandlers {
  /** The first signal: end in good order. */
  readonly stop: (signal: NodeJS.Signals) => void;
  /** Another one while that takes its time. */
  readonly stopNow: () => void;
}

/** Calls the handlers on SIGINT, SIGTERM and SIGHUP. */
export function onStopSignals({ stop, stopNow }: StopHandlers): void {
  let firstAtMs: number | null = null;
  const handle = (signal: NodeJS.Signals): void => {
    if (firstAtMs === null) {
      firstAtMs = performance.now();
      stop(signal);
    } else if (performance.now() - firstAtMs > SAME_WISH_MS) stopNow();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
}
