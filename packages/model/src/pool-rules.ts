import { conflict, invalidField, type Problem } from './problem.ts';
import type { MemberTrust, Pool } from './pool.ts';

type Typed = Pick<Pool, 'type' | 'vpcId'>;

/** A pool of instances belongs to a VPC; a pool of addresses cannot. */
export function checkPoolType({ type, vpcId }: Typed): Problem | null {
  if (type === 'instance' && vpcId === '')
    return invalidField('pool.vpc_id', 'is required when type is instance');
  if (type !== 'instance' && vpcId !== '')
    return invalidField('pool.vpc_id', 'is only for pools of type instance');
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
  if (type === 'ip' && hasInstances)
    return invalidField('pool.type', 'the pool has members with subnet_cidr_id');
  if (type === 'instance' && hasIpMembers)
    return invalidField('pool.type', 'the pool has members without subnet_cidr_id');
  return null;
}

/** What is below a pool goes before it. */
export function checkPoolIsUnused(
  poolId: string,
  below: { readonly members: number; readonly monitorIds: readonly string[] },
): Problem | null {
  if (below.members > 0) return stillHas(poolId, `${below.members} member(s)`);
  const [monitorId] = below.monitorIds;
  return monitorId === undefined ? null : stillHas(poolId, `the health monitor ${monitorId}`);
}

function stillHas(poolId: string, what: string): Problem {
  return conflict(
    `pool ${poolId} still has ${what}: delete what is below it first, or delete all by /delete-cascade`,
  );
}

type Balanced = Pick<Pool, 'protocol' | 'algorithm' | 'sessionPersistence' | 'slowStart'>;

/** Which ways of balancing go together. */
export function checkBalancing({
  protocol,
  algorithm,
  sessionPersistence,
  slowStart,
}: Balanced): Problem | null {
  if (sessionPersistence !== null && algorithm === 'SOURCE_IP') {
    return invalidField(
      'pool.session_persistence',
      'is not available with lb_algorithm SOURCE_IP, which keeps a client with its member anyway',
    );
  }
  if (slowStart?.isEnabled !== true) return null;
  if (algorithm !== 'ROUND_ROBIN')
    return invalidField('pool.slow_start', `needs lb_algorithm ROUND_ROBIN, not ${algorithm}`);
  if (protocol === 'GRPC')
    return invalidField('pool.slow_start', 'is available for pools of protocol HTTP and HTTPS only');
  return null;
}

/** Members are verified against exactly one bundle of authorities. */
export function checkMemberTrust(
  { isVerified, caPem, caCertificateId }: MemberTrust,
  pool: Pick<Pool, 'protocol'>,
): Problem | null {
  if (pool.protocol !== 'HTTPS')
    return invalidField('member_tls', `is for pools of protocol HTTPS, not ${pool.protocol}`);
  if (caPem !== null && caCertificateId !== null)
    return invalidField('member_tls.ca_certificate_id', 'and ca_pem cannot both be given');
  if (isVerified && caPem === null && caCertificateId === null)
    return invalidField('member_tls.ca_pem', 'or ca_certificate_id is required while verify is true');
  return null;
}
