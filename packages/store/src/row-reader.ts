import type { Row, Reader } from './store.ts';
import type { RowSource } from './rows/entry.ts';
import { countRows, listRows } from './rows/row-query.ts';
import type { UnitScope } from './unit-scope.ts';

/** Reads of rows and documents: from memory, for as long as the scope lasts. */
export function readerOf(source: RowSource, scope: UnitScope): Omit<Reader, 'history'> {
  return {
    find: (kind, id) =>
      scope.run(async () => (source.entry(kind, id)?.row ?? null) as Row<typeof kind> | null),
    list: (kind, query) => scope.run(async () => listRows(source, kind, query)),
    count: (kind, query) => scope.run(async () => countRows(source, kind, query)),
    document: (key) =>
      scope.run(async () => {
        const text = source.document(key);
        return text === null ? null : (JSON.parse(text) as unknown);
      }),
  };
}
