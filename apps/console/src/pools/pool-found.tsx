import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { DeletePoolDialog } from './delete-pool-dialog.tsx';
import { poolMessages } from './messages.ts';
import { PoolFilters } from './pool-filters.tsx';
import { PoolTable } from './pool-table.tsx';
import { membersOfPools } from './queries.ts';

const BulkActions = lazy(async () => ({
  default: (await import('./pool-bulk-actions.tsx')).PoolBulkActions,
}));

export interface PoolFoundProps {
  readonly list: PagedList<PoolWire>;
  /** All of them belong to one load balancer. */
  readonly isOfLoadBalancer?: boolean;
}

/** Groups with search and filters, and what can be done with several. */
export function PoolFound({ list, isOfLoadBalancer = false }: PoolFoundProps) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const [removing, setRemoving] = useState<PoolWire | null>(null);
  const [selected, setSelected] = useState<readonly PoolWire[]>([]);
  const ids = (list.rows ?? []).map(({ id }) => id);
  const members = useQuery(membersOfPools(ids)).data;
  const byPool = useMemo(() => Map.groupBy(members ?? [], ({ pool_id: id }) => id), [members]);
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search}>
        <PoolFilters withLoadBalancer={!isOfLoadBalancer} />
      </PagedToolbar>
      {selected.length > 0 && (
        <Suspense>
          <BulkActions rows={selected} onSelect={setSelected} />
        </Suspense>
      )}
      <PoolTable
        list={list}
        members={byPool}
        isOfLoadBalancer={isOfLoadBalancer}
        onDelete={setRemoving}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {removing !== null && <DeletePoolDialog of={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
