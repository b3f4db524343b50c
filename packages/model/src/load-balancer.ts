import type { Protection, ResourceBase, Tag } from './resource.ts';

export interface LoadBalancer extends ResourceBase, Protection {
  readonly isAdminStateUp: boolean;
  readonly vpcId: string;
  readonly vipSubnetCidrId: string | null;
  /** IPv4 literal that its listeners bind; null when it has none. */
  readonly vipAddress: string | null;
  readonly vipPortId: string | null;
  readonly availabilityZones: readonly string[];
  readonly l4FlavorId: string | null;
  readonly l7FlavorId: string | null;
  readonly backendSubnetIds: readonly string[];
  readonly isIpTargetEnabled: boolean;
  readonly isDeletionProtected: boolean;
  readonly enterpriseProjectId: string;
  readonly wafFailureAction: 'forward' | 'discard';
  readonly tags: readonly Tag[];
}
