/**
 * Records that pass the query, compared as answers show them: where rows are not in a table of their own, the store
 * cannot filter. Repeated keys mean "or", different keys "and".
 */
export function wiresMatching<T extends object>(
  wires: readonly T[],
  keys: readonly string[],
  query: URLSearchParams,
): readonly T[] {
  const asked = keys
    .map((key) => [key, query.getAll(key).filter((text) => text !== '')] as const)
    .filter(([, texts]) => texts.length > 0);
  return wires.filter((wire) => asked.every(([key, texts]) => holds(wire, key, texts)));
}

function holds(wire: object, key: string, texts: readonly string[]): boolean {
  const held = (wire as Readonly<Record<string, unknown>>)[key];
  const elements: readonly unknown[] = Array.isArray(held) ? held : [held];
  return elements.some((element) => texts.includes(String(element)));
}
