import { conflict, invalidField, type Problem } from './problem.ts';
import type { Pool } from './pool.ts';

type Typed = Pick<Pool, 'type' | 'vpcId'>;

/** A pool of instances belongs to a VPC; a pool of addresses cannot. */
export function checkPoolType({ type, vpcId }: Typed): Problem | null {
  if (type === 'instance' && vpcId === '') return invalidField('pool.vpc_id', 'is required when type is instance');
  if (type !== 'instance' && vpcId !== '') return invalidField('pool.vpc_id', 'is only for pools of type instance');
  return null;
}

/** Type and VPC may be set once, while they are empty. */
export function checkPoolTypeChange(before: Typed, after: Typed): Problem | null {
  if (before.type !== '' && after.type !== before.type) {
    return invalidField('pool.type', `is ${before.type} and cannot be changed again`);
  }
  if (before.vpcId !== '' && after.vpcId !== before.vpcId) {
    return invalidField('pool.vpc_id', `is ${before.vpcId} and cannot be changed again`);
  }
  return null;
}

/** A type that is set later must suit the members that are there. */
export function checkMembersSuitType(
  type: Pool['type'],
  members: readonly { readonly subnetCidrId: string | null }[],
): Problem | null {
  const hasIpMembers = members.some(({ subnetCidrId }) => subnetCidrId === null);
  const hasInstances = members.some(({ subnetCidrId }) => subnetCidrId !== null);
  if (type === 'ip' && hasInstances) return invalidField('pool.type', 'the pool has members with subnet_cidr_id');
  if (type === 'instance' && hasIpMembers) return invalidField('pool.type', 'the pool has members without subnet_cidr_id');
  return null;
}

export function checkPoolIsUnused(poolId: string, memberCount: number): Problem | null {
  if (memberCount === 0) return null;
  return conflict(`pool ${poolId} still has ${memberCount} member(s): delete them first, or delete it by /delete-cascade`);
}
