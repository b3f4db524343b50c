import type { Protection, ResourceBase, Tag } from './resource.ts';

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
  /** Name of a built-in security policy. */
  readonly securityPolicy: string;
  readonly isHttp2Enabled: boolean;
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
}
