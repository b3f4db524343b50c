/**
 * The parts of a plan. Each chunk is an immutable value named by the hash of its content, so that a change sends
 * only the chunks that changed and two equal plans are equal by name. A chunk refers to others by id, never by
 * value: a pool used by a hundred listeners travels once.
 *
 * Nothing here knows the API: no snake_case, no defaults, no optional fields. The compiler has decided everything.
 */
export type Chunk = ListenerChunk | PoolChunk | CertificateChunk;
export type ChunkKind = Chunk['kind'];

export interface ListenerChunk {
  readonly kind: 'listener';
  readonly id: string;
  readonly loadBalancerId: string;
  /** The VIP as the socket binds it: an IPv4 or IPv6 literal. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Null for HTTP. */
  readonly tls: ListenerTls | null;
  /** Offers `h2` by ALPN (HTTPS only). */
  readonly isHttp2Enabled: boolean;
  readonly timers: ListenerTimers;
  readonly limits: ListenerLimits;
  /** Try other members when one cannot be reached or does not answer. */
  readonly isRetryEnabled: boolean;
  readonly forwarding: ForwardingHeaders;
  /** Where requests go that no policy claims; null answers 503. */
  readonly defaultPoolId: string | null;
  /** Writes an access log record for each request of this listener. */
  readonly isAccessLogEnabled: boolean;
}

export interface ListenerTls {
  readonly certificateId: string;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** OpenSSL cipher string in server order: TLS 1.2 names and TLS 1.3 suites joined by `:`. */
  readonly ciphers: string;
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** All in milliseconds. */
export interface ListenerTimers {
  /** Between an answer and the next request on a client connection; 0 closes after every answer. */
  readonly idleMs: number;
  /** For a complete request head, and between two reads of a body. */
  readonly requestMs: number;
  /** For a member to answer, and between two reads of its answer. */
  readonly responseMs: number;
  /** For a connection to a member to be made. */
  readonly connectMs: number;
}

/** Per node; 0 means no limit. */
export interface ListenerLimits {
  readonly newConnectionsPerSecond: number;
  readonly concurrentConnections: number;
}

/** Fields that tell a member about the client; true writes the true value over whatever the client sent. */
export interface ForwardingHeaders {
  readonly forwardedFor: 'append' | 'remove' | 'preserve';
  readonly forwardedHost: boolean;
  readonly forwardedProto: boolean;
  readonly forwardedPort: boolean;
  readonly forwardedForPort: boolean;
  readonly realIp: boolean;
  /** The id to send as `X-Forwarded-ELB-ID`, or null. */
  readonly loadBalancerId: string | null;
  /** The public address to send as `X-Forwarded-ELB-IP`, or null. */
  readonly publicAddress: string | null;
}

export interface PoolChunk {
  readonly kind: 'pool';
  readonly id: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC';
  /** How members are spoken to over TLS: present for HTTPS pools only. */
  readonly memberTls: MemberTls | null;
  readonly algorithm: 'ROUND_ROBIN';
  /** In a stable order (by id), so that equal pools have equal hashes. */
  readonly members: readonly MemberEntry[];
}

export interface MemberTls {
  /** PEM bundle that a member's certificate must lead to; null takes any certificate, as the cloud does. */
  readonly caPem: string | null;
}

export interface MemberEntry {
  readonly id: string;
  /** An IPv4 or IPv6 literal. */
  readonly address: string;
  readonly port: number;
  /** 0 gets no new requests. */
  readonly weight: number;
}

export interface CertificateChunk {
  readonly kind: 'certificate';
  readonly id: string;
  /** Leaf first, then intermediates, as PEM. */
  readonly chainPem: string;
  /** The private key, sealed with the key file of the data directory; only a TLS engine opens it. */
  readonly sealedKey: string;
}
