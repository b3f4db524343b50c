import { conflict, notFound, type Outcome, accepted, refused } from './problem.ts';
import { usableAddresses } from './subnet-addresses.ts';

/** An address of the pool in the settings, under the id that the API names it by. */
export interface PublicAddress {
  readonly id: string;
  /** An IPv4 or IPv6 literal in canonical form. */
  readonly address: string;
}

/** @param uuidOf a stable UUID for a name, so that ids are equal after every restart */
export function describePublicAddresses(
  cidrs: readonly string[],
  uuidOf: (name: string) => string,
): readonly PublicAddress[] {
  const addresses = new Set(cidrs.flatMap((cidr) => [...usableAddresses({ cidr })]));
  return [...addresses].map((address) => ({ id: uuidOf(`publicip:${address}`), address }));
}

/**
 * The address that a load balancer asks for by its id.
 * @param taken public addresses of the other load balancers
 */
export function choosePublicAddress(
  id: string,
  pool: readonly PublicAddress[],
  taken: ReadonlySet<string>,
): Outcome<string> {
  const found = pool.find((each) => each.id === id);
  if (found === undefined) return refused(notFound('publicip', id));
  if (taken.has(found.address))
    return refused(conflict(`public IP address ${found.address} is already in use by another load balancer`));
  return accepted(found.address);
}
