import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '@elbow/secrets';
import type { Account } from './account.ts';

/** What an operator needs to call the API; only this file holds it in the clear. */
interface Credentials {
  readonly endpoint: string;
  readonly project_id: string;
  readonly access_key: string;
  readonly secret_key: string;
  readonly username: string;
  readonly password: string;
}

export function credentialsPath(dataDir: string): string {
  return join(dataDir, 'credentials.json');
}

export async function writeCredentials(
  dataDir: string,
  endpoint: string,
  account: Account,
  password: Secret,
): Promise<void> {
  await writePrivately(credentialsPath(dataDir), {
    endpoint,
    project_id: account.projectId,
    access_key: account.accessKey,
    secret_key: account.secretKey.reveal(),
    username: account.userName,
    password: password.reveal(),
  });
}

/**
 * Writes the endpoint anew when it has changed and leaves the rest as it is.
 * @returns false when there is no readable file, or it belongs to another installation
 */
export async function refreshEndpoint(
  dataDir: string,
  endpoint: string,
  projectId: string,
): Promise<boolean> {
  const credentials = await readCredentials(credentialsPath(dataDir));
  if (credentials === null || credentials.project_id !== projectId) return false;
  if (credentials.endpoint !== endpoint)
    await writePrivately(credentialsPath(dataDir), { ...credentials, endpoint });
  return true;
}

async function readCredentials(path: string): Promise<Credentials | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as Credentials;
  } catch {
    return null;
  }
}

/** Readable by the owner only from its first byte on, and whole or not there after a power cut. */
async function writePrivately(path: string, credentials: Credentials): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
