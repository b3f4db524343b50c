import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

/**
 * Makes sure that only the owner can read the database before anything is in it. SQLite gives its log and index the
 * mode of the database file.
 * @returns the path of the file.
 */
export async function prepareDatabaseFile(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  const path = join(directory, 'elbow.db');
  const file = await open(path, 'a', OWNER_ONLY);
  await file.close();
  const { mode } = await stat(path);
  if ((mode & 0o777) !== OWNER_ONLY) await chmod(path, OWNER_ONLY);
  return path;
}
