export type Coding = 'br' | 'gzip';

/**
 * The content coding for a client: Brotli where it takes it, else gzip, else none. Only codings that it names count
 * (RFC 9110 §12.5.3 would allow `*` to stand for them; nginx does not read it so).
 */
export function negotiateCoding(acceptEncoding: string | null): Coding | null {
  if (acceptEncoding === null) return null;
  const accepted = acceptEncoding.toLowerCase();
  if (accepts(accepted, 'br')) return 'br';
  return accepts(accepted, 'gzip') ? 'gzip' : null;
}

function accepts(accepted: string, coding: Coding): boolean {
  for (const element of accepted.split(',')) {
    const [name, ...parameters] = element.split(';');
    if (name!.trim() !== coding) continue;
    const quality = parameters.map((each) => each.trim()).find((each) => each.startsWith('q='));
    return quality === undefined || Number.parseFloat(quality.slice(2)) > 0;
  }
  return false;
}
