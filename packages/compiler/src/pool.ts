import type { Member, Pool } from '@elbow/model';
import type { SlowStart, Stickiness } from '@elbow/plan';
import { compileHealthCheck } from './health-check.ts';
import { made, type Outcome } from './outcome.ts';
import { poolsOfPolicies } from './policy-table.ts';
import type { ResolvedTree } from './resolve.ts';

/**
 * The pools that listeners and policies refer to, those of listeners that do not compile included: a listener that stays in its
 * earlier form still follows its members.
 */
export function compilePools(tree: ResolvedTree): readonly Outcome[] {
  const ids = new Set([
    ...tree.listeners.map((listener) => listener.defaultPoolId),
    ...poolsOfPolicies(tree),
  ]);
  return [...tree.pools.values()].filter((pool) => ids.has(pool.id)).map((pool) => compilePool(pool, tree));
}

function compilePool(pool: Pool, tree: ResolvedTree): Outcome {
  const members = tree.membersByPool.get(pool.id) ?? [];
  const monitor = tree.monitorByPool.get(pool.id);
  const slowStart = compileSlowStart(pool);
  return made({
    kind: 'pool',
    id: pool.id,
    protocol: pool.protocol,
    memberTls: pool.protocol === 'HTTPS' ? { caPem: null } : null,
    algorithm: pool.algorithm,
    stickiness: compileStickiness(pool),
    slowStart,
    healthCheck: monitor === undefined ? null : compileHealthCheck(monitor),
    isFailOpen: pool.isFailOpen,
    passiveEjection: null,
    members: members.map((member) => compileMember(member, slowStart)),
  });
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
