import { forEachField } from '@elbow/wire';

/** What a member said about a cookie that it sets and that decides how long and where the companion lives. */
export interface CookieScope {
  /** As the member wrote it; null when it named none. */
  readonly path: string | null;
  readonly domain: string | null;
  /** When the cookie ends, in ms since 1970; null for the end of the browser's session. */
  readonly expiresAtMs: number | null;
}

/** Attributes longer than this are not repeated: the companion has to fit beside the cookies of the application. */
const LONGEST_ATTRIBUTE = 256;

/** The scope of the cookie `name` in a block of answer fields; null when the answer does not set it. */
export function scopeOfSetCookie(fields: string, name: string, nowMs: number): CookieScope | null {
  let scope: CookieScope | null = null;
  forEachField(fields, (field, line) => {
    if (field.length !== 10 || field.toLowerCase() !== 'set-cookie') return;
    const [pair, ...attributes] = line.split(';');
    const equals = pair!.indexOf('=');
    // The last one wins, as it does in a browser.
    if (equals > 0 && pair!.slice(0, equals).trim() === name) scope = scopeOf(attributes, nowMs);
  });
  return scope;
}

/** A `Set-Cookie` line that scripts cannot read and other sites do not send along, except when a link is followed. */
export function setCookieLine(
  cookie: { readonly name: string; readonly value: string },
  scope: CookieScope & { readonly isSecure: boolean },
  nowMs: number,
): string {
  const parts = [`Set-Cookie: ${cookie.name}=${cookie.value}`];
  if (scope.path !== null) parts.push(`Path=${scope.path}`);
  if (scope.domain !== null) parts.push(`Domain=${scope.domain}`);
  if (scope.expiresAtMs !== null) {
    parts.push(`Max-Age=${Math.max(0, Math.round((scope.expiresAtMs - nowMs) / 1000))}`);
  }
  parts.push('HttpOnly', 'SameSite=Lax');
  if (scope.isSecure) parts.push('Secure');
  return `${parts.join('; ')}\r\n`;
}

function scopeOf(attributes: readonly string[], nowMs: number): CookieScope {
  const values = new Map<string, string>();
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    if (equals < 0) continue;
    values.set(attribute.slice(0, equals).trim().toLowerCase(), attribute.slice(equals + 1).trim());
  }
  return {
    path: bounded(values.get('path')),
    domain: bounded(values.get('domain')),
    expiresAtMs: expiry(values.get('max-age'), values.get('expires'), nowMs),
  };
}

/** RFC 6265 §5.3: Max-Age stands over Expires; what cannot be read is as if it were not there. */
function expiry(maxAge: string | undefined, expires: string | undefined, nowMs: number): number | null {
  if (maxAge !== undefined && /^-?\d{1,15}$/.test(maxAge)) return nowMs + Number(maxAge) * 1000;
  const atMs = expires === undefined ? Number.NaN : Date.parse(expires);
  return Number.isNaN(atMs) ? null : atMs;
}

function bounded(value: string | undefined): string | null {
  return value === undefined || value === '' || value.length > LONGEST_ATTRIBUTE ? null : value;
}
