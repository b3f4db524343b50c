import type { IpGroup } from '@elbow/model';
import type { Hash } from '@elbow/plan';
import { compileAddressSet } from './address-set.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import type { ResolvedTree } from './resolve.ts';

/**
 * What was made of rows that are long, for as long as somebody holds them: rows never change, so the same object has the
 * same outcome. Compilations that share one must use the same hash.
 */
export class CompileMemo {
  private readonly addressSets = new WeakMap<IpGroup, JudgedOutcome>();

  addressSet(id: string, { ipGroups }: ResolvedTree, hash: Hash): JudgedOutcome {
    const group = ipGroups.get(id);
    if (group === undefined) return judged(compileAddressSet(id, []), hash);
    const known = this.addressSets.get(group);
    if (known !== undefined) return known;
    const made = judged(compileAddressSet(id, group.entries), hash);
    this.addressSets.set(group, made);
    return made;
  }
}
