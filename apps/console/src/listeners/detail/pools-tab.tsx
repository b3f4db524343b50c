import type { L7PolicyWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Select, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { useByIds } from '../../api/use-by-ids.ts';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useServerSearch } from '../../fields/use-server-search.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { NameCell } from '../../load-balancers/cells.tsx';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { poolById } from '../../load-balancers/named-queries.ts';
import { poolSource } from '../../load-balancers/search-sources.ts';
import { memberCounts } from '../../pools/queries.ts';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { EmptyState } from '../../shell/empty-state.tsx';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { shellMessages } from '../../shell/messages.ts';
import { StatusText } from '../../shell/status-dot.tsx';
import { listenerPolicies } from '../queries.ts';
import { detailMessages, wizardMessages } from '../texts/messages.ts';
import { poolProtocolsFor } from '../wizard/wizard-draft.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';
import { useListenerChange } from './use-listener-change.ts';

interface UsedPool {
  readonly pool: PoolWire;
  /** Null: it is the default one. */
  readonly policies: readonly L7PolicyWire[] | null;
}

/** The groups that requests of the listener can end at. */
export function PoolsTab({ of }: ListenerTabProps) {
  const t = useMessages(detailMessages).poolsTab;
  const { failure } = useMessages(shellMessages);
  const policies = useQuery(listenerPolicies(of.id)).data ?? [];
  const change = useListenerChange(of);
  const ids = [of.default_pool_id, ...policies.flatMap(poolIdsOf)].filter((id) => id !== null);
  const rows = usedPools(of, useByIds(poolById, ids), policies);
  const columns = useColumns();
  return (
    <>
      {change.dialog}
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      <DefaultPool of={of} change={change} />
      {rows.length === 0 ? (
        <EmptyState title={t.empty} text={t.emptyText} />
      ) : (
        <Table
          rowKey={({ pool, policies }) => `${pool.id} ${policies === null}`}
          size="middle"
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </>
  );
}

function poolIdsOf({ redirect_pool_id: one, redirect_pools_config: many }: L7PolicyWire): readonly string[] {
  const shares = (many ?? []).map(({ pool_id: id }) => id);
  return one === null ? shares : [one, ...shares];
}

function usedPools(
  of: ListenerTabProps['of'],
  pools: readonly PoolWire[],
  policies: readonly L7PolicyWire[],
): readonly UsedPool[] {
  return pools.flatMap((pool) => {
    const users = policies.filter((policy) => poolIdsOf(policy).includes(pool.id));
    const asDefault = pool.id === of.default_pool_id ? [{ pool, policies: null }] : [];
    return [...asDefault, ...(users.length === 0 ? [] : [{ pool, policies: users }])];
  });
}

function useColumns(): TableColumnsType<UsedPool> {
  const t = useMessages(detailMessages).poolsTab;
  const { algorithms } = useMessages(wizardMessages).pool;
  return [
    {
      title: t.columns.name,
      key: 'name',
      render: (_, { pool }) => <NameCell object={pool} to={`/pools/${pool.id}`} />,
    },
    { title: t.columns.protocol, key: 'protocol', render: (_, { pool }) => pool.protocol },
    {
      title: t.columns.algorithm,
      key: 'algorithm',
      responsive: ['md'],
      render: (_, { pool }) => algorithms[pool.lb_algorithm],
    },
    { title: t.columns.servers, key: 'servers', render: (_, { pool }) => <Servers of={pool} /> },
    {
      title: t.columns.use,
      key: 'use',
      render: (_, { policies }) =>
        policies === null ? (
          <Tag color="blue">{t.byDefault}</Tag>
        ) : (
          policies.map(nameOf).map(t.byPolicy).join(', ')
        ),
    },
  ];
}

function Servers({ of }: { readonly of: PoolWire }) {
  const t = useMessages(detailMessages).poolsTab;
  const counts = useQuery(memberCounts(of.id)).data;
  if (counts === undefined) return '–';
  if (counts.all === 0) return <StatusText tone="warn">{t.noServers}</StatusText>;
  const healthy = counts.all - counts.unhealthy;
  const tone = healthy === counts.all ? 'good' : healthy === 0 ? 'bad' : 'warn';
  return <StatusText tone={tone}>{t.servers(healthy, counts.all)}</StatusText>;
}

interface DefaultPoolProps extends ListenerTabProps {
  readonly change: ReturnType<typeof useListenerChange>;
}

/** Where requests go that no policy has an opinion on. */
function DefaultPool({ of, change }: DefaultPoolProps) {
  const t = useMessages(detailMessages);
  const { unfit } = useMessages(wizardMessages).pool;
  const [isDetaching, setDetaching] = useState(false);
  const chosen = of.default_pool_id === null ? [] : [of.default_pool_id];
  const { rows, isLoading, showSearch } = useServerSearch(poolSource, chosen);
  if (!useCanEdit()) return null;
  const fits = ({ protocol }: PoolWire): boolean => poolProtocolsFor(of.protocol).includes(protocol);
  const options = rows.map((pool) => ({
    value: pool.id,
    label: nameOf(pool),
    disabled: !fits(pool),
    ...(fits(pool) ? {} : { title: unfit(pool.protocol, of.protocol) }),
  }));
  const detach = (): void =>
    void change.run({ default_pool_id: null }).then((isOver) => isOver && setDetaching(false));
  return (
    <div className="default-pool">
      <Select
        showSearch={showSearch}
        loading={isLoading}
        aria-label={t.poolsTab.choose}
        placeholder={t.poolsTab.choose}
        value={of.default_pool_id}
        options={options}
        disabled={change.isRunning}
        onChange={(id) => void change.run({ default_pool_id: id })}
      />
      {of.default_pool_id !== null && <Button onClick={() => setDetaching(true)}>{t.poolsTab.detach}</Button>}
      {isDetaching && (
        <ConfirmDialog
          title={t.poolsTab.detachTitle}
          okLabel={t.poolsTab.detach}
          isBusy={change.isRunning}
          error={change.error}
          onOk={detach}
          onClose={() => setDetaching(false)}
        >
          <p>{t.effect.detach}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
