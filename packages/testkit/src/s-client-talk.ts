import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TlsPlace } from './s-client.ts';
import { Waiters } from './waiters.ts';

const DEADLINE_MS = 15_000;

/** `openssl s_client`, kept open until a test has seen what it waits for. */
export class SClientTalk {
  private readonly child: ChildProcess;
  private readonly changes = new Waiters();
  /** Everything that was printed so far, as latin1. */
  output = '';

  constructor({ vip, port }: TlsPlace, words: readonly string[]) {
    const all = ['s_client', '-connect', `${vip}:${port}`, ...words];
    this.child = spawn('openssl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (bytes: Buffer) => {
        this.output += bytes.toString('latin1');
        this.changes.changed();
      });
    this.child.stdin!.on('error', () => {});
  }

  send(text: string): void {
    this.child.stdin!.write(text);
  }

  /** Resolves once `pattern` was printed; at most 15 s. */
  async sees(pattern: RegExp): Promise<void> {
    const what = (): string => `${pattern}: ${this.output.slice(-2000)}`;
    await this.changes.until(() => pattern.test(this.output), DEADLINE_MS, what);
  }

  /** Says goodbye to the server and ends. */
  async leave(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.stdin!.end('Q\n');
    await closed;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
