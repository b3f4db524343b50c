import { readFileSync } from 'node:fs';

/** Kept for files, the control link and the runtime itself. */
const RESERVED_FILES = 512;
/** A node that can hold fewer connections than this per worker is of no use; better to run into the limit and say so. */
const LEAST_BUDGET = 16;

export interface BudgetFacts {
  /** Open files this process may have. */
  readonly openFiles: number;
  readonly listeners: number;
  readonly workers: number;
}

/**
 * Client connections each worker may hold: the open-files limit without a socket per listener and worker and a
 * reserve, divided by the workers.
 */
export function connectionBudget({ openFiles, listeners, workers }: BudgetFacts): number {
  const free = openFiles - listeners * workers - RESERVED_FILES;
  return Math.max(LEAST_BUDGET, Math.floor(free / workers));
}

/** The open-files limit of this process, or a cautious guess where the system does not say. */
export function openFilesLimit(): number {
  return fromProc() ?? fromReport() ?? 1024;
}

function fromProc(): number | null {
  try {
    return parseOpenFiles(readFileSync('/proc/self/limits', 'latin1'));
  } catch {
    return null;
  }
}

/** Reads the soft limit from the text of `/proc/<pid>/limits` (proc(5)). */
export function parseOpenFiles(limits: string): number | null {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1];
  if (soft === undefined) return null;
  return soft === 'unlimited' ? 1_048_576 : Number(soft);
}

function fromReport(): number | null {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}
