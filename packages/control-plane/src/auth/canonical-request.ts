import { createHash, createHmac } from 'node:crypto';

/** A request as it came over the wire, before anything parsed or normalised it. */
export interface RawRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Value of a header field by lower-case name, trimmed, or null. */
  readonly header: (name: string) => string | null;
  /** Whether it came over TLS; absent: it did not. */
  readonly isSecure?: boolean;
}

/** The parts of `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`. */
export interface Authorization {
  readonly accessKey: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export const algorithm = 'SDK-HMAC-SHA256';

const form =
  /^SDK-HMAC-SHA256 +Access=([^,\s]{1,128}), *SignedHeaders=([a-z0-9;!#$%&'*+.^_`|~-]{1,2048}), *Signature=([0-9a-f]{64})$/;

export function parseAuthorization(value: string): Authorization | null {
  const [, accessKey, names, signature] = form.exec(value) ?? [];
  if (accessKey === undefined || names === undefined || signature === undefined) return null;
  return { accessKey, signedHeaders: names.split(';'), signature };
}

/**
 * The texts whose hash may have been signed. Clients agree on everything but on what they sort the query by: the SDKs
 * sort names and values as they are, signers written after the published description sort them encoded.
 * @param signedHeaders names in the order in which the client lists them
 * @param payloadHash lower-case hex of the body's SHA-256, or what `X-Sdk-Content-Sha256` says
 * @returns one text or two; none when the target is not percent-encoded UTF-8
 */
export function canonicalRequests(
  request: RawRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): readonly string[] {
  const [path = '', ...rest] = request.target.split('?');
  const headers = signedHeaders.map((name) => `${name}:${request.header(name) ?? ''}`);
  const after = [...headers, '', signedHeaders.join(';'), payloadHash];
  try {
    const uri = canonicalPath(path);
    return canonicalQueries(rest.join('?')).map((query) => [request.method, uri, query, ...after].join('\n'));
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}

/** Each segment encoded anew, and a slash at the end whether the request had one or not. */
function canonicalPath(path: string): string {
  const encoded = decodeURIComponent(path).split('/').map(encode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Clients leave some characters raw on the wire and encode them in what they sign. */
function canonicalQueries(query: string): readonly string[] {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('='))
    .map(([name = '', ...value]): Pair => [decode(name), decode(value.join('='))]);
  const encoded = pairs.map(([name, value]): Pair => [encode(name), encode(value)]);
  const bySdk = pairs.sort(comparePairs).map(([name, value]): Pair => [encode(name), encode(value)]);
  return [...new Set([bySdk, encoded.sort(comparePairs)].map(joined))];
}

type Pair = readonly [string, string];

function joined(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function comparePairs([a, x]: Pair, [b, y]: Pair): number {
  return compare(a, b) || compare(x, y);
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** RFC 3986 section 2.3: unreserved characters stay, everything else is `%XX`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function stringToSign(date: string, canonical: string): string {
  return [algorithm, date, sha256(canonical)].join('\n');
}

export function signatureOf(secretKey: string, text: string): string {
  return createHmac('sha256', secretKey).update(text).digest('hex');
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
