import type { Certificate } from './certificate.ts';
import type { HealthMonitor } from './health-monitor.ts';
import type { IpGroup } from './ip-group.ts';
import type { Job } from './job.ts';
import type { L7Policy, L7Rule } from './l7-policy.ts';
import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { Member } from './member.ts';
import type { Pool } from './pool.ts';
import type { RecycledLoadBalancer } from './recycle-bin.ts';
import type { SecurityPolicy } from './security-policy.ts';

/** What every stored object has. Times are milliseconds since 1970, UTC. */
export interface ResourceBase {
  /** UUID; certificates have 32 hex digits without dashes. */
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A console-side lock: it never blocks the API. */
export interface Protection {
  readonly protectionStatus: 'nonProtection' | 'consoleProtection';
  readonly protectionReason: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Every kind of object that users write, by the name it has in all rooms. */
export interface Resources {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  readonly pool: Pool;
  readonly member: Member;
  readonly healthMonitor: HealthMonitor;
  readonly certificate: Certificate;
  readonly securityPolicy: SecurityPolicy;
  readonly ipGroup: IpGroup;
  readonly l7Policy: L7Policy;
  readonly l7Rule: L7Rule;
  readonly job: Job;
  readonly recycledLoadBalancer: RecycledLoadBalancer;
}

export type ResourceKind = keyof Resources;
