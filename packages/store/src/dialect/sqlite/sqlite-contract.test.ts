import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../open-store.ts';
import { describeStoreContract } from '../../testing/store-contract.ts';

let root = '';
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'elbow-contract-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

describeStoreContract('SQLite in memory', () => openStore({ directory: ':memory:' }));

describeStoreContract('SQLite in a file', () => {
  count += 1;
  return openStore({ directory: join(root, String(count)) });
});
