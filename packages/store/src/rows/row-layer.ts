import type { ResourceKind } from '@elbow/model';
import { descriptorOf, uniqueValue } from './attributes.ts';
import type { Entry, Picked, RowSource } from './entry.ts';
import { sorted } from './row-index.ts';

/** Changes on top of what is below them: of a unit of work, of a group of units, or what a snapshot still sees. */
export class RowLayer implements RowSource {
  /** Null: the row is not there. */
  readonly rows = new Map<ResourceKind, Map<string, Entry | null>>();
  /** JSON texts by key; null: there is none. */
  readonly documents = new Map<string, string | null>();
  /** Revisions of the load balancers that were touched. */
  readonly touched = new Map<string, number>();
  revision: number;
  readonly #below: RowSource;
  readonly #owners = new Map<string, string | null>();

  constructor(below: RowSource) {
    this.#below = below;
    this.revision = below.revision;
  }

  entry(kind: ResourceKind, id: string): Entry | null {
    const own = this.rows.get(kind)?.get(id);
    return own === undefined ? this.#below.entry(kind, id) : own;
  }

  entries(kind: ResourceKind, pick: Picked): readonly Entry[] {
    const below = this.#below.entries(kind, pick);
    const own = this.rows.get(kind);
    if (own === undefined) return below;
    const others = this.#isAnyBelow(kind, own) ? below.filter(({ row }) => !own.has(row.id)) : below;
    const found = [...own.values()].filter((entry) => entry !== null && pick.fits(entry)) as Entry[];
    return found.length === 0 ? others : sorted([...others, ...found]);
  }

  count(kind: ResourceKind, pick: Picked): number {
    let count = this.#below.count(kind, pick);
    for (const [id, entry] of this.rows.get(kind) ?? []) {
      const before = this.#below.entry(kind, id);
      if (before !== null && pick.fits(before)) count -= 1;
      if (entry !== null && pick.fits(entry)) count += 1;
    }
    return count;
  }

  owner(kind: ResourceKind, rule: string, value: string): string | null {
    const own = this.#owners.get(`${rule} ${value}`);
    return own === undefined ? this.#below.owner(kind, rule, value) : own;
  }

  document(key: string): string | null {
    const own = this.documents.get(key);
    return own === undefined ? this.#below.document(key) : own;
  }

  /** Makes the row what `entry` is; null removes it. */
  put(kind: ResourceKind, id: string, entry: Entry | null): void {
    const before = this.entry(kind, id);
    const descriptor = descriptorOf(kind);
    for (const rule of descriptor.uniqueRules) {
      const [old, now] = [before, entry].map((one) =>
        one === null ? null : uniqueValue(descriptor, rule, one.row),
      );
      if (old !== null) this.#owners.set(`${rule.constraint} ${old}`, null);
      if (now !== null) this.#owners.set(`${rule.constraint} ${now}`, id);
    }
    this.keep(kind, id, entry);
  }

  /** Shows the row as `entry` unless this layer has shown it in a way of its own before. */
  pin(kind: ResourceKind, id: string, entry: Entry | null): void {
    if (this.rows.get(kind)?.has(id) !== true) this.keep(kind, id, entry);
  }

  /** Takes in a layer that lay on top of this one. */
  absorb(above: RowLayer): void {
    for (const [kind, entries] of above.rows) for (const [id, entry] of entries) this.keep(kind, id, entry);
    for (const [value, id] of above.#owners) this.#owners.set(value, id);
    for (const [key, text] of above.documents) this.documents.set(key, text);
    for (const [id, revision] of above.touched) this.touched.set(id, revision);
    this.revision = above.revision;
  }

  /** Mostly a layer holds a handful of new rows on top of thousands. */
  #isAnyBelow(kind: ResourceKind, own: ReadonlyMap<string, Entry | null>): boolean {
    for (const id of own.keys()) if (this.#below.entry(kind, id) !== null) return true;
    return false;
  }

  private keep(kind: ResourceKind, id: string, entry: Entry | null): void {
    const known = this.rows.get(kind);
    if (known === undefined) this.rows.set(kind, new Map([[id, entry]]));
    else known.set(id, entry);
  }
}
