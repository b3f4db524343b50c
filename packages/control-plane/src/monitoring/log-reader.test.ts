import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endOfLog, readBackwards, readForwards, type ReadWish } from './log-reader.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'elbow-log-reader-'));
  path = join(directory, 'access.log');
});
afterEach(() => rmSync(directory, { recursive: true }));

const wish = (limit: number, more: Partial<ReadWish> = {}): ReadWish => ({
  path,
  keep: 2,
  limit,
  accepts: () => true,
  isTooOld: () => false,
  ...more,
});

/** Lines of very different lengths, some of them longer than what is read at a time. */
const line = (number: number): string => `${number} ${'x'.repeat(number % 7 === 0 ? 300_000 : number * 13)}`;
const numbers = (lines: readonly { readonly text: string }[]) =>
  lines.map(({ text }) => Number(text.split(' ')[0]));

it('there is nothing where there is no file', async () => {
  expect(await readBackwards(wish(5), null)).toEqual({ lines: [], next: null, scannedBytes: 0 });
  expect(await endOfLog(path)).toBeNull();
});

it('pages backwards over renamed files meet every line once', async () => {
  const all = Array.from({ length: 60 }, (_, at) => at + 1).filter((number) => number % 7 !== 0);
  for (const [name, from, to] of [
    ['access.log.2', 0, 20],
    ['access.log.1', 20, 40],
    ['access.log', 40, 60],
  ] as const)
    writeFileSync(
      join(directory, name),
      all
        .slice(from, to)
        .map((number) => `${line(number)}\n`)
        .join(''),
    );
  const seen: number[] = [];
  let before = null;
  do {
    const { lines, next } = await readBackwards(wish(7), before);
    seen.push(...numbers(lines));
    before = next;
  } while (before !== null);
  expect(seen).toEqual(all.toReversed());
});

it('a line longer than a piece is passed over, and those around it are not', async () => {
  writeFileSync(path, [1, 7, 8].map((number) => `${line(number)}\n`).join(''));
  const { lines } = await readBackwards(wish(9), null);
  expect(numbers(lines)).toEqual([8, 1]);
});

it('forwards, what comes is met once, also after a rename, and never half a line', async () => {
  appendFileSync(path, '1 old\n');
  const start = await endOfLog(path);
  appendFileSync(path, '2 a\n3 half');
  const first = await readForwards(wish(9), start!);
  expect(numbers(first.lines)).toEqual([2]);
  appendFileSync(path, ' whole\n');
  renameSync(path, `${path}.1`);
  appendFileSync(path, '4 new\n');
  const second = await readForwards(wish(9), first.next!);
  expect(second.lines.map(({ text }) => text)).toEqual(['3 half whole', '4 new']);
  expect((await readForwards(wish(9), second.next!)).lines).toEqual([]);
});

it('a limit forwards leaves the rest for the next look', async () => {
  appendFileSync(path, '1\n2\n3\n');
  const first = await readForwards(wish(2), { file: '0', offset: 0 });
  expect(numbers(first.lines)).toEqual([1, 2]);
  expect(numbers((await readForwards(wish(2), first.next!)).lines)).toEqual([3]);
});

it('stops at lines that are too old', async () => {
  writeFileSync(path, '1\n2\n3\n4\n');
  const { lines, next } = await readBackwards(wish(9, { isTooOld: (text) => Number(text) < 3 }), null);
  expect([numbers(lines), next]).toEqual([[4, 3], null]);
});
