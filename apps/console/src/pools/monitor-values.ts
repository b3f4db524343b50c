import type { HealthMonitorUpdateBody, HealthMonitorWire, PoolWire } from '@elbow/api';

export type CheckType = HealthMonitorWire['type'];

/** What the form holds; names are those of the API but for the choice of the host. */
export interface MonitorValues {
  readonly admin_state_up: boolean;
  readonly type: CheckType;
  readonly hasDomain: boolean;
  readonly domain_name: string | null;
  readonly monitor_port: number | null;
  readonly url_path: string;
  readonly http_method: HealthMonitorWire['http_method'];
  readonly expected_codes: string;
  readonly delay: number;
  readonly timeout: number;
  readonly max_retries: number;
  readonly max_retries_down: number;
}

export const checkTypes: readonly CheckType[] = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'GRPC'];

/** Whether a check of this type asks for something and looks at the answer. */
export function isHttpCheck(type: CheckType): boolean {
  return type === 'HTTP' || type === 'HTTPS';
}

export function usualCodesOf(type: CheckType): string {
  return type === 'GRPC' ? '0' : '200';
}

/** What is configured, or what fits the group at first. */
export function monitorValues({ protocol }: PoolWire, monitor: HealthMonitorWire | undefined): MonitorValues {
  if (monitor === undefined)
    return {
      admin_state_up: true,
      type: protocol,
      hasDomain: false,
      domain_name: null,
      monitor_port: null,
      url_path: '/',
      http_method: 'GET',
      expected_codes: usualCodesOf(protocol),
      delay: 5,
      timeout: 3,
      max_retries: 3,
      max_retries_down: 3,
    };
  return { ...monitor, hasDomain: monitor.domain_name !== null };
}

/** As the API takes it. What the type has no use for stays as it was. */
export function monitorBody(values: MonitorValues) {
  const { type } = values;
  const hasCodes = isHttpCheck(type) || type === 'GRPC';
  return {
    admin_state_up: values.admin_state_up,
    type,
    delay: values.delay,
    timeout: values.timeout,
    max_retries: values.max_retries,
    max_retries_down: values.max_retries_down,
    monitor_port: values.monitor_port,
    domain_name: values.hasDomain ? values.domain_name : null,
    ...(isHttpCheck(type) ? { url_path: values.url_path, http_method: values.http_method } : {}),
    expected_codes: hasCodes ? values.expected_codes.replaceAll(/\s/g, '') : null,
  } satisfies HealthMonitorUpdateBody;
}
