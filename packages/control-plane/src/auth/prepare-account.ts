import type { Log } from '@elbow/plan';
import type { Store } from '@elbow/store';
import { adoptSingleAccount, createAccount, resetPassword } from './account.ts';
import { Accounts } from './accounts.ts';
import { credentialsPath, refreshEndpoint, writeCredentials } from './credentials-file.ts';

export interface PrepareAccountsOptions {
  readonly store: Store;
  readonly key: Uint8Array;
  readonly dataDir: string;
  /** URL under which clients reach the API. */
  readonly endpoint: string;
  readonly log: Log;
}

/**
 * The users of this installation; the first one is made with random credentials at the first start. The credentials
 * file follows the admin address. An operator who deletes the file gets a new one at the next start, with a new
 * password for the oldest admin; the access key stays, because programs hold it.
 */
export async function prepareAccounts(options: PrepareAccountsOptions): Promise<Accounts> {
  const { store, key, dataDir, endpoint, log } = options;
  const known = (await Accounts.load(store, key)) ?? (await adoptSingleAccount(store, key, Date.now()));
  if (known !== null && (await refreshEndpoint(dataDir, endpoint, known.projectId))) return known;
  if (known !== null)
    log('warn', 'the credentials file is missing or of another installation: the password is made anew');
  const { accounts, account, password } =
    known === null ? await createAccount(store, key) : await resetPassword(known, Date.now());
  await writeCredentials(dataDir, endpoint, account, password);
  log('info', 'credentials written', { path: credentialsPath(dataDir) });
  return accounts;
}
