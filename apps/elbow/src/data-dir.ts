import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isRecord } from './setting-readers.ts';

export interface DirectoryLock {
  release(): void;
}

/** Another living process holds the lock. */
export class DataDirTaken extends Error {
  constructor(dataDir: string, owner: string) {
    super(`${dataDir} is in use by ${owner}; two of them on one data directory would overwrite each other`);
    this.name = 'DataDirTaken';
  }
}

/**
 * Makes the data directory when it is missing; only its owner may look into it.
 * @throws when there is one that others may write to: what lies in it decides what this machine serves
 */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(dataDir);
  const own = process.geteuid?.() ?? uid;
  if (uid !== own) throw new Error(`${dataDir} belongs to another user`);
  if ((mode & 0o022) !== 0)
    throw new Error(`${dataDir} may be written by others; run: chmod go-w '${dataDir}'`);
}

/**
 * Locks one part of the data directory for as long as this process lives. The lock is SQLite's on a file of its own:
 * the kernel gives it back however the process ends, so there is never a stale one to clean up.
 *
 * @param part `serve` for the whole, else a role
 * @param patienceMs how long to wait for a process that is just ending
 * @throws {DataDirTaken} saying who has it
 */
export function lockDataDir(dataDir: string, part: string, patienceMs: number): DirectoryLock {
  const name = part === 'serve' ? 'lock' : `${part}.lock`;
  const noteFile = join(dataDir, `${name}.json`);
  const database = new DatabaseSync(join(dataDir, `${name}.db`), { timeout: patienceMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new DataDirTaken(dataDir, ownerIn(noteFile));
  }
  writeFileSync(noteFile, JSON.stringify({ processId: process.pid, since: new Date().toISOString() }), {
    mode: 0o600,
  });
  return { release: () => database.close() };
}

/** SQLITE_BUSY: the lock is taken, as opposed to a file that cannot be opened or is no database. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

/** The note is for people only; who holds the lock is the kernel's business. */
function ownerIn(noteFile: string): string {
  try {
    const note: unknown = JSON.parse(readFileSync(noteFile, 'utf8'));
    if (isRecord(note))
      return `another elbow (process ${String(note['processId'])}, since ${String(note['since'])})`;
  } catch {
    // A note that is missing or half written changes nothing about the lock.
  }
  return 'another elbow';
}
