import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodePlanFile, emptyPlan, encodePlanFile, type Log } from '@elbow/plan';
import type { Plan } from '@elbow/plan';
import { sha256 } from './sha256.ts';
import { WritePace } from './write-pace.ts';

/** About what it takes the disk to make a small file durable. */
const WRITING_MS = 5;

/**
 * The last plan on disk, from which a node serves before it has heard of the control process. Writing goes on beside
 * the serving, at a pace that leaves the disk to the store: a plan that is lost with the machine comes again from there.
 */
export class PlanDisk {
  private readonly path: string;
  private readonly log: Log;
  private wanted: Plan | null = null;
  private isHurried = false;
  private wake: () => void = () => {};
  private readonly pace = new WritePace();
  private writing: Promise<void> | null = null;

  /** @param directory made when missing; its file is `plan.json` */
  constructor(directory: string, log: Log) {
    this.path = join(directory, 'plan.json');
    this.log = log;
  }

  /** The plan of the last run. A file that cannot be trusted is set aside, and the node starts with nothing. */
  async load(): Promise<Plan> {
    const bytes = await readIfThere(this.path);
    if (bytes === null) return emptyPlan;
    const decoded = decodePlanFile(bytes, sha256);
    if (decoded.ok) return decoded.value;
    const aside = `${this.path}.broken`;
    this.log('error', 'the plan file is broken and was set aside', { aside, reason: decoded.problems[0] });
    await rename(this.path, aside);
    return emptyPlan;
  }

  /** Writes the plan soon; of several that wait only the newest is written. */
  save(plan: Plan): void {
    this.wanted = plan;
    this.writing ??= this.writeAll().finally(() => (this.writing = null));
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    this.isHurried = true;
    this.wake();
    await this.writing;
    this.isHurried = false;
  }

  private async rest(durationMs: number): Promise<void> {
    if (this.isHurried || durationMs === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, durationMs);
    this.wake = resolve;
    await promise;
    clearTimeout(timer);
  }

  private async writeAll(): Promise<void> {
    while (this.wanted !== null) {
      const plan = this.wanted;
      this.wanted = null;
      try {
        const startMs = performance.now();
        const bytes = Buffer.concat(encodePlanFile(plan, sha256));
        const encodingMs = performance.now() - startMs;
        await writeDurably(this.path, bytes);
        // Waiting for a busy disk is no work: the plan would only be older for it.
        const workMs = Math.max(encodingMs, WRITING_MS);
        await this.rest(this.pace.restAfter(workMs, performance.now()));
      } catch (error) {
        this.log('error', 'the plan could not be written: after a restart an older one is served first', {
          revision: plan.revision,
          reason: (error as Error).message,
        });
      }
    }
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces the file as a whole: after a crash at any moment either the old or the new content is there. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.new`;
  const file = await openDraft(draft);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(dirname(path));
}

/** Makes its folder when there is none. */
async function openDraft(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'w', 0o600);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
