import type { ResourceRecord } from './database-schema.ts';

/** Shorter bodies are read faster than they are compared. */
const LEAST_LENGTH = 200;
/** Text that is kept at most, in characters. */
const MOST_LENGTH = 64 * 1024 * 1024;

interface Remembered {
  readonly record: ResourceRecord;
  readonly body: string;
  readonly row: object;
}

/**
 * Rows as they were read last. An IP group of 100,000 addresses and all policies of a listener are read with every change
 * beside them; while its text is the same a row is the same object, so that it is not parsed again, and those who made
 * something of it know it again.
 */
export class KnownRows {
  private readonly rows = new Map<string, Remembered>();
  private length = 0;

  /** @param decode reads the row where it is not known */
  read<T extends object>(table: string, record: ResourceRecord, decode: () => T): T {
    const { body } = record;
    if (typeof body !== 'string' || body.length < LEAST_LENGTH) return decode();
    const key = `${table} ${record.id}`;
    const known = this.rows.get(key);
    // It came from the same decoder under the same key.
    if (known !== undefined && isSame(known.record, record)) return known.row as T;
    const row = decode();
    this.forget(key);
    this.rows.set(key, { record, body, row });
    this.length += body.length;
    for (const oldest of this.rows.keys()) {
      if (this.length <= MOST_LENGTH || oldest === key) break;
      this.forget(oldest);
    }
    return row;
  }

  private forget(key: string): void {
    const known = this.rows.get(key);
    if (known === undefined) return;
    this.rows.delete(key);
    this.length -= known.body.length;
  }
}

function isSame(one: ResourceRecord, other: ResourceRecord): boolean {
  const [a, b] = [one, other] as unknown as readonly Readonly<Record<string, unknown>>[];
  const keys = Object.keys(b!);
  return keys.length === Object.keys(a!).length && keys.every((key) => a![key] === b![key]);
}
