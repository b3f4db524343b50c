import type { LoadBalancerWire } from '@elbow/api';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { SwitchFact } from '../load-balancers/switch-fact.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { LogFilterBar } from './log-filter-bar.tsx';
import { LogTable } from './log-table.tsx';
import { accessLogMessages } from './messages.ts';
import { useAccessLog } from './use-access-log.ts';
import { useLogFilters } from './use-log-filters.ts';
import { useLogTank } from './use-log-tank.ts';
import './access-log.css';

export interface LogsTabProps {
  readonly of: LoadBalancerWire;
}

/** The access log of a load balancer: its switch, and what is in it, live. */
export function LogsTab({ of }: LogsTabProps) {
  const t = useMessages(accessLogMessages);
  const tank = useLogTank(of);
  const filtering = useLogFilters();
  const [isLive, setLive] = useState(true);
  const { log, error, isLoading, loadOlder } = useAccessLog(of.id, filtering.filters, isLive);
  if (!tank.isKnown) return <LoadingPage />;
  const isForced = log?.isForced === true;
  const isWriting = tank.isOn || isForced;
  const isEmpty = log?.entries.length === 0;
  return (
    <div className="log">
      <SwitchFact
        label={t.switch}
        help={isForced ? t.everywhere : t.switchHelp}
        isOn={isWriting}
        isFixed={isForced}
        isBusy={tank.write.isRunning}
        onChange={(isOn) => void tank.write.run(isOn)}
      />
      {(tank.error ?? error) !== null && <FailurePanel error={tank.error ?? error} />}
      {!isWriting && isEmpty && filtering.isAny && <EmptyState title={t.offTitle} text={t.offText} />}
      {(isWriting || !isEmpty || !filtering.isAny) && (
        <>
          <LogFilterBar {...filtering} />
          <div className="log-bar">
            <label className="log-live">
              <Switch size="small" checked={isLive} onChange={setLive} />
              {t.live}
            </label>
            <span className="cell-sub" role="status">
              {log === undefined ? '' : `${t.shown(log.entries.length)} · ${t.liveNote(log.arrived)}`}
            </span>
          </div>
          {log === undefined && <LoadingPage />}
          {isEmpty && filtering.isAny && <EmptyState title={t.none} text={t.noneText} />}
          {isEmpty && !filtering.isAny && <p className="cell-sub">{t.noneFound}</p>}
          {log !== undefined && !isEmpty && <LogTable entries={log.entries} />}
          {log?.older && (
            <Button loading={isLoading} onClick={loadOlder}>
              {t.older}
            </Button>
          )}
          <p className="log-note">{t.malformed}</p>
        </>
      )}
    </div>
  );
}
