import type { ComposeBody, HealthMonitorCreateBody, PoolCreateBody } from '@elbow/api';
import { createBody } from '../form/listener-body.ts';
import type { MemberRow, MonitorValues, PoolValues, WizardDraft } from './wizard-draft.ts';

/** The one call that makes everything of a draft. */
export function composeBody(draft: WizardDraft, loadBalancerId: string): ComposeBody {
  const { pool, members, monitor, serverNames } = draft;
  const listener = createBody(draft.listener, loadBalancerId);
  const names = serverNames.length === 0 ? {} : { server_names: serverNames };
  if (pool.choice === 'existing')
    return { listener: { ...listener, default_pool_id: pool.default_pool_id ?? null }, ...names };
  return {
    listener,
    pool: poolBody(pool, loadBalancerId),
    members: members.map(memberBody),
    ...(monitor.isOn ? { healthmonitor: monitorBody(monitor) } : {}),
    ...names,
  };
}

export function poolBody(pool: PoolValues, loadBalancerId: string): PoolCreateBody {
  const { session_persistence: persistence, slow_start: slowStart, lb_algorithm: algorithm } = pool;
  const isSticky = pool.isSticky && algorithm !== 'SOURCE_IP';
  const isSlow = slowStart.enable && algorithm === 'ROUND_ROBIN';
  return {
    loadbalancer_id: loadBalancerId,
    name: pool.name,
    type: pool.type,
    protocol: pool.protocol,
    lb_algorithm: algorithm,
    ...(isSticky ? { session_persistence: persistenceBody(persistence) } : {}),
    ...(isSlow ? { slow_start: { enable: true, duration: slowStart.duration as number } } : {}),
    ...(pool.isFailOpen ? { pool_health: { minimum_healthy_member_count: 1 } } : {}),
    ...(pool.member_deletion_protection_enable ? { member_deletion_protection_enable: true } : {}),
    ...(pool.description === '' ? {} : { description: pool.description }),
  };
}

function persistenceBody({
  type,
  cookie_name: name,
  persistence_timeout: minutes,
}: PoolValues['session_persistence']) {
  const timeout = { persistence_timeout: minutes as number };
  return type === 'APP_COOKIE' ? { type, cookie_name: name, ...timeout } : { type, ...timeout };
}

export function memberBody({ address, protocol_port: port, weight, name }: MemberRow) {
  return {
    address,
    protocol_port: port as number,
    weight: weight as number,
    ...(name === '' ? {} : { name }),
  };
}

const speaksHttp: readonly string[] = ['HTTP', 'HTTPS', 'GRPC'];

export function monitorBody(monitor: MonitorValues): Omit<HealthMonitorCreateBody, 'pool_id'> {
  const { type } = monitor;
  const hasCodes = speaksHttp.includes(type);
  return {
    type,
    delay: monitor.delay as number,
    timeout: monitor.timeout as number,
    max_retries: monitor.max_retries as number,
    max_retries_down: monitor.max_retries_down as number,
    ...(monitor.monitor_port === null ? {} : { monitor_port: monitor.monitor_port }),
    ...(hasCodes && monitor.hasDomain ? { domain_name: monitor.domain_name } : {}),
    ...(hasCodes ? { expected_codes: monitor.expected_codes } : {}),
    ...(type === 'HTTP' || type === 'HTTPS'
      ? { url_path: monitor.url_path, http_method: monitor.http_method }
      : {}),
  };
}
