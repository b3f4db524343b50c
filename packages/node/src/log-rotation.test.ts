import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogRotation } from './log-rotation.ts';

let directory: string;
let path: string;
let rotation: LogRotation;
let logged: string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'elbow-rotation-'));
  path = join(directory, 'log', 'access.log');
  logged = [];
  rotation = await LogRotation.start({
    path,
    rotateBytes: 10,
    keep: 2,
    log: (_level, message) => logged.push(message),
  });
});
afterEach(async () => {
  await rotation.close();
  rmSync(directory, { recursive: true });
});

const epoch = (): number => new Int32Array(rotation.epoch)[0]!;

it('renames a file that is large enough, keeps so many old ones, and tells the workers', async () => {
  for (const text of ['first file', 'second file', 'third file']) {
    writeFileSync(path, text);
    await rotation.look();
    expect(existsSync(path)).toBe(false);
  }
  expect(epoch()).toBe(3);
  expect(readdirSync(join(directory, 'log')).sort()).toEqual(['access.log.1', 'access.log.2']);
  expect([1, 2].map((at) => readFileSync(`${path}.${at}`, 'latin1'))).toEqual(['third file', 'second file']);
});

it('leaves a small file alone, and one that is not there', async () => {
  await rotation.look();
  writeFileSync(path, 'small');
  await rotation.look();
  expect([epoch(), readFileSync(path, 'latin1'), logged]).toEqual([0, 'small', []]);
});

it('says so when it cannot rename, and goes on', async () => {
  writeFileSync(path, 'large enough');
  rmSync(join(directory, 'log'), { recursive: true });
  writeFileSync(join(directory, 'log'), 'a file where the directory was');
  await rotation.look();
  expect(logged).toEqual(['the access log cannot be rotated']);
});
