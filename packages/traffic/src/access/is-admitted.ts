import type { ListenerAccess } from '@elbow/plan';
import type { AddressSet } from './address-set.ts';

/**
 * Whether a peer may connect. Decided on the address of the TCP connection and on nothing that the client says. An
 * empty list of allowed addresses lets nobody in, an empty list of denied ones everybody.
 * @param sets those that `access` names; one that is missing holds nothing
 */
export function isAdmitted(
  access: ListenerAccess,
  sets: readonly Pick<AddressSet, 'has'>[],
  address: string,
): boolean {
  if (access.mode === 'all') return true;
  return sets.some((set) => set.has(address)) === (access.mode === 'allow');
}
