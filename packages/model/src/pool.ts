import type { Protection, ResourceBase } from './resource.ts';

export interface Pool extends ResourceBase, Protection {
  readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC';
  readonly algorithm: 'ROUND_ROBIN' | 'LEAST_CONNECTIONS' | 'SOURCE_IP';
  /** Null: each request is balanced by itself. */
  readonly sessionPersistence: SessionPersistence | null;
  /** Null where nobody ever said anything about it. */
  readonly slowStart: SlowStart | null;
  /** When no member is healthy, ask all of positive weight all the same. */
  readonly isFailOpen: boolean;
  /** How members are spoken to over TLS; null: any certificate will do. */
  readonly memberTls: MemberTrust | null;
  /** Null where nobody ever said anything about it. */
  readonly passiveEjection: PassiveEjection | null;
  /** The load balancer it was made for, or null for a free-standing pool. */
  readonly loadBalancerId: string | null;
  readonly type: '' | 'instance' | 'ip';
  readonly vpcId: string;
  readonly isMemberDeletionProtected: boolean;
  readonly enterpriseProjectId: string;
}

/** What keeps a client with one member. */
export type SessionPersistence =
  /** A cookie of the load balancer's own. */
  | { readonly type: 'HTTP_COOKIE'; readonly minutes: number }
  /** A cookie that the members set; how long it lives is theirs to say, so the minutes are shown and do nothing. */
  | { readonly type: 'APP_COOKIE'; readonly cookieName: string; readonly minutes: number };

/** The share of a new member grows from nothing to its weight. */
export interface SlowStart {
  readonly isEnabled: boolean;
  readonly durationSeconds: number;
}

/** What a member has to show to be trusted, in pools of protocol HTTPS. */
export interface MemberTrust {
  readonly isVerified: boolean;
  /** PEM bundle of authorities; null where a stored one is named, or nothing is verified. */
  readonly caPem: string | null;
  /** A stored certificate of type client. */
  readonly caCertificateId: string | null;
  /** Asked for and verified in place of the request's host. */
  readonly serverName: string | null;
}

/** A member that cannot be connected to so many times in a row gets nothing for a while. */
export interface PassiveEjection {
  readonly isEnabled: boolean;
  readonly failures: number;
  readonly seconds: number;
}
