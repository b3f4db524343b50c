import { useCallback, useState } from 'react';

const drafts = new Map<string, unknown>();

export interface Draft<T> {
  readonly value: T;
  readonly keep: (value: T) => void;
  /** Forgets it: it was submitted, or is not wanted any more. */
  readonly discard: () => void;
}

/**
 * What was filled in, kept in memory while the user looks at other pages: the browser's back button loses nothing.
 * @param key one draft for each thing that is being made: `listener:new:<load balancer id>`
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [value, setValue] = useState<T>(() => (drafts.get(key) as T | undefined) ?? initial);
  const keep = useCallback(
    (next: T) => {
      drafts.set(key, next);
      setValue(next);
    },
    [key],
  );
  const discard = useCallback(() => drafts.delete(key), [key]);
  return { value, keep, discard: () => void discard() };
}
