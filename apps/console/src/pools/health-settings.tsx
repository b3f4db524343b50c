import type { PoolWire } from '@elbow/api';
import { EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { SwitchFact } from '../load-balancers/switch-fact.tsx';
import { StatusText } from '../shell/status-dot.tsx';
import { EjectionEditor } from './ejection-editor.tsx';
import { windowText } from './health-window.ts';
import { poolMessages } from './messages.ts';
import { useMonitor } from './pool-cells.tsx';
import { poolExtras } from './queries.ts';
import { SettingRow } from './setting-row.tsx';
import { usePoolChange } from './use-pool-change.ts';

const CheckDrawer = lazy(async () => ({
  default: (await import('./health-check-drawer.tsx')).HealthCheckDrawer,
}));

/** How servers that are down are found, and what happens when none is left. */
export function HealthSettings({ of }: { readonly of: PoolWire }) {
  const { settings: t } = useMessages(poolMessages);
  const change = usePoolChange(of);
  return (
    <>
      <CheckRow of={of} />
      <EjectionRow of={of} />
      <SwitchFact
        label={t.failOpen}
        help={t.failOpenHelp}
        isOn={of.pool_health.minimum_healthy_member_count === 1}
        isBusy={change.isRunning}
        onChange={(isOn) => void change.run({ pool_health: { minimum_healthy_member_count: isOn ? 1 : 0 } })}
      />
      {change.dialog}
    </>
  );
}

function CheckRow({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const monitor = useMonitor(of);
  const [isOpen, setOpen] = useState(false);
  const isOn = monitor !== undefined && monitor.admin_state_up;
  return (
    <div className="setting-row">
      <div className="setting-label">{t.monitor.label}</div>
      <div className="setting-body">
        <span className="inline-text">
          <StatusText tone={isOn ? 'good' : 'off'}>
            {isOn ? t.monitor.summary(monitor.type, monitor.delay) : t.monitor.none}
          </StatusText>
          {canEdit && (
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={t.monitor.title}
              onClick={() => setOpen(true)}
            />
          )}
        </span>
        {isOn && <div className="cell-sub">{windowText(monitor, t)}</div>}
      </div>
      {isOpen && (
        <Suspense>
          <CheckDrawer pool={of} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

function EjectionRow({ of }: { readonly of: PoolWire }) {
  const { settings: t } = useMessages(poolMessages);
  const ejection = useQuery(poolExtras(of.id)).data?.passive_ejection;
  if (ejection === undefined) return null;
  return (
    <SettingRow
      label={t.ejection}
      value={ejection.enable ? t.ejectionOn(ejection.failures, ejection.seconds) : t.ejectionOff}
      help={t.ejectionHelp}
      renderEditor={(close) => <EjectionEditor of={of} now={ejection} onClose={close} />}
    />
  );
}
