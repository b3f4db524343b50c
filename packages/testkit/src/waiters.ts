import { withDeadline } from './deadline.ts';

/** Promises for "until this holds", checked whenever the owner says that something changed. */
export class Waiters {
  private readonly waiting = new Set<() => void>();

  /** Resolves at once or at the first {@link changed} after which `holds` returns true. */
  async until(holds: () => boolean, timeoutMs: number, what: string | (() => string)): Promise<void> {
    if (holds()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = (): void => {
      try {
        if (holds()) resolve();
      } catch (error) {
        reject(error);
      }
    };
    this.waiting.add(check);
    try {
      await withDeadline(promise, timeoutMs, what);
    } finally {
      this.waiting.delete(check);
    }
  }

  changed(): void {
    for (const check of this.waiting) check();
  }
}
