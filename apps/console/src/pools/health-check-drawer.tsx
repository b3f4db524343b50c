import type { PoolWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { HealthCheckFields } from './health-check-fields.tsx';
import { HealthCheckTiming } from './health-check-timing.tsx';
import { type MonitorValues, monitorValues } from './monitor-values.ts';
import { poolMessages } from './messages.ts';
import { useMonitor } from './pool-cells.tsx';
import { useMonitorWrite } from './use-monitor-write.ts';

export interface HealthCheckDrawerProps {
  readonly pool: PoolWire;
  readonly onClose: () => void;
}

/** How nodes find out which servers are well, and how quickly. */
export function HealthCheckDrawer({ pool, onClose }: HealthCheckDrawerProps) {
  const { monitor: t } = useMessages(poolMessages);
  const [form] = Form.useForm<MonitorValues>();
  const monitor = useMonitor(pool.id);
  const save = useMonitorWrite(pool, monitor, onClose);
  const initial = monitorValues(pool, monitor);
  const isOn = Form.useWatch('admin_state_up', form) ?? initial.admin_state_up;
  return (
    <FormDrawer<MonitorValues>
      title={t.title}
      submitLabel={t.save}
      form={form}
      initialValues={initial}
      isBusy={save.isRunning}
      error={save.error}
      onSubmit={(values) => void save.run({ ...initial, ...values })}
      onClose={onClose}
    >
      <SwitchField name="admin_state_up" label={t.isOn} />
      {isOn ? (
        <>
          <HealthCheckFields form={form} />
          <HealthCheckTiming form={form} />
        </>
      ) : (
        <Alert type="warning" showIcon title={t.offEffect} />
      )}
    </FormDrawer>
  );
}
