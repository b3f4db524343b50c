export interface DemoBackendsWish {
  /** 0 for one that the system chooses; in the order of the backends. */
  readonly ports: readonly number[];
}

/** The ports that answer, in order; null for one that could not be had. */
export interface DemoBackendsReady {
  readonly ports: readonly (number | null)[];
}
