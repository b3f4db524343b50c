import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TicketKeyBook } from '@elbow/tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TicketRotation } from './ticket-rotation.ts';

const hourMs = 3_600_000;
const sealingKey = new Uint8Array(32).fill(3);
let folder: string;
let path: string;
let nowMs = 0;
const running: TicketRotation[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-tickets-'));
  path = join(folder, 'tickets');
  nowMs = 1_700_000_000_000;
});
afterEach(() => {
  for (const rotation of running.splice(0)) rotation.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<TicketRotation> {
  const rotation = await TicketRotation.start({ path, sealingKey, log: () => {}, nowMs: () => nowMs });
  running.push(rotation);
  return rotation;
}

function keys(rotation: TicketRotation): string {
  return new TicketKeyBook(rotation.shared).keysFor('listener').toString('hex');
}

describe('TicketRotation', () => {
  it('has the same keys after a restart on the same day, and others for another listener', async () => {
    const before = await start();
    nowMs += 23 * hourMs;
    const after = await start();
    expect(keys(after)).toBe(keys(before));
    expect(new TicketKeyBook(after.shared).keysFor('other').toString('hex')).not.toBe(keys(after));
    expect(keys(after)).toMatch(/^[0-9a-f]{96}$/);
  });

  it('has new keys after a day, which every reader of the memory gets, and keeps the old secrets for three', async () => {
    const rotation = await start();
    const book = new TicketKeyBook(rotation.shared);
    const [first] = book.roots();
    const before = book.keysFor('listener');
    expect(book.keysFor('listener')).toBe(before);
    nowMs += 24 * hourMs;
    await rotation.rotateInTime();
    expect(book.keysFor('listener').equals(before)).toBe(false);
    expect(book.roots()[1]).toEqual(first);
    nowMs += 72 * hourMs;
    await rotation.rotateInTime();
    expect(book.roots().slice(1)).toEqual([new Uint8Array(32), new Uint8Array(32)]);
  });

  it('keeps nothing readable on disk', async () => {
    const rotation = await start();
    const [root] = new TicketKeyBook(rotation.shared).roots();
    const text = readFileSync(path, 'latin1');
    expect(text).toMatch(/^v1\./);
    expect(text).not.toContain(Buffer.from(root!).toString('base64').slice(0, 10));
  });

  it.each(['', 'nonsense', 'v1.AAAA'])('starts anew where the file holds %j', async (text) => {
    writeFileSync(path, text);
    expect(keys(await start())).toMatch(/^(?!0+$)[0-9a-f]{96}$/);
  });
});
