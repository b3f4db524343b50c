import { Field, fieldValue, removeFields, type RequestHead, type ResponseHead } from '@elbow/wire';
import { type Coding, negotiateCoding } from './negotiate.ts';

/** Media types that are worth it, as the cloud lists them. */
const types: ReadonlySet<string> = new Set([
  'text/html',
  'text/xml',
  'text/plain',
  'text/css',
  'application/javascript',
  'application/x-javascript',
  'application/rss+xml',
  'application/atom+xml',
  'application/xml',
  'application/json',
]);
const statuses: ReadonlySet<number> = new Set([200, 403, 404]);
/** Below this many bytes an encoded body is longer than a plain one. */
const LEAST_BYTES = 20;

/** What becomes of an answer. */
export interface CompressionPlan {
  /** Null: the body stays as it is. */
  readonly coding: Coding | null;
  /** The fields of the answer, with `Vary` as the coding was a choice. */
  readonly fields: string;
  /** The same for the body as it is, should it turn out that it cannot be encoded. */
  readonly plainFields: string;
}

type Request = Pick<RequestHead, 'method' | 'version' | 'fields' | 'present'>;
type Answer = Pick<ResponseHead, 'status' | 'fields' | 'present' | 'framing' | 'contentLength'>;

/**
 * Decides whether an answer is encoded for its client.
 * @returns null for an answer whose fields stay untouched too
 */
export function planCompression(request: Request, answer: Answer): CompressionPlan | null {
  if (!isEligible(answer)) return null;
  const plainFields = withVary(answer);
  const coding = mayEncode(request, answer)
    ? negotiateCoding(fieldValue(request.fields, 'accept-encoding'))
    : null;
  const fields = coding === null ? plainFields : encodedFields(plainFields, coding, answer.present);
  return { coding, fields, plainFields };
}

/** By what the answer is; for these the client's `Accept-Encoding` decides, which caches have to know. */
function isEligible({ status, fields, present }: Answer): boolean {
  if (!statuses.has(status) || (present & Field.contentType) === 0) return false;
  const type = fieldValue(fields, 'content-type') ?? '';
  const end = type.indexOf(';');
  return types.has((end < 0 ? type : type.slice(0, end)).trim().toLowerCase());
}

function mayEncode(request: Request, answer: Answer): boolean {
  if (
    request.method === 'HEAD' ||
    request.version === '1.0' ||
    (request.present & Field.acceptEncoding) === 0
  )
    return false;
  if (answer.framing === 'none' || (answer.framing === 'length' && answer.contentLength < LEAST_BYTES))
    return false;
  return !isEncoded(answer) && !isNoTransform(answer) && fieldValue(answer.fields, 'content-range') === null;
}

function isEncoded({ fields, present }: Answer): boolean {
  if ((present & Field.contentEncoding) === 0) return false;
  return (fieldValue(fields, 'content-encoding') ?? '').trim().toLowerCase() !== 'identity';
}

/** RFC 9111 §5.2.2.6. */
function isNoTransform({ fields, present }: Answer): boolean {
  if ((present & Field.cacheControl) === 0) return false;
  return /(?:^|,)\s*no-transform\s*(?:,|$)/i.test(fieldValue(fields, 'cache-control') ?? '');
}

const varyField: ReadonlySet<string> = new Set(['vary']);

function withVary({ fields, present }: Answer): string {
  if ((present & Field.vary) === 0) return `${fields}Vary: Accept-Encoding\r\n`;
  const said = fieldValue(fields, 'vary') ?? '';
  const names = said
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (names.includes('accept-encoding') || names.includes('*')) return fields;
  return `${removeFields(fields, varyField)}Vary: ${said}, Accept-Encoding\r\n`;
}

const replaced: ReadonlySet<string> = new Set([
  'content-encoding',
  'accept-ranges',
  'etag',
  // Digests of what the member sent.
  'content-md5',
  'content-digest',
]);

/** An encoded body is another representation: its tag becomes weak (RFC 9110 §8.8.1), its ranges are not the member's. */
function encodedFields(fields: string, coding: Coding, present: number): string {
  const tag = (present & Field.etag) === 0 ? null : fieldValue(fields, 'etag');
  const tagLine = tag === null ? '' : `ETag: ${tag.startsWith('W/') ? tag : `W/${tag}`}\r\n`;
  return `${removeFields(fields, replaced)}${tagLine}Content-Encoding: ${coding}\r\n`;
}
