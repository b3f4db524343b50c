import type { HealthMonitorWire, MemberWire } from '@elbow/api';
import type { Tone } from '../shell/status-dot.tsx';
import type { PoolMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

export type MemberState = MemberWire['operating_status'];

export const stateTones: Readonly<Record<MemberState, Tone>> = {
  ONLINE: 'good',
  OFFLINE: 'bad',
  INITIAL: 'busy',
  NO_MONITOR: 'off',
  UNKNOWN: 'off',
};

export interface Counts {
  readonly healthy: number;
  readonly unhealthy: number;
  readonly other: number;
  readonly all: number;
}

export function countsOf(members: readonly Pick<MemberWire, 'operating_status'>[]): Counts {
  const healthy = members.filter(({ operating_status: status }) => status === 'ONLINE').length;
  const unhealthy = members.filter(({ operating_status: status }) => status === 'OFFLINE').length;
  return { healthy, unhealthy, other: members.length - healthy - unhealthy, all: members.length };
}

/** `10.0.0.5:8080` */
export function placeOf({
  address,
  protocol_port: port,
}: Pick<MemberWire, 'address' | 'protocol_port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export function nameOfMember(member: Pick<MemberWire, 'name' | 'address' | 'protocol_port'>): string {
  return member.name === '' ? placeOf(member) : member.name;
}

export type Reason = NonNullable<MemberWire['reason']>;
export type ReasonCode = keyof PoolMessages['reasons'];

export function isKnownReason(code: string, { reasons }: PoolMessages): code is ReasonCode {
  return code in reasons;
}

/** The reason in few words, from what the monitor asks for; what is not known stays as the server said it. */
export function reasonText(
  member: Pick<MemberWire, 'protocol_port' | 'reason'>,
  monitor: HealthMonitorWire | undefined,
  t: PoolMessages,
): string {
  const { reason } = member;
  if (reason === null) return '';
  const code = reason.reason_code;
  if (!isKnownReason(code, t)) return serverWords(reason.message);
  if (code === 'RESPONSE_MISMATCH')
    return t.reasons.RESPONSE_MISMATCH(reason.healthcheck_response ?? '?', reason.expected_response ?? '?');
  const port = monitor?.monitor_port ?? member.protocol_port;
  return t.reasons[code](port, monitor?.timeout ?? 0);
}

/** From when the member has its state, as far as that is a matter of time. */
export function changedAt(member: MemberWire): string {
  return member.status[0]?.updated_at ?? member.updated_at;
}
