import { isAddress, type HealthCheck, type MemberTls } from '@elbow/plan';

/** What one check needs to know: where, and how. */
export interface CheckTarget {
  /** An IPv4 or IPv6 literal. */
  readonly address: string;
  /** The member's own port, or the one that the check names. */
  readonly port: number;
  /** The host name that the address was looked up for; null where it was given as it is. */
  readonly name: string | null;
  /** How the member's pool speaks to it over TLS; null for any certificate and no name of its own. */
  readonly tls: MemberTls | null;
  readonly check: HealthCheck;
}

/** `address:port` as an operator writes it. */
export function placeOf({ address, port }: Pick<CheckTarget, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Host of a request: the domain name as it was given, else the member's name, else the address that clients use, as the
 * cloud has it. Names and addresses of the member come with its port where HTTP wants it.
 */
export function authorityOf({ address, port, name, check }: CheckTarget): string {
  const { domainName, virtualAddress, type } = check;
  if (domainName !== null) return domainName;
  if (name === null && virtualAddress !== null) return bracketed(virtualAddress);
  const host = name ?? bracketed(address);
  return port === (type === 'HTTPS' ? 443 : 80) ? host : `${host}:${port}`;
}

/** The name that TLS asks for and, where the pool has its members verified, the certificate must have; null: none is asked for. */
export function serverNameOf({ name, tls, check }: CheckTarget): string | null {
  const wanted = tls?.serverName ?? check.domainName ?? name;
  return wanted === null || isAddress(wanted) ? null : wanted;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** The first of the load balancer's addresses that a check of a member can come from; undefined: the host chooses. */
export function sourceFor(address: string, sources: readonly string[]): string | undefined {
  return sources.find((source) => source.includes(':') === address.includes(':'));
}
