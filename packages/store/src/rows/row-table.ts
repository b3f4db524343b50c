import type { ResourceKind } from '@elbow/model';
import type { AnyDescriptor } from '../tables/table-descriptor.ts';
import { attributeOf, uniqueValue } from './attributes.ts';
import type { Condition, Entry, Picked } from './entry.ts';
import { RowIndex, sorted } from './row-index.ts';

/** The committed rows of one kind. */
export class RowTable {
  readonly kind: ResourceKind;
  readonly #descriptor: AnyDescriptor;
  /** By id, in the order of insertion. */
  readonly #entries = new Map<string, Entry>();
  readonly #indexes: ReadonlyMap<string, RowIndex>;
  /** By the name of the rule: ids by the values that they hold. */
  readonly #owners: ReadonlyMap<string, Map<string, string>>;

  constructor(descriptor: AnyDescriptor) {
    this.kind = descriptor.kind;
    this.#descriptor = descriptor;
    const indexed = ['projectId', ...Object.keys(descriptor.references), ...(descriptor.indexed ?? [])];
    const attributes = new Set([...indexed, ...Object.keys(descriptor.computed ?? {})]);
    this.#indexes = new Map([...attributes].map((attribute) => [attribute, this.#indexOf(attribute)]));
    this.#owners = new Map(descriptor.uniqueRules.map(({ constraint }) => [constraint, new Map()]));
  }

  get(id: string): Entry | null {
    return this.#entries.get(id) ?? null;
  }

  owner(rule: string, value: string): string | null {
    return this.#owners.get(rule)?.get(value) ?? null;
  }

  /** Puts entries in the place of those with their ids; null removes. */
  apply(changes: ReadonlyMap<string, Entry | null>): void {
    // First out, then in: rows of one commit may change places.
    for (const [id, entry] of changes) this.#take(id, entry);
    // In the order of insertion: one that was removed and made again may be newer than those that were made meanwhile.
    const made = [...changes.values()].filter((entry) => entry !== null);
    for (const entry of sorted(made)) this.#put(entry);
  }

  /** In the order of insertion. */
  entries(pick: Picked): readonly Entry[] {
    const byId = pick.conditions.find(({ attribute }) => attribute === 'id');
    if (byId !== undefined) return sorted(this.#named(byId).filter(pick.fits));
    const narrow = this.#narrowest(pick.conditions);
    if (narrow === null) return [...this.#entries.values()].filter(pick.fits);
    const found = narrow.index.with(narrow.condition);
    // What the index says needs not be asked again.
    return pick.conditions.length === 1 ? found : found.filter(pick.fits);
  }

  count(pick: Picked): number {
    const [only] = pick.conditions;
    if (only === undefined) return this.#entries.size;
    const index = this.#indexes.get(only.attribute);
    const isCounted = pick.conditions.length === 1 && only.values.length === 1 && index !== undefined;
    return isCounted ? index.size(only) : this.entries(pick).length;
  }

  #named({ values }: Condition): Entry[] {
    return [...new Set(values)].flatMap((id) => this.#entries.get(String(id)) ?? []);
  }

  #take(id: string, next: Entry | null): void {
    const before = this.#entries.get(id);
    if (before === undefined) return;
    // A row that was removed and made again stands at the end.
    if (next?.sequence !== before.sequence) this.#entries.delete(id);
    for (const index of this.#indexes.values()) index.remove(before);
    for (const [rule, value] of this.#uniqueValues(before)) this.#owners.get(rule)?.delete(value);
  }

  #put(entry: Entry): void {
    const { id } = entry.row;
    this.#entries.set(id, entry);
    for (const index of this.#indexes.values()) index.add(entry);
    for (const [rule, value] of this.#uniqueValues(entry)) this.#owners.get(rule)?.set(value, id);
  }

  #uniqueValues({ row }: Entry): readonly (readonly [rule: string, value: string])[] {
    return this.#descriptor.uniqueRules.flatMap((rule) => {
      const value = uniqueValue(this.#descriptor, rule, row);
      return value === null ? [] : [[rule.constraint, value] as const];
    });
  }

  /** The index that leaves the fewest to look at; null when no condition has one. */
  #narrowest(conditions: readonly Condition[]): { index: RowIndex; condition: Condition } | null {
    const [only] = conditions;
    if (conditions.length === 1 && only !== undefined) {
      const index = this.#indexes.get(only.attribute);
      return index === undefined ? null : { index, condition: only };
    }
    let best: { index: RowIndex; condition: Condition; size: number } | null = null;
    for (const condition of conditions) {
      const index = this.#indexes.get(condition.attribute) ?? null;
      const size = index?.size(condition) ?? 0;
      if (index !== null && (best === null || size < best.size)) best = { index, condition, size };
    }
    return best;
  }

  #indexOf(attribute: string): RowIndex {
    return new RowIndex((entry) => attributeOf(this.#descriptor, entry, attribute));
  }
}
