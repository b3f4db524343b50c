import type { StickyPool } from '../persist/stickiness.ts';
import type { TokenSeal } from '../persist/sticky-token.ts';

/**
 * The cookie that keeps a client with one of the pools of a policy. It is made like the one that keeps a client with a
 * member, but that what it names is a pool; whoever asks must see whether the policy still has it.
 */
export function stickyChoice(policyId: string, lifetimeMs: number, seal: TokenSeal): StickyPool {
  return {
    stickiness: { kind: 'cookie', lifetimeMs },
    cookieName: `LBPOOL-${policyId.slice(0, 8)}`,
    seal,
  };
}
