import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFileRefused, loadOrCreateKeyFile } from './key-file.ts';

let directory = '';
let path = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'elbow-key-'));
  path = join(directory, 'key');
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('loadOrCreateKeyFile', () => {
  it('makes a private key file and leaves nothing else', () => {
    const key = loadOrCreateKeyFile(path);
    expect(key).toHaveLength(32);
    expect(new Set(key).size).toBeGreaterThan(8);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['key']);
  });

  it('gives the same key from then on', () => {
    expect(loadOrCreateKeyFile(path)).toEqual(loadOrCreateKeyFile(path));
  });

  it('gives one key to all who make it at the same time', async () => {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const racers = Array.from({ length: 4 }, () => startRacer(gate));
    await Promise.all(racers.map((racer) => racer.ready));
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    const keys = await Promise.all(racers.map((racer) => racer.key));
    expect(new Set(keys)).toEqual(new Set([Buffer.from(loadOrCreateKeyFile(path)).toString('hex')]));
    expect(readdirSync(directory)).toEqual(['key']);
  });

  it('accepts a file that even its owner may only read', () => {
    const key = loadOrCreateKeyFile(path);
    chmodSync(path, 0o400);
    expect(loadOrCreateKeyFile(path)).toEqual(key);
  });

  it.each([0o640, 0o604, 0o644, 0o620, 0o610])('refuses mode %o and says what to do', (mode) => {
    loadOrCreateKeyFile(path);
    chmodSync(path, mode);
    expect(() => loadOrCreateKeyFile(path)).toThrow(KeyFileRefused);
    expect(() => loadOrCreateKeyFile(path)).toThrow(`chmod 600 '${path}'`);
  });

  it.each([0, 31, 33])('refuses a file of %d bytes and leaves it alone', (length) => {
    writeFileSync(path, Buffer.alloc(length), { mode: 0o600 });
    expect(() => loadOrCreateKeyFile(path)).toThrow(`it has ${length} bytes instead of 32`);
    expect(statSync(path).size).toBe(length);
  });

  it('refuses a directory', () => {
    mkdirSync(path, { mode: 0o700 });
    expect(() => loadOrCreateKeyFile(path)).toThrow('not a regular file');
  });

  it('looks at the file behind a link', () => {
    const key = loadOrCreateKeyFile(path);
    symlinkSync(path, join(directory, 'link'));
    expect(loadOrCreateKeyFile(join(directory, 'link'))).toEqual(key);
  });

  it('says where a directory is missing', () => {
    expect(() => loadOrCreateKeyFile(join(directory, 'none', 'key'))).toThrow(/ENOENT.*none/);
  });
});

interface Racer {
  readonly ready: Promise<void>;
  readonly key: Promise<string>;
}

/** A thread that waits at the gate, then asks for the key. */
function startRacer(gate: Int32Array): Racer {
  const module = new URL('./key-file.ts', import.meta.url).href;
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ loadOrCreateKeyFile }) => {
      parentPort.postMessage('ready');
      Atomics.wait(workerData.gate, 0, 0);
      parentPort.postMessage(Buffer.from(loadOrCreateKeyFile(workerData.path)).toString('hex'));
    });`;
  const worker = new Worker(code, { eval: true, workerData: { module, gate, path } });
  const ready = once(worker, 'message');
  return {
    ready: ready.then(() => undefined),
    key: ready.then(() => once(worker, 'message')).then(([key]) => String(key)),
  };
}
