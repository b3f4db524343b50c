import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessLog } from './access-log.ts';

let directory: string;
let path: string;
let epoch: Int32Array;
let written: number;
let dropped: number;
let failures: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'elbow-log-'));
  path = join(directory, 'access.log');
  epoch = new Int32Array(new SharedArrayBuffer(4));
  [written, dropped, failures] = [0, 0, []];
});
afterEach(() => rmSync(directory, { recursive: true }));

function accessLog(to = path): AccessLog {
  return new AccessLog({
    path: to,
    epoch,
    written: (lines) => (written += lines),
    dropped: (lines) => (dropped += lines),
    failed: (reason) => failures.push(reason),
  });
}

const numbered = (from: number, count: number, length = 100): string[] =>
  Array.from({ length: count }, (_, at) => `${String(from + at).padStart(length - 1, '.')}\n`);

describe('AccessLog', () => {
  it('writes every line once and whole, whatever its length, beside another writer', async () => {
    const lines = [...numbered(0, 3000), ...numbered(3000, 3, 200_000), ...numbered(3003, 3000)];
    const [one, other] = [accessLog(), accessLog()];
    for (const line of lines) {
      one.append(line);
      other.append(line.toUpperCase().replace(/^\.+/, (dots) => dots.replaceAll('.', ':')));
      if (line.endsWith('00\n')) one.flush();
    }
    await Promise.all([one.close(), other.close()]);
    const all = readFileSync(path, 'latin1').split(/(?<=\n)/);
    expect(all.filter((line) => !line.startsWith(':'))).toEqual(lines);
    expect(all).toHaveLength(lines.length * 2);
    expect([written, dropped]).toEqual([lines.length * 2, 0]);
  });

  it('goes on writing into a renamed file until it is told', async () => {
    const log = accessLog();
    log.append('1\n');
    log.flush();
    await untilWritten(1);
    renameSync(path, `${path}.1`);
    log.append('2\n');
    log.flush();
    await untilWritten(2);
    Atomics.add(epoch, 0, 1);
    log.append('3\n');
    await log.close();
    expect([`${path}.1`, path].map((file) => readFileSync(file, 'latin1'))).toEqual(['1\n2\n', '3\n']);
  });

  it('drops and counts what is more than 8 MiB waiting', async () => {
    const log = accessLog();
    const line = `${'x'.repeat(2 ** 20 - 1)}\n`;
    // Nothing is written before this turn of the loop ends.
    for (let count = 0; count < 11; count++) log.append(line);
    expect(dropped).toBe(3);
    await log.close();
    expect([written, readFileSync(path).length]).toEqual([8, 8 * 2 ** 20]);
    log.append('room again\n');
    await log.close();
    expect([written, dropped]).toEqual([9, 3]);
  });

  it('drops, counts and says why when it cannot write, and tries again', async () => {
    const log = accessLog(join(directory, 'missing', 'access.log'));
    log.append('a\n');
    log.append('b\n');
    await log.close();
    log.append('c\n');
    await log.close();
    expect([written, dropped]).toEqual([0, 3]);
    expect(failures).toEqual([expect.stringContaining('ENOENT'), expect.stringContaining('ENOENT')]);
  });
});

async function untilWritten(lines: number): Promise<void> {
  await expect.poll(() => written, { timeout: 5000 }).toBe(lines);
}
