import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;
const GROUP_AND_OTHERS = 0o077;

/**
 * The key that seals secrets at rest. Makes the file when it is missing; of two processes that do so at the same time
 * one wins and both return the same key.
 * @param path in an existing directory.
 * @returns 32 bytes.
 * @throws {KeyFileRefused} when the file is readable by group or others, or is not a file of exactly 32 bytes.
 */
export function loadOrCreateKeyFile(path: string): Uint8Array {
  return loadKey(path) ?? createKey(path);
}

function loadKey(path: string): Uint8Array | null {
  const file = openExisting(path);
  if (file === null) return null;
  try {
    return readKey(file, path);
  } finally {
    closeSync(file);
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Looks at the opened file, not at the path, so that nothing can be swapped between check and read. */
function readKey(file: number, path: string): Uint8Array {
  const { mode, size, isFile } = describe(file);
  if (!isFile) throw new KeyFileRefused(path, 'it is not a regular file');
  if ((mode & GROUP_AND_OTHERS) !== 0) {
    throw new KeyFileRefused(path, `its mode ${octal(mode)} lets others in; run: chmod 600 '${path}'`);
  }
  if (size !== KEY_BYTES) throw new KeyFileRefused(path, `it has ${size} bytes instead of ${KEY_BYTES}`);
  const key = new Uint8Array(KEY_BYTES);
  if (readSync(file, key) !== KEY_BYTES) throw new KeyFileRefused(path, 'it changed while it was read');
  return key;
}

function describe(file: number): { readonly mode: number; readonly size: number; readonly isFile: boolean } {
  const stats = fstatSync(file);
  return { mode: stats.mode & 0o777, size: stats.size, isFile: stats.isFile() };
}

/** A link either makes the whole file visible or fails because another one is there: no half-written key. */
function createKey(path: string): Uint8Array {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  writeDurably(draft, randomBytes(KEY_BYTES));
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  syncDirectory(dirname(path));
  const key = loadKey(path);
  if (key === null) throw new KeyFileRefused(path, 'it disappeared while it was made');
  return key;
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', OWNER_ONLY);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What is sealed with a key must not outlive its directory entry in a power cut. */
function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** A key file that must not be used as it is; the message says what to do. */
export class KeyFileRefused extends Error {
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`key file ${path} is refused: ${reason}`);
    this.name = 'KeyFileRefused';
    this.path = path;
  }
}
