import { UnitEnded, UnknownMarker, UnknownRow } from './errors.ts';

/**
 * Everything one unit sends to the database passes through here. It keeps one unit out of another's transaction:
 * nothing starts after the end, and the end waits for what was started. After a statement that the database refused
 * it lets nothing more through, because databases differ in what such a transaction is still good for.
 */
export class UnitScope {
  readonly #running = new Set<Promise<unknown>>();
  #hasEnded = false;
  #failure: { readonly error: unknown } | null = null;

  async run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#hasEnded) throw new UnitEnded();
    this.throwRefusal();
    const running = operation();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      if (!isAnswer(error)) this.#failure ??= { error };
      throw error;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Lets nothing more in and waits for what still runs; safe to call again. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await Promise.allSettled(this.#running);
  }

  /** @throws what the database refused first, if anything. */
  throwRefusal(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

/** Found by our own look at a result; the database itself refused nothing. */
function isAnswer(error: unknown): boolean {
  return error instanceof UnknownRow || error instanceof UnknownMarker || error instanceof TypeError;
}
