/** Bytes of an answer that are looked at for its status line; the fields of interim answers count too. */
export const mostAnswerBytes = 16 * 1024;

export type StatusLine =
  | { readonly kind: 'status'; readonly code: number }
  /** More bytes are needed. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed'; readonly problem: string };

const incomplete: StatusLine = { kind: 'incomplete' };

/**
 * Finds the status of the final answer (RFC 9112 §4): interim ones (1xx) are stepped over. A line may end in a bare
 * line feed (§2.2).
 * @param text all that has arrived, as latin1
 */
export function readStatusLine(text: string): StatusLine {
  for (let at = 0; ; ) {
    const end = text.indexOf('\n', at);
    if (end < 0) return isPrefixFine(text.slice(at)) ? unfinished(text) : malformed(text.slice(at));
    const line = text.slice(at, end).replace(/\r$/, '');
    const code = /^HTTP\/1\.[01] ([1-9]\d\d)(?: |$)/.exec(line)?.[1];
    if (code === undefined) return malformed(line);
    if (!code.startsWith('1') || code === '101') return { kind: 'status', code: Number(code) };
    const headEnd = /\r?\n\r?\n/g;
    headEnd.lastIndex = at;
    if (headEnd.exec(text) === null) return unfinished(text);
    at = headEnd.lastIndex;
  }
}

/** Rubbish is told from a slow answer by its first bytes, without waiting for the end of a line. */
function isPrefixFine(text: string): boolean {
  const magic = 'HTTP/1.';
  return text.startsWith(magic) || magic.startsWith(text);
}

function unfinished(text: string): StatusLine {
  if (text.length < mostAnswerBytes) return incomplete;
  return { kind: 'malformed', problem: `no final status line in ${mostAnswerBytes} bytes` };
}

function malformed(line: string): StatusLine {
  const shown = line.slice(0, 40).replaceAll(/[^\x20-\x7e]/g, '?');
  return { kind: 'malformed', problem: `it begins with "${shown}"` };
}
