import type { ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { certificateList, ipGroupList, policyList, poolList } from './listener-queries.ts';
import { ExpiryTag } from './expiry-tag.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { troubleList } from './queries.ts';

export interface ListenerCellProps {
  readonly of: ListenerWire;
}

export function ListenerStateCell({ of }: ListenerCellProps) {
  const t = useMessages(loadBalancerMessages);
  const trouble = (useQuery(troubleList).data ?? []).find(({ id }) => id === of.id);
  if (trouble === undefined) return <StatusText tone="good">{t.listeners.serving}</StatusText>;
  return (
    <Tooltip title={t.statusHint.error(trouble.reason)}>
      <span tabIndex={0}>
        <StatusText tone="bad">{t.status.error}</StatusText>
      </span>
    </Tooltip>
  );
}

export function PoolCell({ of }: ListenerCellProps) {
  const t = useMessages(loadBalancerMessages).listeners;
  const pools = useQuery(poolList).data ?? [];
  if (of.default_pool_id === null) return <span className="cell-sub">{t.noPool}</span>;
  const pool = pools.find(({ id }) => id === of.default_pool_id);
  return (
    <Link className="cell-cut" to={`/pools/${of.default_pool_id}`}>
      {pool === undefined ? of.default_pool_id : nameOf(pool)}
    </Link>
  );
}

export function PoliciesCell({ of }: ListenerCellProps) {
  const policies = useQuery(policyList).data ?? [];
  const count = policies.filter(({ listener_id: owner }) => owner === of.id).length;
  return <Link to={`/listeners/${of.id}/policies`}>{count}</Link>;
}

export function CertificateCell({ of }: ListenerCellProps) {
  const certificates = useQuery(certificateList).data ?? [];
  const certificate = certificates.find(({ id }) => id === of.default_tls_container_ref);
  if (certificate === undefined) return '–';
  return (
    <>
      <Link className="cell-cut" to={`/certificates?q=${certificate.id}`} title={nameOf(certificate)}>
        {nameOf(certificate)}
      </Link>{' '}
      <ExpiryTag expiresAt={certificate.expire_time} />
    </>
  );
}

export function AccessCell({ of }: ListenerCellProps) {
  const t = useMessages(loadBalancerMessages).listeners.access;
  const groups = useQuery(ipGroupList).data ?? [];
  if (of.ipgroup === null) return t.all;
  const { ipgroup_id: ids, type, enable_ipgroup: isOn } = of.ipgroup;
  return (
    <span className="cell-links">
      <span>{`${t[type]}${isOn ? '' : ` (${t.off})`}:`}</span>
      {ids.split(',').map((id) => (
        <Link key={id} to={`/ip-groups/${id}`}>
          {groups.find((group) => group.id === id)?.name || id}
        </Link>
      ))}
    </span>
  );
}
