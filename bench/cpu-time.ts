import { readFileSync, readdirSync } from 'node:fs';
import { processTree } from './process-tree.ts';

/** CPU nanoseconds used so far, by `pid/tid`. */
export type CpuSnapshot = ReadonlyMap<string, number>;

export interface CpuUse {
  readonly totalNs: number;
  readonly byPid: ReadonlyMap<number, number>;
  /** Threads that ended between the snapshots; their last slice is not in the total. */
  readonly endedThreads: number;
}

/** CPU time of every thread of a process and of all its descendants. */
export function cpuSnapshot(rootPid: number): CpuSnapshot {
  const snapshot = new Map<string, number>();
  for (const pid of processTree(rootPid)) {
    for (const tid of entries(`/proc/${pid}/task`)) {
      const text = readIfThere(`/proc/${pid}/task/${tid}/schedstat`);
      if (text !== undefined) snapshot.set(`${pid}/${tid}`, parseSchedstat(text));
    }
  }
  return snapshot;
}

/**
 * Nanoseconds spent on the CPU: the first of the three numbers of /proc/…/schedstat (kernel: scheduler/sched-stats.rst).
 * It counts user and system time together, exactly, where utime and stime of /proc/…/stat step in ticks of 10 ms.
 */
export function parseSchedstat(text: string): number {
  const match = /^(\d+) \d+ \d+\s*$/.exec(text);
  if (match === null) throw new Error(`unexpected schedstat: ${JSON.stringify(text)}`);
  return Number(match[1]);
}

/** What was used between two snapshots; a thread that is new in `after` counts from zero. */
export function cpuBetween(before: CpuSnapshot, after: CpuSnapshot): CpuUse {
  const byPid = new Map<number, number>();
  let totalNs = 0;
  for (const [thread, ns] of after) {
    const used = ns - (before.get(thread) ?? 0);
    const pid = Number(thread.slice(0, thread.indexOf('/')));
    byPid.set(pid, (byPid.get(pid) ?? 0) + used);
    totalNs += used;
  }
  const endedThreads = [...before.keys()].filter((thread) => !after.has(thread)).length;
  return { totalNs, byPid, endedThreads };
}

/** Resident memory of a process and all its descendants in KiB; pages that they share are counted once per process. */
export function residentKib(rootPid: number): number {
  return processTree(rootPid).reduce(
    (sum, pid) => sum + parseResidentKib(readIfThere(`/proc/${pid}/status`) ?? ''),
    0,
  );
}

/** `VmRSS` of /proc/PID/status in KiB; 0 where there is none (kernel threads, processes that have just ended). */
export function parseResidentKib(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
