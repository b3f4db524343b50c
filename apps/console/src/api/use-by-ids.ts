import { useQueries } from '@tanstack/react-query';
import type { byId } from './by-id.ts';

/** Objects by id, as far as they are known and there. */
export function useByIds<Row extends { readonly id: string }>(
  query: ReturnType<typeof byId<Row>>,
  ids: readonly string[],
): readonly Row[] {
  const found = useQueries({ queries: [...new Set(ids)].map((id) => query(id)) });
  return found.map(({ data }) => data).filter((row) => row !== null && row !== undefined) as readonly Row[];
}
