import type { HealthMonitorWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { type PoolMessages, poolMessages } from './messages.ts';
import { type MemberCounts, memberCounts } from './queries.ts';

export interface MembersNoticeProps {
  readonly of: PoolWire;
  readonly monitor: HealthMonitorWire | undefined;
}

/** What the state of all servers together means for requests. */
export function MembersNotice(props: MembersNoticeProps) {
  const t = useMessages(poolMessages);
  const counts = useQuery(memberCounts(props.of.id)).data;
  const notice = counts === undefined ? null : noticeOf(props, counts, t);
  if (notice === null) return null;
  return <Alert showIcon className="pool-note" type={notice.type} title={notice.text} />;
}

interface Notice {
  readonly type: 'error' | 'warning';
  readonly text: string;
}

function noticeOf(
  { of, monitor }: MembersNoticeProps,
  counts: MemberCounts,
  { members: t }: PoolMessages,
): Notice | null {
  const weighty = counts.all - counts.weightless;
  if (weighty === 0) return { type: 'error', text: t.noWeight };
  if (counts.unhealthy - counts.weightlessUnhealthy === weighty) {
    const isFailOpen = of.pool_health.minimum_healthy_member_count === 1;
    return isFailOpen ? { type: 'warning', text: t.allDownOpen } : { type: 'error', text: t.allDown };
  }
  const isChecked = monitor !== undefined && monitor.admin_state_up;
  return isChecked ? null : { type: 'warning', text: t.notChecked };
}
