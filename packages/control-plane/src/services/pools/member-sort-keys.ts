import type { MemberStatus, SortKey } from '@elbow/api';
import type { Member, Pool } from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { Fleet } from '../../fleet.ts';
import { memberStatuses, offlineMembers } from './member-statuses.ts';

type Seen = Pick<Fleet, 'memberHealth' | 'nodes'>;

/** What needs somebody comes first. */
const rankOf: Readonly<Record<MemberStatus['operatingStatus'], number>> = {
  OFFLINE: 0,
  UNKNOWN: 1,
  INITIAL: 2,
  NO_MONITOR: 3,
  ONLINE: 4,
};

/** By what members are put in order, by their ids: `name`, `address` or `operating_status`. */
export async function memberSortKeys(
  fleet: Seen,
  reader: Reader,
  { name, rows }: { readonly name: string; readonly rows: readonly Member[] },
): Promise<ReadonlyMap<string, SortKey>> {
  if (name !== 'operating_status') {
    const goesByName = name === 'name';
    return new Map(rows.map((row) => [row.id, goesByName && row.name !== '' ? row.name : placeOf(row)]));
  }
  const statuses = await memberStatuses(reader, rows, fleet);
  return new Map(rows.map(({ id }) => [id, rankOf[statuses.get(id)?.operatingStatus ?? 'UNKNOWN']]));
}

function placeOf({ address, port }: Member): string {
  return `${address}:${port}`;
}

/** Pools by how many of their members do not answer, the most first. */
export async function poolRanks(
  fleet: Seen,
  reader: Reader,
  rows: readonly Pool[],
): Promise<ReadonlyMap<string, number>> {
  const ranks = new Map(rows.map(({ id }) => [id, 0]));
  for (const { poolId } of await offlineMembers(reader, [...ranks.keys()], fleet))
    ranks.set(poolId, (ranks.get(poolId) ?? 0) - 1);
  return ranks;
}
