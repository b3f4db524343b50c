import type { ResourceKind } from '@elbow/model';
import type { Row, Writer } from '@elbow/store';
import type { RowChange } from './told-objects.ts';

/** What a unit of work has changed so far. */
export class UnitChanges {
  /** Nothing but documents may have changed. */
  hasDocument = false;
  readonly #rows = new Map<string, RowChange>();

  get rows(): readonly RowChange[] {
    return [...this.#rows.values()].filter(({ before, after }) => before !== null || after !== null);
  }

  /** Several changes of a row are one: from what the unit found to what it left. */
  add<K extends ResourceKind>(kind: K, id: string, change: Pick<RowChange<K>, 'before' | 'after'>): void {
    const key = `${kind}/${id}`;
    const known = this.#rows.get(key);
    const before = known === undefined ? change.before : known.before;
    this.#rows.set(key, { kind, before, after: change.after } as RowChange);
  }
}

/** A writer that also remembers what rows were before and became. */
export function recordingWriter(writer: Writer, changes: UnitChanges): Writer {
  return {
    ...writer,
    insert: async (kind, row) => {
      await writer.insert(kind, row);
      changes.add(kind, row.id, { before: null, after: row });
    },
    // Both statements travel together, in this order.
    update: async (kind, row) => {
      const [before] = await Promise.all([writer.find(kind, row.id), writer.update(kind, row)]);
      changes.add(kind, row.id, { before, after: row });
    },
    remove: async <K extends ResourceKind>(kind: K, id: string) => {
      const [before] = await Promise.all([writer.find(kind, id), writer.remove(kind, id)]);
      changes.add(kind, id, { before: before as Row<K> | null, after: null });
    },
    putDocument: async (key, value) => {
      await writer.putDocument(key, value);
      changes.hasDocument = true;
    },
  };
}
