import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAddress, type Log } from '@elbow/plan';
import { writeDurably } from '../plan-disk.ts';

/** What names stood for, by name. */
export type NameAnswers = ReadonlyMap<string, readonly string[]>;

/** Addresses of one name that are believed of a file. */
const MOST_ADDRESSES = 1000;

/**
 * The last answers to the names of members on disk, beside the plan: a node that starts while DNS is down serves with
 * them. They are asked for again at once, so that nothing depends on how old they are.
 */
export class NameDisk {
  private readonly path: string;
  private readonly log: Log;
  private written = '';
  private wanted: string | null = null;
  private writing: Promise<void> | null = null;

  /** @param directory of the plan; its file is `names.json` */
  constructor(directory: string, log: Log) {
    this.path = join(directory, 'names.json');
    this.log = log;
  }

  /** The answers of the last run. A file that says something else is no loss: DNS is asked anyway. */
  async load(): Promise<NameAnswers> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') this.log('error', 'the names of members could not be read', { reason: message });
      return new Map();
    }
    const answers = answersOf(text);
    if (answers === null) this.log('error', 'the file of names is broken and not used', { path: this.path });
    else this.written = text;
    return answers ?? new Map();
  }

  /** Writes soon what is not there yet; of several that wait only the newest is written. */
  save(answers: NameAnswers): void {
    const names = Object.fromEntries([...answers].toSorted(([one], [other]) => (one < other ? -1 : 1)));
    const text = JSON.stringify({ format: 'elbow-names', version: 1, names });
    if (text === (this.wanted ?? this.written)) return;
    this.wanted = text;
    this.writing ??= this.writeAll().finally(() => (this.writing = null));
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.wanted !== null) {
      const text = this.wanted;
      this.written = text;
      try {
        await writeDurably(this.path, new TextEncoder().encode(text));
      } catch (error) {
        const reason = (error as Error).message;
        this.log('error', 'the names of members could not be written: a start without DNS knows older ones', {
          reason,
        });
      }
      if (this.wanted === text) this.wanted = null;
    }
  }
}

/** @returns null for a text that is not what {@link NameDisk.save} writes */
function answersOf(text: string): NameAnswers | null {
  try {
    const { format, version, names } = JSON.parse(text);
    if (format !== 'elbow-names' || version !== 1 || typeof names !== 'object' || names === null) return null;
    const entries = Object.entries<unknown>(names);
    return entries.every(isAnswer) ? new Map(entries) : null;
  } catch {
    return null;
  }
}

function isAnswer(entry: [string, unknown]): entry is [string, readonly string[]] {
  const [, addresses] = entry;
  return (
    Array.isArray(addresses) &&
    addresses.length <= MOST_ADDRESSES &&
    addresses.every((address) => typeof address === 'string' && isAddress(address))
  );
}
