import type { MemberTls } from '@elbow/plan';

/**
 * Where a connection goes and how it speaks. Only connections with equal targets may serve each other's requests: one
 * that was opened for another server name, or under another trust, is another connection.
 */
export interface MemberTarget {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http1' | 'http2';
  /** Null for plain text. */
  readonly tls: MemberTls | null;
  /** Server name for TLS, or null where the request names none (RFC 6066 §3: never an address). */
  readonly serverName: string | null;
  /** Local addresses that connections come from, by turns; none: the host chooses. */
  readonly sources: readonly string[];
}

export function targetKey(target: MemberTarget): string {
  const { address, port, protocol, tls, serverName, sources } = target;
  const plain = `${protocol} ${address} ${port} ${sources.join(',')}`;
  return tls === null ? plain : `${plain} ${serverName ?? ''} ${tls.caPem ?? ''}`;
}

/** The server name that a request's authority gives: the host without its port, unless it is an address. */
export function serverNameOf(authority: string): string | null {
  const host = authority.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  return host === '' || isAddress ? null : host;
}

/** Those addresses that a connection to `address` can come from: one IP family does not reach the other. */
export function sourcesFor(address: string, sources: readonly string[]): readonly string[] {
  if (sources.length === 0) return sources;
  const isIpv6 = address.includes(':');
  return sources.filter((source) => source.includes(':') === isIpv6);
}
