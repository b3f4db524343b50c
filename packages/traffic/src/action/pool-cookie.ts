import { cookieValue, withoutCookie } from '../persist/cookie-line.ts';
import { setCookieLine } from '../persist/set-cookie.ts';

/** The cookie that keeps a client with one of the pools of a policy. */
export function poolCookieName(policyId: string): string {
  return `LBPOOL-${policyId.slice(0, 8)}`;
}

/** The pool that a client says it belongs to; whoever asks must see whether the policy still has it. */
export function poolOfCookie(policyId: string, fields: string): string | null {
  return cookieValue(fields, poolCookieName(policyId));
}

/** Fields for a member, to whom the cookie means nothing. */
export function withoutPoolCookie(policyId: string, fields: string): string {
  return withoutCookie(fields, poolCookieName(policyId));
}

export interface PoolCookie {
  readonly policyId: string;
  readonly poolId: string;
  readonly lifetimeMs: number;
  readonly isSecure: boolean;
}

/** The `Set-Cookie` line that binds a client to a pool. */
export function poolCookieLine(
  { policyId, poolId, lifetimeMs, isSecure }: PoolCookie,
  nowMs: number,
): string {
  const scope = { path: '/', domain: null, expiresAtMs: nowMs + lifetimeMs, isSecure };
  return setCookieLine({ name: poolCookieName(policyId), value: poolId }, scope, nowMs);
}
