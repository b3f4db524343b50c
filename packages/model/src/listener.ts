import type { Protection, ResourceBase, Tag } from './resource.ts';
import type { TlsHeaders } from './tls-headers.ts';

/** A union on `protocol`: a plain HTTP listener has no certificate to forget. */
export type Listener = HttpListener | HttpsListener;

interface ListenerBase extends ResourceBase, Protection {
  readonly loadBalancerId: string;
  readonly port: number;
  readonly defaultPoolId: string | null;
  readonly isRetryEnabled: boolean;
  readonly keepaliveTimeoutSeconds: number;
  readonly clientTimeoutSeconds: number;
  readonly memberTimeoutSeconds: number;
  /** New connections per second and node; 0 means no limit. */
  readonly cps: number;
  /** Open connections per node; 0 means no limit. */
  readonly connection: number;
  readonly insertHeaders: InsertHeaders;
  /** Null: everybody may connect. */
  readonly accessControl: AccessControl | null;
  readonly isCompressionEnabled: boolean;
  readonly isAdvancedForwardingEnabled: boolean;
  readonly tags: readonly Tag[];
}

export interface HttpListener extends ListenerBase {
  readonly protocol: 'HTTP';
}

export interface HttpsListener extends ListenerBase {
  readonly protocol: 'HTTPS';
  /** The server certificate shown when no other fits. */
  readonly certificateId: string;
  /** Server certificates shown to clients that ask for one of their domains. */
  readonly sniCertificateIds: readonly string[];
  /** What a `*` in a domain stands for: one label, or any number of them. */
  readonly sniMatch: 'wildcard' | 'longest_suffix';
  /** The authorities whose clients may come in; null: clients are not asked for a certificate. */
  readonly clientCaCertificateId: string | null;
  /** Name of a built-in security policy. */
  readonly securityPolicy: string;
  /** A policy of the user's own, which then counts instead. */
  readonly securityPolicyId: string | null;
  readonly isHttp2Enabled: boolean;
  /** Takes requests in TLS 1.3 early data (0-RTT), unless clients are asked for a certificate. */
  readonly isEarlyDataEnabled: boolean;
}

/** Who may connect, by lists that are named here. */
export interface AccessControl {
  readonly ipGroupIds: readonly string[];
  /** While it is false everybody may connect. */
  readonly isEnabled: boolean;
  /** Only those on the lists, or all but those. */
  readonly type: 'white' | 'black';
}

export interface InsertHeaders {
  readonly forwardedFor: 'append' | 'remove' | 'preserve';
  readonly forwardedHost: boolean;
  readonly forwardedProto: boolean;
  readonly forwardedPort: boolean;
  readonly forwardedForPort: boolean;
  readonly forwardedElbId: boolean;
  readonly forwardedElbIp: boolean;
  readonly realIp: boolean;
  /** Acts on HTTPS listeners. */
  readonly tls: TlsHeaders;
}
