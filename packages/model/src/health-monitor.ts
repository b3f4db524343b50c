import type { ResourceBase } from './resource.ts';

/** How the members of one pool are checked. */
export interface HealthMonitor extends ResourceBase {
  readonly poolId: string;
  readonly type: 'TCP' | 'HTTP' | 'HTTPS' | 'TLS' | 'GRPC';
  /** False: nothing is checked, as if the pool had no monitor. */
  readonly isAdminStateUp: boolean;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Successes in a row that bring an offline member back. */
  readonly healthyThreshold: number;
  /** Failures in a row that take an online member out. */
  readonly unhealthyThreshold: number;
  /** Null: each member's own port. */
  readonly port: number | null;
  /** Null: the member's address. */
  readonly domainName: string | null;
  readonly httpMethod: 'GET' | 'HEAD' | 'POST';
  readonly urlPath: string;
  /** As it was written, or null for the usual code of the type. */
  readonly expectedCodes: string | null;
}
