export interface ChangedRows<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * What one list of rows holds that another does not. Rows never change, so they are the same or not; most of two long
 * lists are, at their beginnings and ends, and there it takes no more than a look at each.
 */
export function changedRows<T>(before: readonly T[], after: readonly T[]): ChangedRows<T> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let alike = 0;
  while (alike < shorter - start && before.at(-1 - alike) === after.at(-1 - alike)) alike += 1;
  const removed = new Set(before.slice(start, before.length - alike));
  const added = after.slice(start, after.length - alike).filter((row) => !removed.delete(row));
  return { removed: [...removed], added };
}
