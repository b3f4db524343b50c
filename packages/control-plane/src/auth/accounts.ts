import { type AccessKey, notFound, type User } from '@elbow/model';
import { seal, type Secret, unseal } from '@elbow/secrets';
import type { Store } from '@elbow/store';
import { Refusal } from '../services/crud/refusal.ts';

/** One document for all of them: they are few, every request looks into them, and rules go over all. */
export interface StoredAccounts {
  /** Counts changes. */
  readonly version: number;
  readonly projectId: string;
  readonly users: readonly User[];
}

export interface KnownKey {
  readonly user: User;
  readonly key: AccessKey;
  readonly secretKey: Secret;
}

/** What one change of the users makes of them. */
export interface AccountsChange<T> {
  readonly users: readonly User[];
  readonly value: T;
}

const documentKey = 'accounts';

/** The users of this installation. What requests are checked against is in memory; a change is there when it is durable. */
export class Accounts {
  readonly #store: Store;
  readonly #key: Uint8Array;
  #known: StoredAccounts;
  #byAccessKey: ReadonlyMap<string, readonly [User, AccessKey]> = new Map();

  private constructor(store: Store, key: Uint8Array, known: StoredAccounts) {
    this.#store = store;
    this.#key = key;
    this.#known = known;
    this.#take(known);
  }

  /** @returns null before the first start */
  static async load(store: Store, key: Uint8Array): Promise<Accounts | null> {
    const stored = (await store.read((reader) => reader.document(documentKey))) as StoredAccounts | null;
    return stored === null ? null : new Accounts(store, key, stored);
  }

  /** @param key seals secret keys; 32 bytes */
  static async create(
    store: Store,
    key: Uint8Array,
    first: Omit<StoredAccounts, 'version'>,
  ): Promise<Accounts> {
    const stored = { version: 1, ...first };
    await store.write((writer) => writer.putDocument(documentKey, stored));
    return new Accounts(store, key, stored);
  }

  get projectId(): string {
    return this.#known.projectId;
  }

  get users(): readonly User[] {
    return this.#known.users;
  }

  userById(id: string): User | null {
    return this.#known.users.find((user) => user.id === id) ?? null;
  }

  userByName(name: string): User | null {
    return this.#known.users.find((user) => user.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  /** A pair that may sign: it and its user are enabled. */
  signer(accessKey: string): KnownKey | null {
    const [user, key] = this.#byAccessKey.get(accessKey) ?? [];
    if (user === undefined || key === undefined || !user.isEnabled || !key.isEnabled) return null;
    return { user, key, secretKey: this.openKey(key) };
  }

  openKey({ accessKey, sealedSecretKey }: AccessKey): Secret {
    return unseal(this.#key, sealedSecretKey, keyContext(accessKey));
  }

  sealKey(accessKey: string, secretKey: Secret): string {
    return seal(this.#key, secretKey.reveal(), keyContext(accessKey));
  }

  /** Runs `work` on the users as they are stored, alone, and keeps what it makes of them. @throws what `work` throws */
  async change<T>(work: (users: readonly User[]) => AccountsChange<T>): Promise<T> {
    const { value } = await this.#store.write(async (writer) => {
      const stored = (await writer.document(documentKey)) as StoredAccounts;
      const change = work(stored.users);
      const changed = { ...stored, version: stored.version + 1, users: change.users };
      await writer.putDocument(documentKey, changed);
      return { changed, value: change.value };
    });
    this.#take(value.changed);
    return value.value;
  }

  #take(stored: StoredAccounts): void {
    if (stored.version < this.#known.version) return;
    this.#known = stored;
    this.#byAccessKey = new Map(
      stored.users.flatMap((user) => user.keys.map((key) => [key.accessKey, [user, key] as const] as const)),
    );
  }
}

/** @throws Refusal 404 */
export function requireUser(users: readonly User[], id: string): User {
  const user = users.find((one) => one.id === id);
  if (user === undefined) throw new Refusal(notFound('user', id.slice(0, 64)));
  return user;
}

export function replaceUser(users: readonly User[], changed: User): readonly User[] {
  return users.map((user) => (user.id === changed.id ? changed : user));
}

function keyContext(accessKey: string): string {
  return `access-key/${accessKey}`;
}
