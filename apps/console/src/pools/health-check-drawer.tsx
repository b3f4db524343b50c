import type { HealthMonitorWire, PoolWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { HealthCheckFields } from './health-check-fields.tsx';
import { HealthCheckTiming } from './health-check-timing.tsx';
import { monitorBody, type MonitorValues, monitorValues } from './monitor-values.ts';
import { poolMessages } from './messages.ts';
import { useMonitor } from './pool-cells.tsx';
import { useMonitorEdit } from './use-monitor-edit.ts';

export interface HealthCheckDrawerProps {
  readonly pool: PoolWire;
  readonly onClose: () => void;
}

/** How nodes find out which servers are well, and how quickly. */
export function HealthCheckDrawer(props: HealthCheckDrawerProps) {
  const monitor = useMonitor(props.pool);
  const isKnown = props.pool.healthmonitor_id === null || monitor !== undefined;
  return isKnown ? <Known {...props} monitor={monitor} /> : null;
}

interface KnownProps extends HealthCheckDrawerProps {
  readonly monitor: HealthMonitorWire | undefined;
}

function Known({ pool, monitor, onClose }: KnownProps) {
  const { monitor: t } = useMessages(poolMessages);
  const [form] = Form.useForm<MonitorValues>();
  // The page goes on looking; the form stays with what it was opened on.
  const [opened] = useState(monitor);
  const save = useMonitorEdit(pool, opened, onClose);
  const initial = monitorValues(pool, opened);
  const isOn = Form.useWatch('admin_state_up', form) ?? initial.admin_state_up;
  return (
    <>
      <FormDrawer<MonitorValues>
        title={t.title}
        submitLabel={t.save}
        form={form}
        initialValues={initial}
        isBusy={save.isRunning}
        error={save.error}
        onSubmit={(values) => void save.run(monitorBody({ ...initial, ...values }))}
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
      {save.dialog}
    </>
  );
}
