import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Where a list that is looked through page by page begins, as the address bar says it. */
export const firstPage = { page: '', after: '', before: '' } as const;

/**
 * One value of the address bar: what is searched for and chosen can be sent to somebody else as a link. Another value
 * means another list, which begins at its beginning.
 */
export function useUrlValue(key: string): readonly [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === '') after.delete(key);
          else after.set(key, value);
          for (const place of Object.keys(firstPage)) after.delete(place);
          return after;
        },
        { replace: true },
      ),
    [key, setParams],
  );
  return [params.get(key) ?? '', set];
}

/** Whether every word of the search is somewhere in the texts. */
export function matchesSearch(search: string, texts: readonly (string | null | undefined)[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
