import type { HealthMonitorUpdateBody, HealthMonitorWire, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';
import { readMonitor } from './queries.ts';

/** Changes the monitor of a group, but not over somebody else's change; or gives the group its first. */
export function useMonitorEdit({ id }: PoolWire, monitor: HealthMonitorWire | undefined, onDone: () => void) {
  const { monitor: t } = useMessages(poolMessages);
  return useEdit({
    of: monitor ?? {},
    isOpenAtOnce: true,
    read: async (): Promise<{ readonly object: object; readonly etag: string | null }> =>
      monitor === undefined ? { object: {}, etag: null } : readMonitor(monitor.id),
    call: (body: MonitorBody, ifMatch) =>
      monitor === undefined
        ? client.createHealthMonitor({ body: { healthmonitor: { ...body, pool_id: id } } })
        : client.updateHealthMonitor({
            params: { healthmonitor_id: monitor.id },
            body: { healthmonitor: body },
            ifMatch,
          }),
    said: () => t.saved,
    concerns: () => [id],
    onDone,
    labels: {
      admin_state_up: t.isOn,
      type: t.type,
      domain_name: t.host,
      monitor_port: t.port,
      url_path: t.path,
      http_method: t.method,
      expected_codes: t.codes,
      delay: t.delay,
      timeout: t.timeout,
      max_retries: t.rise,
      max_retries_down: t.fall,
    },
  });
}

type MonitorBody = HealthMonitorUpdateBody &
  Pick<HealthMonitorWire, 'type' | 'delay' | 'timeout' | 'max_retries'>;
