import type { AddressSetChunk, ListenerAccess, PolicyBlockChunk, PolicyTableChunk } from './policy-chunk.ts';

/**
 * The parts of a plan. Each chunk is an immutable value named by the hash of its content, so that a change sends
 * only the chunks that changed and two equal plans are equal by name. A chunk refers to others by id, never by
 * value: a pool used by a hundred listeners travels once.
 *
 * Nothing here knows the API: no snake_case, no defaults, no optional fields. The compiler has decided everything.
 */
export type Chunk =
  | ListenerChunk
  | PoolChunk
  | CertificateChunk
  | AddressSetChunk
  | PolicyTableChunk
  | PolicyBlockChunk;
export type ChunkKind = Chunk['kind'];

export interface ListenerChunk {
  readonly kind: 'listener';
  readonly id: string;
  readonly loadBalancerId: string;
  /** The project that owns it, for the access log. */
  readonly projectId: string;
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
  readonly access: ListenerAccess;
  /** Whether a policy table under this listener's id is part of the plan. */
  readonly hasPolicies: boolean;
  /** Where requests go that no policy claims; null answers 503. */
  readonly defaultPoolId: string | null;
  /** Encodes answers for clients that take them so. */
  readonly isCompressionEnabled: boolean;
  /** Writes an access log record for each request of this listener. */
  readonly isAccessLogEnabled: boolean;
  /** Where connections to members come from, by turns among those of a member's family; without one: the host chooses. */
  readonly sourceAddresses: readonly string[];
}

export interface ListenerTls {
  /** Shown to clients that ask for no name, or for one that is not in `names`. */
  readonly certificateId: string;
  /** Names with certificates of their own, lower case, sorted, each once. */
  readonly names: readonly NamedCertificates[];
  /** What a `*` stands for: one label, or any number of them, the longest pattern winning. */
  readonly nameMatch: 'wildcard' | 'longest_suffix';
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Versions between the two that are not offered, oldest first. */
  readonly versionsLeftOut: readonly TlsVersion[];
  /** OpenSSL cipher string in server order: TLS 1.2 names and TLS 1.3 suites joined by `:`. */
  readonly ciphers: string;
  /** The bundle of authorities whose clients may come in; null: clients are not asked for a certificate. */
  readonly clientAuthorityId: string | null;
  /** Requests may come in TLS 1.3 early data; an engine that cannot take it refuses it in the handshake. */
  readonly takesEarlyData: boolean;
}

export interface NamedCertificates {
  /** `www.example.test`, or `*.example.test` with the star as its first label. */
  readonly name: string;
  /** One, or one with an RSA and one with an elliptic-curve key. */
  readonly certificateIds: readonly string[];
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
  /** What the load balancer bounds on top of that; null: nothing. */
  readonly flavor: FlavorLimits | null;
}

/**
 * Of all listeners of a load balancer together, per node; 0 means no limit. Rates are those of the listener's own protocol: a new
 * connection takes its part of a second, which is as long as there are fewer of them in it.
 */
export interface FlavorLimits {
  readonly newConnectionsPerSecond: number;
  readonly concurrentConnections: number;
  readonly requestsPerSecond: number;
  /** In each direction. */
  readonly bitsPerSecond: number;
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
  /** What members are told of the TLS connection, in the order in which it is sent. */
  readonly tlsFields: readonly TlsField[];
}

export interface TlsField {
  readonly fact: TlsFact;
  /** The name of the field as it is sent. */
  readonly name: string;
}

export const tlsFacts = [
  'certificateId',
  'version',
  'cipher',
  'alpn',
  'serverName',
  'ja3',
  'ja4',
  'clientSubject',
  'clientIssuer',
  'clientFingerprint',
  'clientVerdict',
  'clientSerial',
  'clientCertificate',
  'clientCiphers',
  'clientEnd',
] as const;

export type TlsFact = (typeof tlsFacts)[number];

