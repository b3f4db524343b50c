/**
 * The cookie that holds the secret of a session. Over TLS its name says that it came over TLS and belongs to this host
 * alone: browsers take `__Host-` from nobody else (RFC 6265bis section 4.1.3.2).
 */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-elbow_session' : 'elbow_session';
}

/** `Set-Cookie` of a session that begins. It lasts as long as the browser; how long it counts the server knows. */
export function sessionCookie(secret: string, isSecure: boolean): string {
  return `${cookieName(isSecure)}=${secret}; ${attributes(isSecure)}`;
}

/** `Set-Cookie` that takes it away. */
export function noCookie(isSecure: boolean): string {
  return `${cookieName(isSecure)}=; Max-Age=0; ${attributes(isSecure)}`;
}

function attributes(isSecure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}

/** @param header `Cookie` as it came @returns the secret, or null */
export function sessionSecret(header: string | null, isSecure: boolean): string | null {
  const start = `${cookieName(isSecure)}=`;
  const found = (header ?? '').split(';').find((part) => part.trim().startsWith(start));
  const secret = found?.trim().slice(start.length) ?? '';
  return secret === '' ? null : secret;
}
