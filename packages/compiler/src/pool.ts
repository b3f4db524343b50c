import type { Member, Pool } from '@elbow/model';
import type { MemberTls, PassiveEjection, SlowStart, Stickiness } from '@elbow/plan';
import { byId } from './by-id.ts';
import { compileHealthCheck } from './health-check.ts';
import type { ListenerPlace } from './listener.ts';
import { failed, made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/** What checks of members have to know of where a pool is used. */
export type PoolPlace = Pick<ListenerPlace, 'sourceAddresses' | 'address'>;

/**
 * The pools that listeners and policies refer to, those of listeners that do not compile included: a listener that stays in its
 * earlier form still follows its members.
 */
export function usedPools(tree: ResolvedTree): readonly Pool[] {
  const ids = new Set(tree.listeners.map((listener) => listener.defaultPoolId));
  // Those of policies that do nothing are among them.
  return [...tree.pools.values()].filter(({ id }) => ids.has(id) || tree.poolUsers.has(id));
}

export function compilePool(pool: Pool, tree: ResolvedTree, place: PoolPlace): Outcome {
  const members = (tree.membersByPool.get(pool.id) ?? []).toSorted(byId);
  const monitor = tree.monitorByPool.get(pool.id);
  const slowStart = compileSlowStart(pool);
  const memberTls = compileMemberTls(pool, tree);
  if (memberTls === 'no authorities') {
    const reason = `certificate ${pool.memberTls?.caCertificateId} is not there, so its members cannot be verified`;
    return failed('pool', pool.id, reason);
  }
  return made({
    kind: 'pool',
    id: pool.id,
    protocol: pool.protocol,
    memberTls,
    algorithm: pool.algorithm,
    stickiness: compileStickiness(pool),
    slowStart,
    healthCheck: monitor === undefined ? null : compileHealthCheck(monitor, place),
    isFailOpen: pool.isFailOpen,
    passiveEjection: compilePassiveEjection(pool),
    members: members.map((member) => compileMember(member, slowStart)),
  });
}

function compileMemberTls(
  { protocol, memberTls: wish }: Pool,
  { certificates }: ResolvedTree,
): MemberTls | null | 'no authorities' {
  if (protocol !== 'HTTPS') return null;
  if (wish === null) return { caPem: null, serverName: null };
  const { isVerified, caCertificateId, serverName } = wish;
  if (!isVerified) return { caPem: null, serverName };
  const stored = caCertificateId === null ? null : certificates.get(caCertificateId)?.certificatePem;
  const caPem = caCertificateId === null ? wish.caPem : stored;
  return caPem === undefined || caPem === null ? 'no authorities' : { caPem, serverName };
}

function compilePassiveEjection({ passiveEjection: wish }: Pool): PassiveEjection | null {
  if (wish === null || !wish.isEnabled) return null;
  return { failures: wish.failures, durationMs: wish.seconds * 1000 };
}

/** What an algorithm has no use for is not sent, whatever is stored. */
function compileStickiness({ sessionPersistence: wish, algorithm }: Pool): Stickiness | null {
  if (wish === null || algorithm === 'SOURCE_IP') return null;
  return wish.type === 'HTTP_COOKIE'
    ? { kind: 'cookie', lifetimeMs: wish.minutes * 60_000 }
    : { kind: 'application-cookie', name: wish.cookieName };
}

function compileSlowStart({ slowStart: wish, algorithm, protocol }: Pool): SlowStart | null {
  const isAllowed = algorithm === 'ROUND_ROBIN' && protocol !== 'GRPC';
  if (wish === null || !wish.isEnabled || !isAllowed) return null;
  return { durationMs: wish.durationSeconds * 1000 };
}

/** Without a slow start a member's beginning is nothing that a node needs to know. */
function compileMember({ id, address, port, weight, joinedAtMs }: Member, slowStart: SlowStart | null) {
  return { id, address, port, weight, slowStartAtMs: slowStart === null ? null : joinedAtMs };
}
