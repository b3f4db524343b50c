import { createHash, randomBytes } from 'node:crypto';
import type { Settings, User } from '@elbow/model';
import type { Store } from '@elbow/store';

export interface SessionBounds {
  /** Without a sign of its user a session ends after this time. */
  readonly idleMs: number;
  /** Whatever its user does, it ends after this time. */
  readonly longestMs: number;
}

export function sessionBounds({
  sessionIdleMinutes,
  sessionHours,
}: Pick<Settings, 'sessionIdleMinutes' | 'sessionHours'>): SessionBounds {
  return { idleMs: sessionIdleMinutes * 60_000, longestMs: sessionHours * 3_600_000 };
}

export interface StoredSession {
  /** SHA-256 of the secret: a copy of the database opens no door. */
  readonly hash: string;
  readonly userId: string;
  /** Of the user at the time of the login. */
  readonly generation: number;
  readonly startedAtMs: number;
  /** When its user last did something. */
  readonly seenAtMs: number;
}

/** A session that has not ended, and when it will. */
export interface LiveSession extends StoredSession {
  readonly expiresAtMs: number;
  readonly idleExpiresAtMs: number;
}

export interface SessionsOptions {
  readonly store: Store;
  readonly nowMs: () => number;
  readonly bounds: SessionBounds;
}

const documentKey = 'sessions';
/** The oldest go first; nobody needs more logins at a time. */
const maxSessions = 1_000;
/** A sign of the user that is no newer than this is not worth a commit. */
const seenStepMs = 30_000;

/**
 * Sessions of browsers, which hold the secret in a cookie. They outlive restarts; what requests are checked against is
 * in memory, and a session ends in memory and in the store before its end is confirmed.
 */
export class Sessions {
  readonly #store: Store;
  readonly #nowMs: () => number;
  readonly bounds: SessionBounds;
  #known: ReadonlyMap<string, StoredSession>;

  private constructor({ store, nowMs, bounds }: SessionsOptions, known: readonly StoredSession[]) {
    this.#store = store;
    this.#nowMs = nowMs;
    this.bounds = bounds;
    this.#known = byHash(known);
  }

  static async load(options: SessionsOptions): Promise<Sessions> {
    const stored = await options.store.read((reader) => reader.document(documentKey));
    return new Sessions(options, (stored ?? []) as readonly StoredSession[]);
  }

  /** @returns the secret in the clear, once, after the session is durable */
  async begin(
    user: Pick<User, 'id' | 'sessionGeneration'>,
  ): Promise<{ readonly secret: string; readonly session: LiveSession }> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#nowMs();
    const session: StoredSession = {
      hash: hashOf(secret),
      userId: user.id,
      generation: user.sessionGeneration,
      startedAtMs: now,
      seenAtMs: now,
    };
    await this.#change((stored) => {
      return [...stored.filter((one) => this.#isAlive(one)), session].slice(-maxSessions);
    });
    return { secret, session: this.#live(session) };
  }

  find(secret: string): LiveSession | null {
    const known = this.#known.get(hashOf(secret));
    return known !== undefined && this.#isAlive(known) ? this.#live(known) : null;
  }

  /** The user has done something: the idle time begins anew. @returns the session as it stands then */
  async see(session: StoredSession): Promise<LiveSession> {
    const seen = { ...session, seenAtMs: this.#nowMs() };
    if (seen.seenAtMs - session.seenAtMs < seenStepMs) return this.#live(session);
    await this.#change((stored) => stored.map((one) => (one.hash === seen.hash ? seen : one)));
    return this.#live(seen);
  }

  /** One that is not known has ended before. */
  async end(secret: string): Promise<void> {
    const hash = hashOf(secret);
    if (!this.#known.has(hash)) return;
    await this.#change((stored) => stored.filter((known) => known.hash !== hash));
  }

  #live(session: StoredSession): LiveSession {
    const expiresAtMs = session.startedAtMs + this.bounds.longestMs;
    const idleExpiresAtMs = Math.min(session.seenAtMs + this.bounds.idleMs, expiresAtMs);
    return { ...session, expiresAtMs, idleExpiresAtMs };
  }

  #isAlive(session: StoredSession): boolean {
    return this.#live(session).idleExpiresAtMs > this.#nowMs();
  }

  async #change(work: (stored: readonly StoredSession[]) => readonly StoredSession[]): Promise<void> {
    const { value } = await this.#store.write(async (writer) => {
      const kept = work(((await writer.document(documentKey)) ?? []) as readonly StoredSession[]);
      await writer.putDocument(documentKey, kept);
      return kept;
    });
    this.#known = byHash(value);
  }
}

function byHash(sessions: readonly StoredSession[]): ReadonlyMap<string, StoredSession> {
  return new Map(sessions.map((session) => [session.hash, session]));
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
