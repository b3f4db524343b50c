import { createHash, randomBytes } from 'node:crypto';
import type { User } from '@elbow/model';
import type { Store } from '@elbow/store';

export interface IssuedToken {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

export interface StoredToken extends IssuedToken {
  readonly userId: string;
  /** Of the user at the time of the login. */
  readonly generation: number;
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
  async issue(
    user: Pick<User, 'id' | 'sessionGeneration'>,
  ): Promise<IssuedToken & { readonly token: string }> {
    const token = randomBytes(32).toString('base64url');
    const issuedAtMs = this.#nowMs();
    const issued = { issuedAtMs, expiresAtMs: issuedAtMs + lifetimeMs };
    const owner = { userId: user.id, generation: user.sessionGeneration };
    await this.#keep({ ...issued, ...owner, hash: hashOf(token) });
    return { ...issued, token };
  }

  /** What is known of a token that has not expired; whether its user may still call is for others to say. */
  find(token: string): StoredToken | null {
    const known = this.#known.get(hashOf(token));
    return known !== undefined && known.expiresAtMs > this.#nowMs() ? known : null;
  }

  /** Ends one session; one that is not known has ended before. */
  async revoke(token: string): Promise<void> {
    const hash = hashOf(token);
    await this.#change((stored) => stored.filter((known) => known.hash !== hash));
  }

  async #keep(token: StoredToken): Promise<void> {
    await this.#change((stored) => {
      const alive = stored.filter(({ expiresAtMs }) => expiresAtMs > token.issuedAtMs);
      return [...alive, token].slice(-maxTokens);
    });
  }

  async #change(work: (stored: readonly StoredToken[]) => readonly StoredToken[]): Promise<void> {
    const { value } = await this.#store.write(async (writer) => {
      const kept = work(((await writer.document(documentKey)) ?? []) as readonly StoredToken[]);
      await writer.putDocument(documentKey, kept);
      return kept;
    });
    this.#known = new Map(value.map((entry) => [entry.hash, entry]));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
