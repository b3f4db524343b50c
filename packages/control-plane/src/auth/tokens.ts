import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '@elbow/store';

export interface IssuedToken {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

interface StoredToken extends IssuedToken {
  /** SHA-256 of the token: a copy of the database opens no door. */
  readonly hash: string;
}

const documentKey = 'tokens';
const lifetimeMs = 24 * 3_600_000;
/** The oldest tokens go first; nobody needs more logins at a time. */
const maxTokens = 1_000;

/** Bearer tokens. They outlive restarts; the list in memory is what requests are checked against. */
export class Tokens {
  readonly #store: Store;
  readonly #nowMs: () => number;
  #known: ReadonlyMap<string, StoredToken>;

  private constructor(store: Store, nowMs: () => number, known: readonly StoredToken[]) {
    this.#store = store;
    this.#nowMs = nowMs;
    this.#known = new Map(known.map((token) => [token.hash, token]));
  }

  static async load(store: Store, nowMs: () => number): Promise<Tokens> {
    const stored = await store.read((reader) => reader.document(documentKey));
    return new Tokens(store, nowMs, (stored ?? []) as readonly StoredToken[]);
  }

  /** @returns the token in the clear, once, after it is durable */
  async issue(): Promise<IssuedToken & { readonly token: string }> {
    const token = randomBytes(32).toString('base64url');
    const issuedAtMs = this.#nowMs();
    const issued = { issuedAtMs, expiresAtMs: issuedAtMs + lifetimeMs };
    await this.#keep({ ...issued, hash: hashOf(token) });
    return { ...issued, token };
  }

  isValid(token: string): boolean {
    const known = this.#known.get(hashOf(token));
    return known !== undefined && known.expiresAtMs > this.#nowMs();
  }

  /** Ends every session, after the password has changed. */
  async revokeAll(): Promise<void> {
    await this.#store.write((writer) => writer.putDocument(documentKey, []));
    this.#known = new Map();
  }

  async #keep(token: StoredToken): Promise<void> {
    const { value } = await this.#store.write(async (writer) => {
      const stored = ((await writer.document(documentKey)) ?? []) as readonly StoredToken[];
      const alive = stored.filter(({ expiresAtMs }) => expiresAtMs > token.issuedAtMs);
      const kept = [...alive, token].slice(-maxTokens);
      await writer.putDocument(documentKey, kept);
      return kept;
    });
    this.#known = new Map(value.map((entry) => [entry.hash, entry]));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
