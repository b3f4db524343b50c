import type { MemberOfAnyPoolWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import { DeletePoolDialog } from './delete-pool-dialog.tsx';
import { poolMessages } from './messages.ts';
import { PoolFilters } from './pool-filters.tsx';
import { PoolTable } from './pool-table.tsx';
import { allMembers } from './queries.ts';

export interface PoolFoundProps {
  readonly all: readonly PoolWire[];
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  /** All of them belong to one load balancer. */
  readonly isOfLoadBalancer?: boolean;
}

/** Groups with search and filters. */
export function PoolFound({ all, isFetching, onRefresh, isOfLoadBalancer = false }: PoolFoundProps) {
  const t = useMessages(poolMessages);
  const [search, setSearch] = useUrlValue('q');
  const [removing, setRemoving] = useState<PoolWire | null>(null);
  const members = useQuery(allMembers).data;
  const byPool = useMemo(() => Map.groupBy(members ?? [], ({ pool_id: id }) => id), [members]);
  const isShown = useFilter(byPool);
  const shown = all.filter((pool) => isShown(pool) && matchesSearch(search, searchable(pool, byPool)));
  return (
    <>
      <ListToolbar
        {...{ search, isFetching, onRefresh }}
        onSearch={setSearch}
        placeholder={t.search}
        shown={shown.length}
        all={all.length}
      >
        <PoolFilters withLoadBalancer={!isOfLoadBalancer} />
      </ListToolbar>
      <PoolTable rows={shown} members={byPool} isOfLoadBalancer={isOfLoadBalancer} onDelete={setRemoving} />
      {removing !== null && <DeletePoolDialog of={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

type ByPool = ReadonlyMap<string, readonly MemberOfAnyPoolWire[]>;

function useFilter(members: ByPool): (pool: PoolWire) => boolean {
  const [loadBalancerId] = useUrlValue('lb');
  const [protocol] = useUrlValue('protocol');
  const [health] = useUrlValue('health');
  return (pool) =>
    (loadBalancerId === '' || pool.loadbalancers.some(({ id }) => id === loadBalancerId)) &&
    (protocol === '' || pool.protocol === protocol) &&
    (health === '' ||
      (members.get(pool.id) ?? []).some(({ operating_status: status }) => status === 'OFFLINE'));
}

function searchable({ id, name, description }: PoolWire, members: ByPool): string[] {
  const places = (members.get(id) ?? []).map(
    (member) => `${member.name} ${member.address}:${member.protocol_port}`,
  );
  return [id, name, description, ...places];
}
