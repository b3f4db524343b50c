import type { Stickiness } from '@elbow/plan';
import { cookieValue, withoutCookie } from './cookie-line.ts';
import { type CookieScope, scopeOfSetCookie, setCookieLine } from './set-cookie.ts';
import { openToken, sealToken, type StickyToken, type TokenSeal } from './sticky-token.ts';

/** Clocks of the machines that share a key may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

/** A pool's way to keep clients with their members. */
export interface StickyPool {
  readonly stickiness: Stickiness;
  readonly cookieName: string;
  readonly seal: TokenSeal;
}

/** What an answer says about stickiness depends on these. */
export interface StickyAnswer {
  /** The token that came with the request; null when there was none that counts. */
  readonly token: StickyToken | null;
  /** Who answers. */
  readonly memberId: string;
  /** Fields of the answer. */
  readonly fields: string;
  /** True where clients use TLS. */
  readonly isSecure: boolean;
  readonly nowMs: number;
}

/** Named by pool, so that two pools behind one host do not take each other's cookies away. */
export function stickyCookieName(stickiness: Stickiness, poolId: string): string {
  return `${stickiness.kind === 'cookie' ? 'LBSESSION' : 'LBAPP'}-${poolId.slice(0, 8)}`;
}

/**
 * The token that a request's cookies carry; null where there is none, or none that is valid. An application's cookie
 * and its companion only count together.
 */
export function requestToken(pool: StickyPool, fields: string, nowMs: number): StickyToken | null {
  const { stickiness, cookieName, seal } = pool;
  if (stickiness.kind === 'application-cookie' && cookieValue(fields, stickiness.name) === null) return null;
  const sealed = cookieValue(fields, cookieName);
  const token = sealed === null ? null : openToken(seal, sealed);
  return token !== null && isInForce(token, stickiness, nowMs) ? token : null;
}

/** The request's fields without the cookie that is the load balancer's business. */
export function withoutStickyCookie(pool: StickyPool, fields: string): string {
  return withoutCookie(fields, pool.cookieName);
}

/** The `Set-Cookie` line to add to an answer, or `''` when what the client has is good. */
export function stickyAnswerLine(pool: StickyPool, answer: StickyAnswer): string {
  const { stickiness } = pool;
  return stickiness.kind === 'cookie'
    ? sessionLine(pool, stickiness.lifetimeMs, answer)
    : companionLine(pool, stickiness.name, answer);
}

/** Issued anew only after half of the lifetime: an answer that sets a cookie is one that caches leave alone. */
function sessionLine(pool: StickyPool, lifetimeMs: number, answer: StickyAnswer): string {
  const { token, memberId, nowMs } = answer;
  const isGood = token?.memberId === memberId && nowMs - token.issuedAtMs <= lifetimeMs / 2;
  if (isGood) return '';
  const value = sealToken(pool.seal, { memberId, issuedAtMs: wholeSecond(nowMs), scope: null });
  const scope = { path: '/', domain: null, expiresAtMs: nowMs + lifetimeMs, isSecure: answer.isSecure };
  return setCookieLine({ name: pool.cookieName, value }, scope, nowMs);
}

/**
 * The companion goes where the application's cookie goes and ends when it ends, deletion included. When the member
 * that it names is gone, the one that took over gets one of the same scope.
 */
function companionLine(pool: StickyPool, applicationCookie: string, answer: StickyAnswer): string {
  const { token, memberId, nowMs } = answer;
  const isMoved = token !== null && token.memberId !== memberId;
  const scope = scopeOfSetCookie(answer.fields, applicationCookie, nowMs) ?? (isMoved ? token.scope : null);
  if (scope === null) return '';
  const value = sealToken(pool.seal, { memberId, issuedAtMs: wholeSecond(nowMs), scope: wholeScope(scope) });
  return setCookieLine({ name: pool.cookieName, value }, { ...scope, isSecure: answer.isSecure }, nowMs);
}

function isInForce(token: StickyToken, stickiness: Stickiness, nowMs: number): boolean {
  if (token.issuedAtMs > nowMs + CLOCK_SKEW_MS) return false;
  if (stickiness.kind === 'cookie') {
    return token.scope === null && nowMs - token.issuedAtMs <= stickiness.lifetimeMs;
  }
  const endsAtMs = token.scope === null ? 0 : (token.scope.expiresAtMs ?? Infinity);
  return nowMs <= endsAtMs;
}

/** Tokens of one member and second are equal, so that a seal can be used again. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function wholeScope(scope: CookieScope): CookieScope {
  return { ...scope, expiresAtMs: scope.expiresAtMs === null ? null : wholeSecond(scope.expiresAtMs) };
}
