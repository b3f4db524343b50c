import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, listenOn } from '@elbow/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

let root: string;
const running = new Set<Daemon>();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'elbow-serve-'));
});

afterEach(async () => {
  for (const daemon of running) {
    daemon.kill('SIGKILL');
    await daemon.exit;
  }
});

afterAll(() => rmSync(root, { recursive: true }));

interface Daemon {
  /** Exit code or signal. */
  readonly exit: Promise<number | string>;
  /** Resolves when this text has come on standard output or error, or the process has ended. */
  until(text: string): Promise<string>;
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

function elbow(words: readonly string[]): Daemon {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'compile-cache') },
  });
  let text = '';
  const looks = new Set<() => void>();
  const take = (bytes: Buffer): void => {
    text += bytes.toString();
    for (const look of looks) look();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const until = (wanted: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!text.includes(wanted)) return;
        looks.delete(look);
        resolve(text);
      };
      looks.add(look);
      look();
      void exit.then(() => resolve(text));
    });
  const daemon = {
    exit,
    until,
    output: () => text,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
  };
  running.add(daemon);
  void exit.then(() => running.delete(daemon));
  return daemon;
}

function serveWords(dataDir: string, port: number): readonly string[] {
  return ['serve', '--data-dir', join(root, dataDir), '--admin', `127.0.0.1:${port}`, '--workers', '2'];
}

describe('elbow serve', { timeout: 60_000 }, () => {
  it('says where it is, refuses a second start, and ends its children with itself', async () => {
    const port = await freePort();
    const first = elbow(serveWords('one', port));
    expect(await first.until('Elbow is ready.')).toContain(`http://127.0.0.1:${port}/`);
    const second = elbow(serveWords('one', await freePort()));
    expect(await second.exit).toBe(1);
    expect(second.output()).toMatch(/is in use by another elbow \(process \d+, since /);
    first.kill('SIGINT');
    expect(await first.exit).toBe(0);
    // Children share the pipes: that they are closed says that no child is left.
    expect(first.output()).not.toContain('starting it again');
  });

  it('takes its children with it when it is killed, so that a new start finds everything free', async () => {
    const words = serveWords('killed', await freePort());
    const first = elbow(words);
    await first.until('Elbow is ready.');
    first.kill('SIGKILL');
    const second = elbow(words);
    expect(await second.until('Elbow is ready.')).not.toContain('cannot start');
    expect(await first.exit).toBe('SIGKILL');
    second.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  it('ends with the reason when the admin port is taken', async () => {
    const taken = createServer();
    const { port } = await listenOn(taken);
    const daemon = elbow(serveWords('taken', port));
    expect(await daemon.exit).toBe(1);
    expect(daemon.output()).toMatch(new RegExp(`cannot start control reason=".*EADDRINUSE.*${port}`));
    expect(daemon.output()).not.toContain('Elbow is ready.');
    taken.close();
  });

  it('ends with the reason when the key file is damaged', async () => {
    const words = serveWords('damaged', await freePort());
    const first = elbow(words);
    await first.until('Elbow is ready.');
    first.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    writeFileSync(join(root, 'damaged', 'sealing.key'), 'short');
    const second = elbow(words);
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('it has 5 bytes instead of 32');
  });

  it('refuses wrong settings before it touches anything', async () => {
    const daemon = elbow(['serve', '--data-dir', join(root, 'never'), '--workers', 'many']);
    expect(await daemon.exit).toBe(1);
    expect(daemon.output()).toBe(
      'elbow serve: --workers must be a whole number from 1 to 256; it is "many"\n',
    );
  });
});
