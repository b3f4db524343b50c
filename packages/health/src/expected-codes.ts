import type { CodeRange } from '@elbow/plan';

export function isExpected(code: number, expected: readonly CodeRange[]): boolean {
  return expected.some(({ from, to }) => code >= from && code <= to);
}

/** As the API writes them: `200`, `200,202`, `200-204,301`. */
export function codesToText(expected: readonly CodeRange[]): string {
  return expected.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
