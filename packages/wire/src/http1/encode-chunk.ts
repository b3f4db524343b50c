/** What goes before the payload of a chunk of `size` > 0 bytes; behind the payload goes CRLF (RFC 9112 §7.1). */
export function chunkPrefix(size: number): string {
  return `${size.toString(16)}\r\n`;
}

/** The end of a chunked body without trailers. */
export const LAST_CHUNK = '0\r\n\r\n';

/** The end of a chunked body with a block of trailer lines, which may be empty. */
export function chunkTrailers(trailers: string): string {
  return `0\r\n${trailers}\r\n`;
}
