import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  /** Clock ticks since boot; tells a process from a later one with the same number. */
  readonly startedAtTicks: number;
}

/** A process and all its descendants that are alive now, the root first; empty when the root is gone. */
export function processTree(rootPid: number): readonly number[] {
  return descendants(rootPid, allProcesses());
}

/** The root and what hangs below it, parents before children; pure, so that it can be tested without processes. */
export function descendants(rootPid: number, processes: readonly ProcessStat[]): readonly number[] {
  if (!processes.some(({ pid }) => pid === rootPid)) return [];
  const found = [rootPid];
  for (let at = 0; at < found.length; at += 1) {
    for (const { pid, parentPid } of processes) if (parentPid === found[at]) found.push(pid);
  }
  return found;
}

export function allProcesses(): readonly ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcessStat(Number(name)))
    .filter((stat) => stat !== undefined);
}

export function readProcessStat(pid: number): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Reads /proc/PID/stat (proc_pid_stat(5)). The command may hold blanks and parentheses, so it is cut at the last one. */
export function parseProcessStat(text: string): ProcessStat {
  const afterCommand = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Field 3 (state) is the first after the command: parent is field 4, start time field 22.
  return {
    pid: Number.parseInt(text, 10),
    parentPid: Number(afterCommand[1]),
    startedAtTicks: Number(afterCommand[19]),
  };
}
