import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirTaken, lockDataDir, makeDataDir } from './data-dir.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'elbow-lock-')), 'var', 'elbow');
  makeDataDir(dataDir);
});

afterEach(() => rmSync(join(dataDir, '..', '..'), { recursive: true }));

/** Another process that holds the lock until it is killed. */
async function otherHolder() {
  const module = JSON.stringify(new URL('./data-dir.ts', import.meta.url).href);
  const code = `const { lockDataDir } = await import(${module}); lockDataDir(process.argv[1], 'serve', 0); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('lockDataDir', () => {
  it('makes the directory for its owner only', () => {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('refuses one that others may write to', () => {
    chmodSync(dataDir, 0o770);
    expect(() => makeDataDir(dataDir)).toThrow(/may be written by others; run: chmod go-w/);
  });

  it('refuses a second holder and says who the first is', async () => {
    const other = await otherHolder();
    const attempt = (): unknown => lockDataDir(dataDir, 'serve', 0);
    expect(attempt).toThrow(DataDirTaken);
    expect(attempt).toThrow(
      new RegExp(`${dataDir} is in use by another elbow \\(process ${other.pid}, since 20`),
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    lockDataDir(dataDir, 'serve', 0).release();
  });

  it('keeps the parts of a directory apart', () => {
    const locks = ['serve', 'control', 'node'].map((part) => lockDataDir(dataDir, part, 0));
    expect(() => lockDataDir(dataDir, 'node', 0)).toThrow(DataDirTaken);
    for (const lock of locks) lock.release();
    lockDataDir(dataDir, 'node', 0).release();
  });
});
