import { spawn } from 'node:child_process';
import { withDeadline } from './deadline.ts';

export interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** What the command reads; default nothing. */
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default 30 s; the command is killed then and the promise rejects. */
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Its exit code is an answer, not an error; only a missing program or the deadline throws. */
export async function runCommand(
  command: string,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const env = { ...process.env, ...options.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
  const child = spawn(command, words, { env, ...(options.cwd === undefined ? {} : { cwd: options.cwd }) });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(options.input);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject);
  child.on('close', (code) => resolve(code));
  try {
    const code = await withDeadline(
      promise,
      options.timeoutMs ?? 30_000,
      `end of ${command} ${words.join(' ')}`,
    );
    return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Like {@link runCommand}, for commands that have to succeed. @returns what it wrote */
export async function runOrThrow(
  command: string,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, words, options);
  if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
