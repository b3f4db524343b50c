import type { ConnectionFact, ListenerChunk, TlsFact } from '@elbow/plan';
import { safeValue } from '../headers/safe-value.ts';

/** A connection as far as field values tell of it. */
export interface ConnectionSeen {
  readonly client: { readonly address: string; readonly port: number };
  /** @returns null for what TLS does not know of this connection */
  tlsFact(fact: TlsFact): string | null;
}

/** What the load balancer knows of a connection to the listener; null when it knows nothing. */
export function connectionFact(
  fact: ConnectionFact,
  seen: ConnectionSeen,
  chunk: ListenerChunk,
): string | null {
  switch (fact) {
    case 'clientAddress':
      return seen.client.address;
    case 'clientPort':
      return `${seen.client.port}`;
    case 'protocol':
      return chunk.protocol;
    case 'loadBalancerId':
      return chunk.loadBalancerId;
    case 'listenerPort':
      return `${chunk.port}`;
    case 'publicAddress':
      return chunk.forwarding.publicAddress;
    case 'listenerAddress':
      return chunk.address;
    default:
      return safeValue(seen.tlsFact(fact));
  }
}
