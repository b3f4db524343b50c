import type { ServedListener } from '../plan/served-listener.ts';
import type { Admission } from './listener-slot.ts';
import type { RateTable } from './rate-table.ts';

type Limited = Pick<ServedListener, 'chunk' | 'slot' | 'owner'>;

/**
 * Takes a place for a new connection from the listener, then from its load balancer, or says which limit has none. Connections
 * of a load balancer are counted whether it has a flavor or not: it may get one while they are open.
 */
export function admitConnection({ chunk, slot, owner }: Limited, rates: RateTable): Admission {
  const { limits, loadBalancerId } = chunk;
  const own = slot.admit(limits);
  if (own !== 'admitted') return own;
  const { newConnectionsPerSecond: perSecond = 0, concurrentConnections = 0 } = limits.flavor ?? {};
  const shared = owner.slot.admit({ newConnectionsPerSecond: 0, concurrentConnections });
  if (shared !== 'admitted') {
    slot.release();
    return shared;
  }
  if (perSecond === 0) return 'admitted';
  const rate = { perSecond, perSourcePerSecond: 0, burst: 0 };
  if (rates.pass(`${loadBalancerId} connections`, rate, '')) return 'admitted';
  leaveConnection({ slot, owner });
  return 'too-many-per-second';
}

/** Gives back what {@link admitConnection} took; once for each. */
export function leaveConnection({ slot, owner }: Pick<Limited, 'slot' | 'owner'>): void {
  slot.release();
  owner.slot.release();
}
