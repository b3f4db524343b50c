import type { ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { ExpiryTag } from './expiry-tag.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { certificateById, ipGroupById, policyCount, poolById } from './named-queries.ts';
import { troubleList } from './queries.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface ListenerCellProps {
  readonly of: ListenerWire;
}

export function ListenerStateCell({ of }: ListenerCellProps) {
  const t = useMessages(loadBalancerMessages);
  const trouble = (useQuery(troubleList).data ?? []).find(({ id }) => id === of.id);
  if (trouble === undefined) return <StatusText tone="good">{t.listeners.serving}</StatusText>;
  return (
    <Tooltip title={t.statusHint.error(serverWords(trouble.reason))}>
      <span tabIndex={0}>
        <StatusText tone="bad">{t.status.error}</StatusText>
      </span>
    </Tooltip>
  );
}

export function PoolCell({ of }: ListenerCellProps) {
  const t = useMessages(loadBalancerMessages).listeners;
  const pool = useQuery(poolById(of.default_pool_id)).data ?? undefined;
  if (of.default_pool_id === null) return <span className="cell-sub">{t.noPool}</span>;
  return (
    <Link className="cell-cut" to={`/pools/${of.default_pool_id}`}>
      {pool === undefined ? of.default_pool_id : nameOf(pool)}
    </Link>
  );
}

export function PoliciesCell({ of }: ListenerCellProps) {
  const count = useQuery(policyCount(of.id)).data ?? '–';
  return <Link to={`/listeners/${of.id}/policies`}>{count}</Link>;
}

export function CertificateCell({ of }: ListenerCellProps) {
  const certificate = useQuery(certificateById(of.default_tls_container_ref)).data ?? null;
  if (certificate === null) return '–';
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
  if (of.ipgroup === null) return t.all;
  const { ipgroup_id: ids, type, enable_ipgroup: isOn } = of.ipgroup;
  return (
    <span className="cell-links">
      <span>{`${t[type]}${isOn ? '' : ` (${t.off})`}:`}</span>
      {ids.split(',').map((id) => (
        <GroupLink key={id} id={id} />
      ))}
    </span>
  );
}

function GroupLink({ id }: { readonly id: string }) {
  const group = useQuery(ipGroupById(id)).data;
  return <Link to={`/ip-groups/${id}`}>{group?.name || id}</Link>;
}
