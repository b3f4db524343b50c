import { bySequence, type Condition, type Entry } from './entry.ts';

/** From this many entries on a list is kept. */
const LONG_LIST = 16;

/** Entries by the values of one attribute. */
export class RowIndex {
  readonly #valueOf: (entry: Entry) => unknown;
  /** Most values are those of a single entry, which needs no set around it. */
  readonly #entries = new Map<unknown, Entry | Set<Entry>>();
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
      if (known === undefined) this.#entries.set(value, entry);
      else if (known instanceof Set) known.add(entry);
      else if (known !== entry) this.#entries.set(value, new Set([known, entry]));
    }
  }

  remove(entry: Entry): void {
    for (const value of this.#valuesOf(entry)) {
      const known = this.#entries.get(value);
      this.#lists.delete(value);
      if (known instanceof Set) known.delete(entry);
      if (known === entry || (known instanceof Set && known.size === 0)) this.#entries.delete(value);
    }
  }

  /** How many entries {@link with} looks at. */
  size({ values }: Condition): number {
    let size = 0;
    for (const value of values) {
      const known = this.#entries.get(value);
      if (known !== undefined) size += known instanceof Set ? known.size : 1;
    }
    return size;
  }

  /** Entries that have one of the values, each once, in the order of insertion. */
  with({ values }: Condition): readonly Entry[] {
    const [only = null] = values;
    if (values.length === 1) return this.#listOf(only);
    const found: Entry[] = [];
    for (const value of values) {
      const known = this.#entries.get(value);
      if (known instanceof Set) for (const entry of known) found.push(entry);
      else if (known !== undefined) found.push(known);
    }
    return different(sorted(found));
  }

  #listOf(value: unknown): readonly Entry[] {
    const known = this.#lists.get(value);
    if (known !== undefined) return known;
    const entries = this.#entries.get(value);
    if (entries === undefined) return [];
    const list = entries instanceof Set ? sorted([...entries]) : [entries];
    if (list.length >= LONG_LIST) this.#lists.set(value, list);
    return list;
  }

  #valuesOf(entry: Entry): readonly unknown[] {
    const value = this.#valueOf(entry);
    return Array.isArray(value) ? [...new Set(value)] : [value];
  }
}

/** @param entries in order, so that what is there twice stands side by side */
function different(entries: readonly Entry[]): readonly Entry[] {
  for (let at = 1; at < entries.length; at++)
    if (entries[at - 1] === entries[at])
      return entries.filter((entry, index) => entry !== entries[index - 1]);
  return entries;
}

/** Mostly they are in order already. */
export function sorted(entries: Entry[]): readonly Entry[] {
  for (let at = 1; at < entries.length; at++)
    if (entries[at - 1]!.sequence > entries[at]!.sequence) return entries.sort(bySequence);
  return entries;
}
