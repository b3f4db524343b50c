import { chmod, open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseRefused } from './errors.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';
import { aLoadBalancer, aPool } from './testing/rows.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

async function openIn(directory: string): Promise<Store> {
  const store = await openStore({ directory });
  onTestFinished(() => store.close());
  return store;
}

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('openStore', () => {
  it('makes files and directories that only the owner can read', async () => {
    const directory = join(await temporaryDirectory(), 'deep', 'data');
    const store = await openIn(directory);
    await store.write((writer) => writer.putDocument('key', 1));
    const names = await readdir(directory);
    expect(names.sort()).toEqual(['elbow.db', 'elbow.db-shm', 'elbow.db-wal']);
    expect(await Promise.all(names.map((name) => modeOf(join(directory, name))))).toEqual([
      '600',
      '600',
      '600',
    ]);
    expect(await modeOf(directory)).toBe('700');
  });

  it('takes away what others may read', async () => {
    const directory = await temporaryDirectory();
    await (await openStore({ directory })).close();
    await chmod(join(directory, 'elbow.db'), 0o644);
    await openIn(directory);
    expect(await modeOf(join(directory, 'elbow.db'))).toBe('600');
  });

  it('finds everything again, and leaves one file when closed', async () => {
    const directory = await temporaryDirectory();
    const first = await openStore({ directory });
    await first.write(async (writer) => {
      await writer.insert('loadBalancer', aLoadBalancer('lb'));
      writer.touch('lb');
    });
    await first.close();
    expect(await readdir(directory)).toEqual(['elbow.db']);
    const second = await openIn(directory);
    expect(await second.read((reader) => reader.find('loadBalancer', 'lb'))).toEqual(aLoadBalancer('lb'));
    expect(await second.changesSince(0)).toEqual({ revision: 1, loadBalancerIds: ['lb'] });
    expect((await second.write(async (writer) => writer.touch('lb'))).revision).toBe(2);
  });

  it('refuses a database of a newer release and leaves it alone', async () => {
    const directory = await temporaryDirectory();
    await (await openStore({ directory })).close();
    const database = new DatabaseSync(join(directory, 'elbow.db'));
    database.exec('update schema_version set version = 99');
    database.close();
    await expect(openStore({ directory })).rejects.toThrow(DatabaseRefused);
    await expect(openStore({ directory })).rejects.toThrow(/version 99.*newer release/);
  });

  it('refuses a file that is no database', async () => {
    const directory = await temporaryDirectory();
    await writeFile(
      join(directory, 'elbow.db'),
      'This is a text, and quite a long one, but not a database at all.\n'.repeat(100),
    );
    await expect(openStore({ directory })).rejects.toThrow(DatabaseRefused);
    await expect(openStore({ directory })).rejects.toThrow(/elbow\.db.*not a database/);
  });

  it('refuses a damaged database', async () => {
    const directory = await temporaryDirectory();
    const store = await openStore({ directory });
    await store.write(async (writer) => {
      for (let i = 0; i < 100; i += 1)
        await writer.insert('pool', aPool(`p${i}`, { description: 'x'.repeat(500) }));
    });
    await store.close();
    await overwrite(join(directory, 'elbow.db'), 4_096 * 4, Buffer.alloc(4_096 * 20, 0x5a));
    await expect(openStore({ directory })).rejects.toThrow(DatabaseRefused);
    await expect(openStore({ directory })).rejects.toThrow(/damaged|malformed/);
  });

  it('says which directory cannot be used', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'file'), '');
    await expect(openStore({ directory: join(directory, 'file') })).rejects.toThrow(/file/);
  });
});

async function overwrite(path: string, position: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, position);
  await file.close();
}
