import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

const ROUNDS = 4;
const VICTIM = fileURLToPath(new URL('./testing/kill-victim.ts', import.meta.url));

/** Lets a process write into `directory`, kills it after `lines` acknowledgements, and returns all it acknowledged. */
async function writeAndKill(directory: string, prefix: string, lines: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [VICTIM, directory, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const id of createInterface({ input: child.stdout })) {
    if (acknowledged.push(id) === lines) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

describe('an acknowledged write', () => {
  it('survives kill -9 of the process', { timeout: 60_000 }, async () => {
    const directory = await temporaryDirectory();
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = 1 + Math.floor(Math.random() * 300);
      acknowledged.push(...(await writeAndKill(directory, `round${round}`, lines)));
    }
    const store = await openStore({ directory });
    const stored = new Set(
      (await store.read((reader) => reader.list('loadBalancer', {}))).map((row) => row.id),
    );
    const changed = await store.changesSince(0);
    await store.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // A row and its change were written by one unit: neither is ever there alone.
    expect(new Set(changed.loadBalancerIds)).toEqual(stored);
    expect(changed.revision).toBe(stored.size);
  });
});
