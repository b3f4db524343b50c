import type { HealthMonitorWire, MemberWire, PoolWire } from '@elbow/api';
import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { type PoolMessages, poolMessages } from './messages.ts';

export interface MembersNoticeProps {
  readonly of: PoolWire;
  readonly all: readonly MemberWire[];
  readonly monitor: HealthMonitorWire | undefined;
}

/** What the state of all servers together means for requests. */
export function MembersNotice(props: MembersNoticeProps) {
  const t = useMessages(poolMessages);
  const notice = noticeOf(props, t);
  if (notice === null) return null;
  return <Alert showIcon className="pool-note" type={notice.type} title={notice.text} />;
}

interface Notice {
  readonly type: 'error' | 'warning';
  readonly text: string;
}

function noticeOf({ of, all, monitor }: MembersNoticeProps, { members: t }: PoolMessages): Notice | null {
  const weighty = all.filter(({ weight }) => weight > 0);
  if (weighty.length === 0) return { type: 'error', text: t.noWeight };
  if (weighty.every(({ operating_status: status }) => status === 'OFFLINE')) {
    const isFailOpen = of.pool_health.minimum_healthy_member_count === 1;
    return isFailOpen ? { type: 'warning', text: t.allDownOpen } : { type: 'error', text: t.allDown };
  }
  const isChecked = monitor !== undefined && monitor.admin_state_up;
  return isChecked ? null : { type: 'warning', text: t.notChecked };
}
