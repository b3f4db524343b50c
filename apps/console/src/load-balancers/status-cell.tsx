import type { LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { type LoadBalancerStatus, statusOf, statusTones } from './load-balancer-status.ts';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';
import { offlineMembers, troubleList } from './queries.ts';
import { serverWords } from '../server-words/server-words.ts';

/** The word for a load balancer and all below it; what it means on hover. */
export function StatusCell({ of }: { readonly of: LoadBalancerWire }) {
  const t = useMessages(loadBalancerMessages);
  const members = useQuery(offlineMembers).data ?? [];
  const troubles = useQuery(troubleList).data ?? [];
  const status = statusOf(of, { offlineMembers: members, troubles });
  return (
    <Tooltip title={hint(t, status)}>
      <span tabIndex={0}>
        <StatusText tone={statusTones[status.word]}>{t.status[status.word]}</StatusText>
      </span>
    </Tooltip>
  );
}

function hint({ statusHint }: LoadBalancerMessages, status: LoadBalancerStatus): string {
  if (status.word === 'degraded') return statusHint.degraded(status.offlineCount);
  return status.word === 'error' ? statusHint.error(serverWords(status.reason)) : statusHint[status.word];
}
