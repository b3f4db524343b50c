import type { HealthReason } from '@elbow/plan';

/** How a check ended. */
export type CheckOutcome =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'failed'; readonly reason: HealthReason }
  /** This machine could not even begin; it says nothing about the member. */
  | { readonly kind: 'own-trouble'; readonly error: string };

/** How far a check has got; decides what a broken connection or a passed deadline means. */
export type CheckPhase = 'connect' | 'handshake' | 'send' | 'receive';
