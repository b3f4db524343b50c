import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodePlanFile, emptyPlan, encodePlanFile, type Log } from '@elbow/plan';
import type { Plan } from '@elbow/plan';
import { sha256 } from './sha256.ts';

/** A large plan takes long to encode, and changes may come many a second: that is no more than a tenth of the work. */
const RESTS_PER_ENCODING = 10;
const LONGEST_REST_MS = 1_000;

/**
 * The last plan on disk, from which a node serves before it has heard of the control process. Writing goes on beside
 * the serving: a plan that is lost with the machine comes again from the store.
 */
export class PlanDisk {
  private readonly path: string;
  private readonly log: Log;
  private wanted: Plan | null = null;
  private isHurried = false;
  private wake: () => void = () => {};
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
    if (this.isHurried) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(durationMs, LONGEST_REST_MS));
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
        await this.rest(encodingMs * RESTS_PER_ENCODING);
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
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(directory);
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
