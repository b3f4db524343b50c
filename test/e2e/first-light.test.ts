import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  childrenOf,
  freeAddress,
  isRunning,
  poll,
  runCommand,
  startElbow,
  withDeadline,
} from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterEach, expect, it } from 'vitest';

// What the README promises to a stranger, done as the README says it.

const root = join(import.meta.dirname, '..', '..');
const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startedElbow(): Promise<Elbow> {
  const elbow = await startElbow();
  cleanups.push(() => elbow.stop());
  return elbow;
}

function start(command: string, words: readonly string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(command, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  cleanups.push(() => child.kill('SIGKILL'));
  return { child, output: () => output };
}

it('examples/first-listener.sh goes from nothing to answers of both members over TLS', async () => {
  const elbow = await startedElbow();
  const places = [`${freeAddress()}:9001`, `${freeAddress()}:9002`];
  const { output } = start(process.execPath, ['examples/members.mjs', ...places]);
  await poll(() => output().includes('member 1 listens') && output().includes('member 2 listens'), {
    timeoutMs: 10_000,
    what: 'two members',
  });
  const env = {
    ELBOW_CREDENTIALS: join(elbow.dataDir, 'credentials.json'),
    MEMBERS: places.join(' '),
    PORT: '9443',
  };
  const { code, stdout, stderr } = await runCommand('examples/first-listener.sh', [], { cwd: root, env });
  expect(stderr).toBe('');
  expect(code, stdout).toBe(0);
  const answers = stdout
    .split('\n')
    .filter((line) => line.startsWith('member '))
    .sort();
  const told = (at: number): unknown =>
    expect.stringMatching(new RegExp(`^member ${at} answers GET /hello for 127\\.`));
  expect(answers).toEqual([told(1), told(1), told(2), told(2)]);
});

it('scripts/up.mjs starts everything in the foreground and a signal stops it cleanly', async () => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  expect(
    readFileSync(join(root, 'node_modules', '.elbow-lock'), 'utf8'),
    'node_modules is older than package-lock.json: run npm test',
  ).toBe(lock);
  const dataDir = mkdtempSync(join(tmpdir(), 'elbow-up-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const admin = `${freeAddress()}:8700`;
  const { child, output } = start(process.execPath, [
    'scripts/up.mjs',
    '--data-dir',
    dataDir,
    '--admin',
    admin,
    '--workers',
    '2',
  ]);
  await poll(() => output().includes(`http://${admin}/`), {
    timeoutMs: 30_000,
    what: () => `the console address in:\n${output()}`,
  });
  expect(output()).toContain(join(dataDir, 'credentials.json'));
  expect(statSync(join(dataDir, 'credentials.json')).mode & 0o777).toBe(0o600);
  const credentials = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8'));
  expect(Object.keys(credentials).sort()).toEqual([
    'access_key',
    'endpoint',
    'password',
    'project_id',
    'secret_key',
    'username',
  ]);
  expect(credentials.endpoint).toBe(`http://${admin}`);
  for (const secret of [credentials.secret_key, credentials.password]) expect(output()).not.toContain(secret);
  for (const path of ['/healthz', '/readyz'])
    expect((await fetch(`http://${admin}${path}`)).status).toBe(200);
  const family = descendants(child.pid ?? 0);
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
  child.kill('SIGINT');
  expect(await withDeadline(ended, 20_000, 'the end of scripts/up.mjs')).toEqual([0, null]);
  expect(family.length).toBeGreaterThanOrEqual(3);
  await poll(() => !family.some(isRunning), { timeoutMs: 5000, what: 'the end of every process' });
});

it('a second daemon on the same data directory is refused and does not disturb the first', async () => {
  const elbow = await startedElbow();
  const words = [
    'apps/elbow/src/main.ts',
    'serve',
    '--data-dir',
    elbow.dataDir,
    '--admin',
    `${freeAddress()}:8700`,
  ];
  const { code, stdout, stderr } = await runCommand(process.execPath, words, { cwd: root });
  expect(code).toBe(1);
  expect(stdout + stderr).toContain(elbow.dataDir);
  expect(await elbow.statusOf('/readyz')).toBe(200);
});

it('credentials stay the same over a restart, and so does what was made', async () => {
  const elbow = await startedElbow();
  const before = elbow.credentials;
  const made = await elbow.api.create('loadbalancer', { name: 'kept', availability_zone_list: ['az1'] });
  const { child } = { child: (await elbow.pids()).supervisor };
  process.kill(child, 'SIGTERM');
  await poll(() => !isRunning(child), { timeoutMs: 20_000, what: 'the end of the daemon' });
  await elbow.start();
  expect(elbow.credentials).toEqual(before);
  expect(await elbow.api.show('loadbalancer', made.id)).toEqual(made);
});

function descendants(pid: number): readonly number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}
