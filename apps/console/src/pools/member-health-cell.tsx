import type { HealthMonitorWire, MemberWire } from '@elbow/api';
import { Button, Popover, Tooltip } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { isKnownReason, type MemberState, reasonText, stateTones } from './member-state.ts';
import { poolMessages } from './messages.ts';

export interface MemberHealthCellProps {
  readonly of: MemberWire;
  readonly monitor: HealthMonitorWire | undefined;
}

/** The state in a word; of an unhealthy server the reason, and what to do about it. */
export function MemberHealthCell({ of, monitor }: MemberHealthCellProps) {
  const t = useMessages(poolMessages);
  return (
    <span className="member-health">
      <StateWord state={of.operating_status} />
      {of.weight === 0 && (
        <Tooltip title={t.stateHint.weightless}>
          <span tabIndex={0}>
            <StatusText tone="off">{t.state.weightless}</StatusText>
          </span>
        </Tooltip>
      )}
      {of.reason !== null && (
        <span className="member-reason">
          {reasonText(of, monitor, t)} <FixButton of={of} />
        </span>
      )}
    </span>
  );
}

function StateWord({ state }: { readonly state: MemberState }) {
  const t = useMessages(poolMessages);
  const word = <StatusText tone={stateTones[state]}>{t.state[state]}</StatusText>;
  if (state === 'ONLINE' || state === 'OFFLINE') return word;
  return (
    <Tooltip title={t.stateHint[state]}>
      <span tabIndex={0}>{word}</span>
    </Tooltip>
  );
}

/** What to do, and the node's own sentence with its code. */
function FixButton({ of: { reason } }: { readonly of: MemberWire }) {
  const t = useMessages(poolMessages);
  if (reason === null) return null;
  const { reason_code: code, message } = reason;
  const content = (
    <div className="member-fix">
      {isKnownReason(code, t) && <p>{t.fixes[code]}</p>}
      <p className="cell-sub">
        <code>{code}</code> {message}
      </p>
    </div>
  );
  return (
    <Popover title={t.fixTitle} content={content} trigger={['click']}>
      <Button type="link" size="small" className="member-fix-button">
        {t.howToFix}
      </Button>
    </Popover>
  );
}
