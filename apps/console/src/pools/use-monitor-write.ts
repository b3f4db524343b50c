import type { HealthMonitorWire, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';
import { type MonitorValues, monitorBody } from './monitor-values.ts';

/** Changes the monitor of a group, or gives it its first. */
export function useMonitorWrite(
  { id }: PoolWire,
  monitor: HealthMonitorWire | undefined,
  onDone: () => void,
) {
  const { monitor: t } = useMessages(poolMessages);
  return useWrite({
    call: (values: MonitorValues) => {
      const body = monitorBody(values);
      return monitor === undefined
        ? client.createHealthMonitor({ body: { healthmonitor: { ...body, pool_id: id } } })
        : client.updateHealthMonitor({
            params: { healthmonitor_id: monitor.id },
            body: { healthmonitor: body },
          });
    },
    said: () => t.saved,
    concerns: () => [id],
    onDone: () => onDone(),
  });
}
