import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { loadBalancerById, monitorById } from '../load-balancers/named-queries.ts';
import { shellMessages } from '../shell/messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { poolMessages } from './messages.ts';

export interface PoolCellProps {
  readonly of: PoolWire;
}

/** The monitor of a group; undefined without one, and while it is not known. */
export function useMonitor({ healthmonitor_id: id }: PoolWire) {
  return useQuery(monitorById(id)).data ?? undefined;
}

export function CheckCell({ of }: PoolCellProps) {
  const { check: t } = useMessages(poolMessages);
  const monitor = useMonitor(of);
  if (monitor === undefined || !monitor.admin_state_up) return <StatusText tone="off">{t.off}</StatusText>;
  return <StatusText tone="good">{t.on(monitor.type)}</StatusText>;
}

export interface LoadBalancerLinksProps {
  readonly ids: readonly { readonly id: string }[];
}

export function LoadBalancerLinks({ ids }: LoadBalancerLinksProps) {
  const t = useMessages(poolMessages);
  if (ids.length === 0) return <span className="cell-sub">{t.none}</span>;
  return (
    <span className="cell-links">
      {ids.map(({ id }) => (
        <LoadBalancerLink key={id} id={id} />
      ))}
    </span>
  );
}

function LoadBalancerLink({ id }: { readonly id: string }) {
  const found = useQuery(loadBalancerById(id)).data;
  return (
    <Link to={`/lbs/${id}/summary`} className="pool-load-balancer">
      {found ? nameOf(found) : id}
    </Link>
  );
}

export interface PoolOperationsProps extends PoolCellProps {
  readonly onDelete: () => void;
}

export function PoolOperations({ of, onDelete }: PoolOperationsProps) {
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  return (
    <span className="operations">
      <Link to={`/pools/${of.id}/summary`}>{actions.edit}</Link>
      <Button type="link" size="small" onClick={onDelete} aria-label={`${actions.delete} ${nameOf(of)}`}>
        {actions.delete}
      </Button>
    </span>
  );
}
