import type { Protection, ResourceBase } from './resource.ts';

export interface Pool extends ResourceBase, Protection {
  readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC';
  readonly algorithm: 'ROUND_ROBIN';
  /** The load balancer it was made for, or null for a free-standing pool. */
  readonly loadBalancerId: string | null;
  readonly type: '' | 'instance' | 'ip';
  readonly vpcId: string;
  readonly isMemberDeletionProtected: boolean;
  readonly enterpriseProjectId: string;
}
