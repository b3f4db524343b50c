import { useMemo } from 'react';
import { useUrlValue } from './use-search.ts';

/** By what a list is in order, and how to change that. */
export interface SortState {
  /** What the records are compared by; null: as the list comes by itself. */
  readonly by: string | null;
  readonly isDescending: boolean;
  /** As the server is asked and the address bar says it: `name:desc`; empty without an order. */
  readonly text: string;
  /** Smallest first, then largest first, then no order again. */
  readonly turn: (by: string) => void;
}

/** The order of a list; it is in the address bar, and another one begins at the first page. */
export function useSort(): SortState {
  const [text, setText] = useUrlValue('sort');
  return useMemo(
    () => ({ ...readSort(text), text, turn: (by) => setText(turned(text, by)) }),
    [text, setText],
  );
}

export function readSort(text: string): Pick<SortState, 'by' | 'isDescending'> {
  const [by = '', direction] = text.split(':');
  return { by: by === '' ? null : by, isDescending: direction === 'desc' };
}

/** What the address bar says after the heading of a column was pressed. */
export function turned(text: string, by: string): string {
  const before = readSort(text);
  if (before.by !== by) return by;
  return before.isDescending ? '' : `${by}:desc`;
}
