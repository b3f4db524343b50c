import type { HealthCheck } from '@elbow/plan';

/** What one check needs to know: where, and how. */
export interface CheckTarget {
  /** An IPv4 or IPv6 literal. */
  readonly address: string;
  /** The member's own port, or the one that the check names. */
  readonly port: number;
  readonly check: HealthCheck;
}

/** `address:port` as an operator writes it. */
export function placeOf({ address, port }: Pick<CheckTarget, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Host of a request: the domain name as it was given, else the member's address, with its port where HTTP wants it. */
export function authorityOf({ address, port, check }: CheckTarget): string {
  if (check.domainName !== null) return check.domainName;
  const isDefaultPort = port === (check.type === 'HTTPS' ? 443 : 80);
  const host = address.includes(':') ? `[${address}]` : address;
  return isDefaultPort ? host : `${host}:${port}`;
}

/** The first of the load balancer's addresses that a check of a member can come from; undefined: the host chooses. */
export function sourceFor(address: string, sources: readonly string[]): string | undefined {
  return sources.find((source) => source.includes(':') === address.includes(':'));
}
