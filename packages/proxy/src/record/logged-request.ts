import { Field, fieldValue, type RequestHead } from '@elbow/wire';

/** `$server_protocol` of each version. */
export const protocolName: Readonly<Record<RequestHead['version'], string>> = {
  '1.0': 'HTTP/1.0',
  '1.1': 'HTTP/1.1',
  '2': 'HTTP/2.0',
};

/** Fields of a request that are logged as they were sent; null for one that was not. */
export interface SentFields {
  readonly userAgent: string | null;
  readonly referer: string | null;
  readonly forwardedFor: string | null;
}

/** Fields that are known to be absent cost a bit test. */
export function sentFields({ fields, present }: RequestHead): SentFields {
  const isSent = (bit: number): boolean => (present & bit) !== 0;
  return {
    userAgent: isSent(Field.userAgent) ? singleField(fields, 'User-Agent', 'user-agent') : null,
    referer: isSent(Field.referer) ? singleField(fields, 'Referer', 'referer') : null,
    forwardedFor: isSent(Field.xForwardedFor) ? fieldValue(fields, 'x-forwarded-for') : null,
  };
}

/**
 * The value of a field that comes once, looked for first in the two spellings that clients use: searching a text is
 * several times faster than reading its lines.
 */
function singleField(fields: string, usual: string, lower: string): string | null {
  for (const name of [usual, lower]) {
    const start = lineStart(fields, `${name}: `);
    if (start === -1) continue;
    const value = fields.slice(start, fields.indexOf('\r', start));
    if (!/^[ \t]|[ \t]$/.test(value)) return value;
  }
  return fieldValue(fields, lower);
}

/** Where the rest of the first line begins that starts with `prefix`, or -1. */
function lineStart(fields: string, prefix: string): number {
  if (fields.startsWith(prefix)) return prefix.length;
  const at = fields.indexOf(`\n${prefix}`);
  return at === -1 ? -1 : at + 1 + prefix.length;
}

/** The host that was asked for, in lower case and without the port. */
export function hostOf(authority: string): string | null {
  if (authority === '') return null;
  const colon = authority.lastIndexOf(':');
  const host = colon === -1 || authority.endsWith(']') ? authority : authority.slice(0, colon);
  return host.toLowerCase();
}

/** `address:port` with an IPv6 address in brackets. */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