export interface PoolChunk {
  readonly kind: 'pool';
  readonly id: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC';
  /** How members are spoken to over TLS: present for HTTPS pools only. */
  readonly memberTls: MemberTls | null;
  readonly algorithm: 'ROUND_ROBIN' | 'LEAST_CONNECTIONS' | 'SOURCE_IP';
  /** Null where each request is balanced by itself, as always with SOURCE_IP. */
  readonly stickiness: Stickiness | null;
  /** Null where new members get their whole share at once; ROUND_ROBIN only. */
  readonly slowStart: SlowStart | null;
  /** Null where nothing checks the members: all of them may get requests then. */
  readonly healthCheck: HealthCheck | null;
  /** When no member is healthy, ask all of positive weight all the same instead of answering 503. */
  readonly isFailOpen: boolean;
  /** Null where connection failures that requests meet are counted only. */
  readonly passiveEjection: PassiveEjection | null;
  /** In a stable order (by id), so that equal pools have equal hashes. */
  readonly members: readonly MemberEntry[];
}

/** What keeps a client with one member. */
export type Stickiness =
  /** A cookie of the load balancer's own. */
  | { readonly kind: 'cookie'; readonly lifetimeMs: number }
  /** A cookie that the members set, under this name; the load balancer adds a companion to it. */
  | { readonly kind: 'application-cookie'; readonly name: string };

/** The share of a new member grows from nothing to its weight over this time. */
export interface SlowStart {
  readonly durationMs: number;
}

/** A member that cannot be connected to this many times in a row gets nothing for a while. */
export interface PassiveEjection {
  readonly failures: number;
  readonly durationMs: number;
}

export interface HealthCheck {
  readonly type: 'TCP' | 'HTTP' | 'HTTPS' | 'TLS' | 'GRPC';
  /** Null: each member's own port. */
  readonly port: number | null;
  /** Sent as Host or authority; null: the name of a member that has one, else `virtualAddress`. */
  readonly domainName: string | null;
  /** The address that clients use, an IPv4 or IPv6 literal; null: there is none, and the member's own is sent. */
  readonly virtualAddress: string | null;
  readonly path: string;
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Codes that mean healthy: of HTTP, or of gRPC where the type is GRPC. */
  readonly expectedCodes: readonly CodeRange[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Successes in a row that bring an offline member back. */
  readonly healthyThreshold: number;
  /** Failures in a row that take a member out. */
  readonly unhealthyThreshold: number;
  /** Checks come from the first of a member's family; without one: the host chooses. */
  readonly sourceAddresses: readonly string[];
}

/** Both ends belong to it. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
}

export interface MemberTls {
  /** PEM bundle that a member's certificate must lead to; null takes any certificate, as the cloud does. */
  readonly caPem: string | null;
  /** Asked for and verified in place of the request's host; null: the host. */
  readonly serverName: string | null;
}

export interface MemberEntry {
  readonly id: string;
  /** An IPv4 or IPv6 literal, or a host name in lower case, which nodes resolve before workers see it. */
  readonly address: string;
  readonly port: number;
  /** 0 gets no new requests. */
  readonly weight: number;
  /**
   * From when the member's slow start counts where nothing has checked it yet, in ms since 1970; where its first
   * healthy check comes later, from then. Null for members that have none: the first ones of a pool.
   */
  readonly slowStartAtMs: number | null;
}

export interface CertificateChunk {
  readonly kind: 'certificate';
  readonly id: string;
  /** Leaf first, then intermediates, as PEM; of a bundle of authorities: all of them. */
  readonly chainPem: string;
  /**
   * The private key, sealed with the key file of the data directory; only a TLS engine opens it. Null for a bundle of
   * authorities.
   */
  readonly sealedKey: string | null;
  /** Revocation lists of the authorities as PEM; null: none is looked at. */
  readonly revocationsPem: string | null;
}
