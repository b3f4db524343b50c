import type { Store } from '@elbow/store';
import type { Log } from '../reconcile/log.ts';
import { type Account, createAccount, loadAccount, resetPassword } from './account.ts';
import { credentialsPath, refreshEndpoint, writeCredentials } from './credentials-file.ts';
import { Tokens } from './tokens.ts';

export interface PrepareAccountOptions {
  readonly store: Store;
  readonly key: Uint8Array;
  readonly dataDir: string;
  /** URL under which clients reach the API. */
  readonly endpoint: string;
  readonly log: Log;
}

/**
 * The account of this installation, made with random credentials at the first start. The credentials file follows
 * the admin address. An operator who deletes the file gets a new one with a new password at the next start; the
 * access key stays, because programs hold it.
 */
export async function prepareAccount(options: PrepareAccountOptions): Promise<Account> {
  const { store, key, dataDir, endpoint, log } = options;
  const known = await loadAccount(store, key);
  if (known !== null && (await refreshEndpoint(dataDir, endpoint, known))) return known;
  const { account, password } =
    known === null ? await createAccount(store, key) : await renew(options, known);
  await writeCredentials(dataDir, endpoint, account, password);
  log('info', 'credentials written', { path: credentialsPath(dataDir) });
  return account;
}

async function renew({ store, key, log }: PrepareAccountOptions, known: Account) {
  log('warn', 'the credentials file is missing or of another installation: the password is made anew');
  const tokens = await Tokens.load(store, Date.now);
  await tokens.revokeAll();
  return resetPassword(store, key, known);
}
