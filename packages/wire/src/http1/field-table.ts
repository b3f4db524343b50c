import { Field } from '../message.ts';
import { isSameName } from './octets.ts';

/** What a head parser does with a field. Everything but `pass` is taken out of the block. */
export type FieldRole =
  | 'pass'
  | 'drop'
  | 'host'
  | 'contentLength'
  | 'transferEncoding'
  | 'connection'
  | 'te'
  | 'upgrade'
  | 'expect'
  | 'keepAlive';

export interface KnownField {
  /** Lower case. */
  readonly name: string;
  readonly role: FieldRole;
  /** A bit of {@link Field}, or 0. */
  readonly bit: number;
}

/** Finds the entry of a field name without making a string of it: names are told apart by length and first letter. */
export interface FieldTable {
  readonly buckets: readonly (readonly KnownField[] | undefined)[];
}

const LONGEST_NAME = 31;

/** Hop-by-hop in both directions (RFC 9110 §7.6.1); `Transfer-Encoding` and `Content-Length` are framing, written anew. */
const bothWays: readonly KnownField[] = [
  taken('connection', 'connection'),
  taken('content-length', 'contentLength'),
  taken('transfer-encoding', 'transferEncoding'),
  taken('keep-alive', 'keepAlive'),
  taken('proxy-connection', 'drop'),
  taken('te', 'te'),
  taken('upgrade', 'upgrade'),
];

export const requestFields = fieldTable([
  ...bothWays,
  taken('host', 'host'),
  taken('expect', 'expect'),
  taken('proxy-authorization', 'drop'),
  taken('http2-settings', 'drop'),
  taken('trailer', 'drop'),
  passed('x-forwarded-for', Field.xForwardedFor),
  passed('x-forwarded-host', Field.xForwardedHost),
  passed('x-forwarded-proto', Field.xForwardedProto),
  passed('x-forwarded-port', Field.xForwardedPort),
  passed('x-forwarded-for-port', Field.xForwardedForPort),
  passed('x-forwarded-elb-ip', Field.xForwardedElbIp),
  passed('x-forwarded-elb-id', Field.xForwardedElbId),
  passed('x-real-ip', Field.xRealIp),
  passed('cookie', Field.cookie),
  passed('user-agent', Field.userAgent),
  passed('referer', Field.referer),
  passed('accept-encoding', Field.acceptEncoding),
  passed('authorization', Field.authorization),
  passed('early-data', Field.earlyData),
  passed('origin', Field.origin),
  passed('range', Field.range),
]);

/** `Trailer` stays in answers: trailers of answers are passed on, and it only announces them (RFC 9110 §6.6.2). */
export const responseFields = fieldTable([
  ...bothWays,
  passed('content-encoding', Field.contentEncoding),
  passed('content-type', Field.contentType),
  passed('cache-control', Field.cacheControl),
  passed('etag', Field.etag),
  passed('vary', Field.vary),
  passed('set-cookie', Field.setCookie),
  passed('accept-ranges', Field.acceptRanges),
  passed('date', Field.date),
  passed('server', Field.server),
]);

/** Fields that decide framing, routing or the connection must not come late (RFC 9110 §6.5.1). */
export const fieldsBarredFromTrailers: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const X_FORWARDED = 'x-forwarded-';
const anyOtherForwarded = passed(X_FORWARDED, Field.xForwardedOther);

/** The entry for the name `text[at, at + length)`, or undefined for a name that no rule knows. */
export function findField(
  table: FieldTable,
  text: string,
  at: number,
  length: number,
): KnownField | undefined {
  const first = text.charCodeAt(at) | 0x20;
  const bucket = length > LONGEST_NAME ? undefined : table.buckets[bucketIndex(length, first)];
  if (bucket !== undefined) {
    for (let i = 0; i < bucket.length; i++) {
      const known = bucket[i]!;
      if (isSameName(text, at, known.name)) return known;
    }
  }
  if (first !== 0x78 || length <= X_FORWARDED.length) return undefined;
  return isSameName(text, at, X_FORWARDED) ? anyOtherForwarded : undefined;
}

function fieldTable(fields: readonly KnownField[]): FieldTable {
  const buckets = Array.from<KnownField[] | undefined>({ length: (LONGEST_NAME + 1) * 32 }).fill(undefined);
  for (const field of fields) {
    const index = bucketIndex(field.name.length, field.name.charCodeAt(0));
    (buckets[index] ??= []).push(field);
  }
  return { buckets };
}

function bucketIndex(length: number, firstCode: number): number {
  return length * 32 + (firstCode & 31);
}

function taken(name: string, role: FieldRole): KnownField {
  return { name, role, bit: 0 };
}

function passed(name: string, bit: number): KnownField {
  return { name, role: 'pass', bit };
}
