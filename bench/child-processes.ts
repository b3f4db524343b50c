import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processTree, readProcessStat } from './process-tree.ts';
import type { ProcessStat } from './process-tree.ts';

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cpu: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  readonly child: ChildProcess;
  readonly logPath: string;
}

/** The programs that this run has started. It stops all of them, and nothing else, whatever happens. */
export class ChildProcesses {
  readonly #dir: string;
  readonly #running: RunningProgram[] = [];
  readonly #ending = new AbortController();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Starts a program that stays in the foreground, pinned to a CPU; what it prints goes to a log in the run's directory. */
  start({ name, command, args, cpu, env = {} }: Program): RunningProgram {
    const logPath = join(this.#dir, `${name}.log`);
    const log = openSync(logPath, 'a');
    const pinned = cpu === undefined ? [command, ...args] : ['taskset', '-c', String(cpu), command, ...args];
    // taskset replaces itself by the program, so this pid is the program's, and every child inherits the CPU.
    const child = spawn(pinned[0]!, pinned.slice(1), {
      cwd: this.#dir,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    if (child.pid === undefined) throw new Error(`${name} could not be started: ${pinned.join(' ')}`);
    const running = { name, pid: child.pid, child, logPath };
    this.#running.push(running);
    return running;
  }

  /** {@link runCommand}, cut short by {@link stopAll}. */
  run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return runCommand(command, args, { ...options, signal: this.#ending.signal });
  }

  async stopAll(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#running.splice(0).map(stopProgram));
  }
}

/** SIGTERM, ten seconds to end in good order, then SIGKILL for whatever is left of it and its descendants. */
async function stopProgram({ pid, child }: RunningProgram): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const tree = processTree(pid)
    .map(readProcessStat)
    .filter((stat) => stat !== undefined);
  const hasEnded = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([hasEnded, delay(10_000, undefined, { ref: false })]);
  for (const stat of tree) if (isStillAlive(stat)) process.kill(stat.pid, 'SIGKILL');
  await hasEnded;
}

function isStillAlive({ pid, startedAtTicks }: ProcessStat): boolean {
  return readProcessStat(pid)?.startedAtTicks === startedAtTicks;
}

/** Calls `check` until it is true; throws with the program's own words when it ends or does not come up in time. */
export async function waitUntilUp(
  program: RunningProgram,
  check: () => Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    const hasEnded = program.child.exitCode !== null || program.child.signalCode !== null;
    if (hasEnded || Date.now() > deadline) {
      const log = (await readFile(program.logPath, 'utf8')).slice(-3000);
      throw new Error(`${program.name} ${hasEnded ? 'ended' : 'did not come up'}; it said:\n${log}`);
    }
    await delay(50);
  }
}

export interface CommandOptions {
  readonly timeoutMs?: number;
  readonly cpu?: number | undefined;
  readonly signal?: AbortSignal;
}

/** Runs a command to its end and gives what it printed (both streams); throws when it fails or takes too long. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { timeoutMs = 60_000, cpu, signal } = options;
  const [file, ...rest] =
    cpu === undefined ? [command, ...args] : ['taskset', '-c', String(cpu), command, ...args];
  return new Promise((resolve, reject) => {
    execFile(
      file!,
      rest,
      {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 2 ** 24,
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout + stderr);
        else
          reject(
            new Error(
              `${command} failed (${error.signal ?? `exit code ${error.code}`}): ${(stderr || stdout).slice(-2000)}`,
            ),
          );
      },
    );
  });
}
