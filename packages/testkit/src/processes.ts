import { readFileSync, readdirSync } from 'node:fs';

/** The processes of one running daemon. */
export interface Pids {
  readonly supervisor: number;
  readonly control: number;
  readonly node: number;
}

export type Role = keyof Pids;

/** Reads the roles below a supervisor from /proc (Linux), or null while one of them is missing. */
export function readPids(supervisor: number): Pids | null {
  const children = childrenOf(supervisor);
  const control = children.find((pid) => roleOf(pid) === 'control');
  const node = children.find((pid) => roleOf(pid) === 'node');
  return control === undefined || node === undefined ? null : { supervisor, control, node };
}

export function childrenOf(parent: number): readonly number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => parentOf(pid) === parent);
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (line === null) throw new Error(`process ${pid} has no resident memory`);
  return Number(line[1]) * 1024;
}

/**
 * Repeats a round of work until one of them leaves the process within `most` times the memory that it had before the
 * round, and returns the ratio of the best round. Heaps grow by steps for a while; what leaks grows in every round.
 */
export async function leastGrowth(
  pid: number,
  round: (index: number) => Promise<void>,
  { most, rounds = 4 }: { readonly most: number; readonly rounds?: number },
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < rounds && least > most; index++) {
    const before = residentBytes(pid);
    await round(index);
    least = Math.min(least, residentBytes(pid) / before);
  }
  return least;
}

/** True while the process runs; a dead one that nobody has waited for does not count. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function parentOf(pid: number): number | undefined {
  const stat = statOf(pid);
  return stat === undefined || stat.state === 'Z' ? undefined : stat.parent;
}

/** Fields 3 and 4 of proc(5) stat; the name before them may hold spaces and parentheses. */
function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  const [state = '', parent = '0'] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' ? undefined : { state, parent: Number(parent) };
}

function roleOf(pid: number): string | undefined {
  const words = readProc(`/proc/${pid}/cmdline`).split('\0');
  const entry = words.findIndex((word) => word.endsWith('/main.ts'));
  return entry < 0 ? undefined : words[entry + 1];
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has gone
  }
}
