import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword, seal, verifyPassword } from '@elbow/secrets';
import { openStore, type Store } from '@elbow/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareAccounts } from './prepare-account.ts';

const key = new Uint8Array(32).fill(3);
let store: Store;
let dataDir: string;
beforeEach(async () => {
  store = await openStore({ directory: ':memory:' });
  dataDir = mkdtempSync(join(tmpdir(), 'elbow-accounts-'));
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

const prepare = (endpoint = 'http://127.0.0.1:8700') =>
  prepareAccounts({ store, key, dataDir, endpoint, log: () => {} });
const file = () => JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8'));

it('the first start makes an admin whom the file opens the door for', async () => {
  const accounts = await prepare();
  const { username, password, access_key: accessKey, secret_key: secretKey, project_id: projectId } = file();
  expect(accounts.projectId).toBe(projectId);
  const user = accounts.userByName(username);
  expect(user).toMatchObject({ role: 'admin', isEnabled: true });
  expect(await verifyPassword(password, user!.passwordHash)).toBe(true);
  expect(accounts.signer(accessKey)?.secretKey.reveal()).toBe(secretKey);
});

it('later starts change the endpoint and nothing else', async () => {
  await prepare();
  const before = file();
  await prepare('http://127.0.0.1:9');
  expect(file()).toEqual({ ...before, endpoint: 'http://127.0.0.1:9' });
});

it('a file that is gone comes back with a new password and the same key, and sessions end', async () => {
  const first = await prepare();
  const [before, { sessionGeneration }] = [file(), first.users[0]!];
  rmSync(join(dataDir, 'credentials.json'));
  const accounts = await prepare();
  const { password, access_key: accessKey, secret_key: secretKey } = file();
  expect([accessKey, secretKey]).toEqual([before.access_key, before.secret_key]);
  expect(await verifyPassword(password, accounts.users[0]!.passwordHash)).toBe(true);
  expect(await verifyPassword(before.password, accounts.users[0]!.passwordHash)).toBe(false);
  expect(accounts.users[0]!.sessionGeneration).toBeGreaterThan(sessionGeneration);
});

it('the single account of an earlier release becomes the first user, with its key and password', async () => {
  const account = {
    projectId: 'a'.repeat(32),
    userId: 'b'.repeat(32),
    userName: 'admin',
    passwordHash: await hashPassword('from before'),
    accessKey: 'OLDKEY',
    sealedSecretKey: seal(key, 'old secret', 'account/secret-key'),
    roles: ['reader', 'editor'],
  };
  await store.write((writer) => writer.putDocument('account', account));
  const accounts = await prepare();
  expect(accounts.projectId).toBe(account.projectId);
  expect(accounts.users).toMatchObject([{ id: account.userId, name: 'admin', role: 'admin' }]);
  expect(accounts.signer('OLDKEY')?.secretKey.reveal()).toBe('old secret');
  expect(await store.read((reader) => reader.document('account'))).toBeNull();
});
