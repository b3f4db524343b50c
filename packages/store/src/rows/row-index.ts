import { bySequence, type Condition, type Entry } from './entry.ts';

/** From this many entries on a list is kept. */
const LONG_LIST = 16;

/** Entries by the values of one attribute. */
export class RowIndex {
  readonly #valueOf: (entry: Entry) => unknown;
  readonly #entries = new Map<unknown, Set<Entry>>();
  /** Of values that were asked for and did not change since: in the order of insertion. */
  readonly #lists = new Map<unknown, readonly Entry[]>();

  /** @param valueOf gives the value, or a list of values */
  constructor(valueOf: (entry: Entry) => unknown) {
    this.#valueOf = valueOf;
  }

  add(entry: Entry): void {
    for (const value of this.#valuesOf(entry)) {
      const known = this.#entries.get(value);
      this.#lists.delete(value);
      if (known === undefined) this.#entries.set(value, new Set([entry]));
      else known.add(entry);
    }
  }

  remove(entry: Entry): void {
    for (const value of this.#valuesOf(entry)) {
      const known = this.#entries.get(value);
      this.#lists.delete(value);
      known?.delete(entry);
      if (known?.size === 0) this.#entries.delete(value);
    }
  }

  /** How many entries {@link with} looks at. */
  size({ values }: Condition): number {
    let size = 0;
    for (const value of values) size += this.#entries.get(value)?.size ?? 0;
    return size;
  }

  /** Entries that have one of the values, each once, in the order of insertion. */
  with({ values }: Condition): readonly Entry[] {
    const [only = null] = values;
    if (values.length === 1) return this.#listOf(only);
    const found = new Set<Entry>();
    for (const value of values) for (const entry of this.#entries.get(value) ?? []) found.add(entry);
    return sorted([...found]);
  }

  #listOf(value: unknown): readonly Entry[] {
    const known = this.#lists.get(value);
    if (known !== undefined) return known;
    const list = sorted([...(this.#entries.get(value) ?? [])]);
    if (list.length >= LONG_LIST) this.#lists.set(value, list);
    return list;
  }

  #valuesOf(entry: Entry): readonly unknown[] {
    const value = this.#valueOf(entry);
    return Array.isArray(value) ? [...new Set(value)] : [value];
  }
}

/** Mostly they are in order already. */
export function sorted(entries: Entry[]): readonly Entry[] {
  for (let at = 1; at < entries.length; at++)
    if (entries[at - 1]!.sequence > entries[at]!.sequence) return entries.sort(bySequence);
  return entries;
}
