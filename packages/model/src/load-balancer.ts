import type { LogTank } from './log-tank.ts';
import type { Protection, ResourceBase, Tag } from './resource.ts';

export interface LoadBalancer extends ResourceBase, Protection {
  readonly isAdminStateUp: boolean;
  readonly vpcId: string;
  readonly vipSubnetCidrId: string | null;
  /** IPv4 literal that its listeners bind; null when it has none. */
  readonly vipAddress: string | null;
  readonly vipPortId: string | null;
  /** An address of the pool in the settings, under which the world knows it; null when it has none. */
  readonly publicAddress: string | null;
  readonly availabilityZones: readonly string[];
  readonly l4FlavorId: string | null;
  readonly l7FlavorId: string | null;
  readonly backendSubnetIds: readonly string[];
  /** Where its connections to members come from, per zone, in the order in which they were taken; none: the host chooses. */
  readonly sourceAddresses: readonly SourceAddress[];
  readonly isIpTargetEnabled: boolean;
  readonly isDeletionProtected: boolean;
  readonly enterpriseProjectId: string;
  readonly wafFailureAction: 'forward' | 'discard';
  readonly tags: readonly Tag[];
  /** Without one, the settings decide whether its listeners write an access log. */
  readonly logTank?: LogTank;
}

export interface SourceAddress {
  readonly zone: string;
  /** The backend subnet that it was taken from. */
  readonly networkId: string;
  /** An IPv4 or IPv6 literal. */
  readonly address: string;
}
