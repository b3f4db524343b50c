import { createHash, createHmac } from 'node:crypto';

export interface AccessKey {
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  /** The fields to sign, by lower-case name; `x-sdk-date` is added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Signs a request as the cloud's SDKs do (SDK-HMAC-SHA256). Written from the description of the algorithm and on
 * purpose not with the server's code, so that a mistake in one does not hide in the other.
 * @returns the fields given and `x-sdk-date` and `authorization`
 */
export function signRequest(request: SignableRequest, key: AccessKey, now: Date): Record<string, string> {
  const date = `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const headers: Record<string, string> = { ...request.headers, 'x-sdk-date': date };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    canonicalPath(request.url),
    canonicalQuery(request.url),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  const toSign = `SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', key.secretKey).update(toSign).digest('hex');
  const authorization = `SDK-HMAC-SHA256 Access=${key.accessKey}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
}

function canonicalPath(url: URL): string {
  const path = url.pathname
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');
  return path.endsWith('/') ? path : `${path}/`;
}

function canonicalQuery(url: URL): string {
  const pairs = [...url.searchParams].sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** RFC 3986 §2.3: only unreserved characters stay. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
