import type { AccessKey, User } from '@elbow/model';
import { hashPassword, seal, Secret, unseal } from '@elbow/secrets';
import type { Store } from '@elbow/store';
import { Accounts, replaceUser, requireUser } from './accounts.ts';
import { newIdentityId, newKeyPair, newPassword } from './new-credentials.ts';

/** The user of the credentials file: all that the file says but the password, which nobody can read back. */
export interface Account {
  readonly projectId: string;
  readonly userId: string;
  readonly userName: string;
  readonly accessKey: string;
  readonly secretKey: Secret;
}

export interface NewAccount {
  readonly accounts: Accounts;
  readonly account: Account;
  readonly password: Secret;
}

/** Makes the first user with random credentials. The password exists in the clear in the returned value only. */
export async function createAccount(
  store: Store,
  key: Uint8Array,
  nowMs: number = Date.now(),
): Promise<NewAccount> {
  const [pair, password] = [newKeyPair(), newPassword()];
  const { accessKey, secretKey } = pair;
  const first: AccessKey = {
    accessKey,
    description: 'credentials.json',
    isEnabled: true,
    sealedSecretKey: seal(key, secretKey.reveal(), `access-key/${accessKey}`),
    createdAtMs: nowMs,
  };
  const user = firstUser({ passwordHash: await hashPassword(password.reveal()), keys: [first], nowMs });
  const accounts = await Accounts.create(store, key, { projectId: newIdentityId(), users: [user] });
  return { accounts, account: accountOf(accounts, user), password };
}

/** Gives the first user a new password, for an operator who has lost the credentials file; its sessions end. */
export async function resetPassword(accounts: Accounts, nowMs: number): Promise<NewAccount> {
  const password = newPassword();
  const passwordHash = await hashPassword(password.reveal());
  const pair = newKeyPair();
  const spare: AccessKey = {
    accessKey: pair.accessKey,
    description: 'credentials.json',
    isEnabled: true,
    sealedSecretKey: accounts.sealKey(pair.accessKey, pair.secretKey),
    createdAtMs: nowMs,
  };
  const id = await accounts.change((users) => {
    const user = oldestAdmin(users);
    // Programs hold the access key, so a new one is made only where there is none.
    const keys = user.keys.some(({ isEnabled }) => isEnabled) ? user.keys : [...user.keys, spare];
    const sessionGeneration = user.sessionGeneration + 1;
    const changed = { ...user, keys, passwordHash, sessionGeneration, updatedAtMs: nowMs };
    return { users: replaceUser(users, changed), value: user.id };
  });
  return { accounts, account: accountOf(accounts, requireUser(accounts.users, id)), password };
}

/** What earlier releases kept: one account, whose tokens named no user. */
interface SingleAccount {
  readonly projectId: string;
  readonly userId: string;
  readonly userName: string;
  readonly passwordHash: string;
  readonly accessKey: string;
  readonly sealedSecretKey: string;
}

/** Makes the account of an earlier release the first user. @returns null when there is none */
export async function adoptSingleAccount(
  store: Store,
  key: Uint8Array,
  nowMs: number,
): Promise<Accounts | null> {
  const old = (await store.read((reader) => reader.document('account'))) as SingleAccount | null;
  if (old === null) return null;
  const { accessKey, passwordHash, projectId } = old;
  const secretKey = unseal(key, old.sealedSecretKey, 'account/secret-key');
  const sealedSecretKey = seal(key, secretKey.reveal(), `access-key/${accessKey}`);
  const first = { accessKey, description: 'credentials.json', isEnabled: true, sealedSecretKey };
  const keys = [{ ...first, createdAtMs: nowMs }];
  const user = { ...firstUser({ passwordHash, keys, nowMs }), id: old.userId, name: old.userName };
  const accounts = await Accounts.create(store, key, { projectId, users: [user] });
  await store.write((writer) => writer.putDocument('account', null));
  return accounts;
}

/** @param nowMs when it is made */
function firstUser(more: Pick<User, 'passwordHash' | 'keys'> & { readonly nowMs: number }): User {
  return {
    id: newIdentityId(),
    name: 'admin',
    description: 'first user of this installation',
    role: 'admin',
    isEnabled: true,
    passwordHash: more.passwordHash,
    sessionGeneration: 1,
    keys: more.keys,
    createdAtMs: more.nowMs,
    updatedAtMs: more.nowMs,
  };
}

/** There is always one: the last cannot be removed. */
function oldestAdmin(users: readonly User[]): User {
  return users.find(({ role, isEnabled }) => role === 'admin' && isEnabled)!;
}

function accountOf(accounts: Accounts, user: User): Account {
  const key = user.keys.find(({ isEnabled }) => isEnabled)!;
  return {
    projectId: accounts.projectId,
    userId: user.id,
    userName: user.name,
    accessKey: key.accessKey,
    secretKey: accounts.openKey(key),
  };
}
