import type { Member, Pool } from '@elbow/model';
import { made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/**
 * The pools that listeners refer to, those of listeners that do not compile included: a listener that stays in its
 * earlier form still follows its members.
 */
export function compilePools(tree: ResolvedTree): readonly Outcome[] {
  const ids = new Set(tree.listeners.map((listener) => listener.defaultPoolId));
  return [...tree.pools.values()]
    .filter((pool) => ids.has(pool.id))
    .map((pool) => compilePool(pool, tree.membersByPool.get(pool.id) ?? []));
}

function compilePool(pool: Pool, members: readonly Member[]): Outcome {
  return made({
    kind: 'pool',
    id: pool.id,
    protocol: pool.protocol,
    memberTls: pool.protocol === 'HTTPS' ? { caPem: null } : null,
    algorithm: pool.algorithm,
    members: members.map(({ id, address, port, weight }) => ({ id, address, port, weight })),
  });
}
