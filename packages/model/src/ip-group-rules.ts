import { canonicalRange } from './address-range-text.ts';
import type { IpGroup, IpGroupEntry } from './ip-group.ts';
import type { AccessControl, Listener } from './listener.ts';
import { conflict, invalidField, type Problem, problem } from './problem.ts';
import type { Settings } from './settings.ts';

type Quotas = Settings['quotas'];

/** What an entry stands for, whatever its text; entries were read before they were stored. */
export function entryKeyOf({ ip }: Pick<IpGroupEntry, 'ip'>): string {
  return canonicalRange(ip) ?? ip;
}

/** Adds what is new and gives what is known its new description; nothing goes. */
export function addEntries(
  entries: readonly IpGroupEntry[],
  added: readonly IpGroupEntry[],
): readonly IpGroupEntry[] {
  const merged = new Map(entries.map((entry) => [entryKeyOf(entry), entry]));
  for (const entry of added) {
    const known = merged.get(entryKeyOf(entry));
    merged.set(entryKeyOf(entry), known === undefined ? entry : { ...known, description: entry.description });
  }
  return [...merged.values()];
}

/** @returns the rest; an address that is not there is no mistake */
export function withoutEntries(
  entries: readonly IpGroupEntry[],
  removed: readonly Pick<IpGroupEntry, 'ip'>[],
): readonly IpGroupEntry[] {
  const keys = new Set(removed.map(entryKeyOf));
  return entries.filter((entry) => !keys.has(entryKeyOf(entry)));
}

export function checkEntryCount(count: number, quotas: Quotas): Problem | null {
  const limit = quotas.ipgroup_max_length;
  if (limit < 0 || count <= limit) return null;
  return problem(
    'quotaExceeded',
    `quota exceeded for ipgroup_max_length: ${count} entries, ${limit} allowed`,
  );
}

/** All groups of one listener together hold no more than one group may. */
export function checkAccessControl(
  { ipGroupIds }: AccessControl,
  groups: readonly Pick<IpGroup, 'id' | 'entries'>[],
  quotas: Quotas,
): Problem | null {
  if (new Set(ipGroupIds).size < ipGroupIds.length)
    return invalidField('listener.ipgroup.ipgroup_id', 'must not name a group twice');
  const limit = quotas.ipgroups_per_listener;
  if (limit >= 0 && ipGroupIds.length > limit)
    return problem('quotaExceeded', `quota exceeded for ipgroups_per_listener: ${limit} allowed`);
  return checkEntryCount(
    groups.reduce((sum, { entries }) => sum + entries.length, 0),
    quotas,
  );
}

/** @param bound listeners that use the group already, without the one that is to use it */
export function checkBindings(groupId: string, bound: number, quotas: Quotas): Problem | null {
  const limit = quotas.ipgroup_bindings;
  if (limit < 0 || bound < limit) return null;
  return problem(
    'quotaExceeded',
    `quota exceeded for ipgroup_bindings: ipgroup ${groupId} has ${limit} listeners`,
  );
}

/** Also while the listener has the list switched off: it must be there when it is switched on again. */
export function checkIpGroupIsUnused(
  groupId: string,
  listeners: readonly Pick<Listener, 'id'>[],
): Problem | null {
  const [first] = listeners;
  return first === undefined ? null : conflict(`ipgroup ${groupId} is used by listener ${first.id}`);
}
