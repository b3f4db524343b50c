import type { CookieScope } from './set-cookie.ts';

/** What a stickiness cookie says once it is opened. */
export interface StickyToken {
  readonly memberId: string;
  /** When it was issued, in ms since 1970. */
  readonly issuedAtMs: number;
  /** Where and how long the application's cookie lives; null for the load balancer's own. */
  readonly scope: CookieScope | null;
}

/** Seals tokens so that clients can neither read nor make them. */
export interface TokenSeal {
  seal(text: string): string;
  /** Null for whatever this pool has not sealed. */
  open(sealed: string): string | null;
}

/** Sealed tokens are shorter; what is longer is not worth opening. */
const LONGEST_SEALED = 1500;

export function sealToken(seal: TokenSeal, { memberId, issuedAtMs, scope }: StickyToken): string {
  const about = scope === null ? [] : [scope.path, scope.domain, scope.expiresAtMs];
  return seal.seal(JSON.stringify([memberId, issuedAtMs, ...about]));
}

/** The token in a cookie's value, or null for one that was made up, belongs to another pool or is damaged. */
export function openToken(seal: TokenSeal, sealed: string): StickyToken | null {
  const text = sealed.length > LONGEST_SEALED ? null : seal.open(sealed);
  if (text === null) return null;
  // Nobody but us can have sealed it, so it has our form.
  const [memberId, issuedAtMs, ...about] = JSON.parse(text) as [string, number, ...unknown[]];
  if (about.length === 0) return { memberId, issuedAtMs, scope: null };
  const [path, domain, expiresAtMs] = about as [string | null, string | null, number | null];
  return { memberId, issuedAtMs, scope: { path, domain, expiresAtMs } };
}
