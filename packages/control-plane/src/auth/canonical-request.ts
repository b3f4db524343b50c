import { createHash, createHmac } from 'node:crypto';

/** A request as it came over the wire, before anything parsed or normalised it. */
export interface RawRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Value of a header field by lower-case name, trimmed, or null. */
  readonly header: (name: string) => string | null;
}

/** The parts of `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`. */
export interface Authorization {
  readonly accessKey: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export const algorithm = 'SDK-HMAC-SHA256';

const form = /^SDK-HMAC-SHA256 +Access=([^,\s]{1,128}), *SignedHeaders=([a-z0-9;!#$%&'*+.^_`|~-]{1,2048}), *Signature=([0-9a-f]{64})$/;

export function parseAuthorization(value: string): Authorization | null {
  const [, accessKey, names, signature] = form.exec(value) ?? [];
  if (accessKey === undefined || names === undefined || signature === undefined) return null;
  return { accessKey, signedHeaders: names.split(';'), signature };
}

/**
 * The text whose hash is signed.
 * @param signedHeaders names in the order in which the client lists them
 * @param payloadHash lower-case hex of the body's SHA-256, or what `X-Sdk-Content-Sha256` says
 * @returns null when the target is not percent-encoded UTF-8
 */
export function canonicalRequest(
  request: RawRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string | null {
  const [path = '', ...rest] = request.target.split('?');
  try {
    return [
      request.method,
      canonicalPath(path),
      canonicalQuery(rest.join('?')),
      ...signedHeaders.map((name) => `${name}:${request.header(name) ?? ''}`),
      '',
      signedHeaders.join(';'),
      payloadHash,
    ].join('\n');
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Each segment encoded anew, and a slash at the end whether the request had one or not. */
function canonicalPath(path: string): string {
  const encoded = decodeURIComponent(path).split('/').map(encode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Clients leave some characters raw on the wire and encode them in what they sign. */
function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('='))
    .map(([name = '', ...value]) => [recode(name), recode(value.join('='))] as const);
  return pairs
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function recode(text: string): string {
  return encode(decodeURIComponent(text.replaceAll('+', ' ')));
}

/** RFC 3986 section 2.3: unreserved characters stay, everything else is `%XX`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
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
