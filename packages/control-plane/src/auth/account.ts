import { randomBytes, randomInt } from 'node:crypto';
import { hashPassword, seal, Secret, unseal } from '@elbow/secrets';
import type { Store } from '@elbow/store';

/** The one account of an installation, as it is kept: nothing here opens a door by itself. */
interface StoredAccount {
  readonly projectId: string;
  readonly userId: string;
  readonly userName: string;
  readonly passwordHash: string;
  readonly accessKey: string;
  readonly sealedSecretKey: string;
  readonly roles: readonly ('reader' | 'editor')[];
}

export interface Account extends Omit<StoredAccount, 'sealedSecretKey'> {
  readonly secretKey: Secret;
}

const documentKey = 'account';
const sealContext = 'account/secret-key';

/** The account, or null before the first start. */
export async function loadAccount(store: Store, key: Uint8Array): Promise<Account | null> {
  const stored = (await store.read((reader) => reader.document(documentKey))) as StoredAccount | null;
  if (stored === null) return null;
  const { sealedSecretKey, ...account } = stored;
  return { ...account, secretKey: unseal(key, sealedSecretKey, sealContext) };
}

/** Makes an account with random credentials. The password exists in the clear in the returned value only. */
export async function createAccount(
  store: Store,
  key: Uint8Array,
): Promise<{ account: Account; password: Secret }> {
  const password = newPassword();
  const account: Account = {
    projectId: randomBytes(16).toString('hex'),
    userId: randomBytes(16).toString('hex'),
    userName: 'admin',
    passwordHash: await hashPassword(password.reveal()),
    accessKey: randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 20),
    secretKey: new Secret(randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 40)),
    roles: ['reader', 'editor'],
  };
  await saveAccount(store, key, account);
  return { account, password };
}

/** Gives an account a new password, for an operator who has lost the credentials file. */
export async function resetPassword(
  store: Store,
  key: Uint8Array,
  account: Account,
): Promise<{ account: Account; password: Secret }> {
  const password = newPassword();
  const changed = { ...account, passwordHash: await hashPassword(password.reveal()) };
  await saveAccount(store, key, changed);
  return { account: changed, password };
}

async function saveAccount(store: Store, key: Uint8Array, account: Account): Promise<void> {
  const { secretKey, ...rest } = account;
  const stored: StoredAccount = { ...rest, sealedSecretKey: seal(key, secretKey.reveal(), sealContext) };
  await store.write((writer) => writer.putDocument(documentKey, stored));
}

function newPassword(): Secret {
  return new Secret(randomBytes(18).toString('base64url'));
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
