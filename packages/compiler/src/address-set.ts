import { canonicalRange, type IpGroup, type Listener } from '@elbow/model';
import type { ListenerAccess } from '@elbow/plan';
import { made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/** Who may connect to a listener. A group that is gone is an empty one: it lets nobody in, or keeps nobody out. */
export function compileAccess({ accessControl }: Listener, tree: ResolvedTree): ListenerAccess {
  if (accessControl === null || !accessControl.isEnabled) return { mode: 'all', setIds: [] };
  const setIds = accessControl.ipGroupIds.filter((id) => tree.ipGroups.has(id)).toSorted();
  if (setIds.length > 0) return { mode: accessControl.type === 'white' ? 'allow' : 'deny', setIds };
  return accessControl.type === 'white' ? { mode: 'allow', setIds: [nobody] } : { mode: 'all', setIds: [] };
}

/** The set that an allow list refers to when all of its groups are gone. */
const nobody = 'nobody';

/** The IP groups that listeners have switched on. */
export function addressSetIds(tree: ResolvedTree): readonly string[] {
  return [...new Set(tree.listeners.flatMap((listener) => compileAccess(listener, tree).setIds))];
}

/** Ranges as text, so that a plan can be read; the node makes its index of them. */
export function compileAddressSet(id: string, entries: IpGroup['entries']): Outcome {
  const texts = entries.map(({ ip }) => canonicalRange(ip)).filter((text) => text !== null);
  return made({ kind: 'addressSet', id, entries: [...new Set(texts)].sort() });
}
