import type { PoolWire } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { AlgorithmEditor } from './algorithm-editor.tsx';
import { type PoolMessages, poolMessages } from './messages.ts';
import { SettingRow } from './setting-row.tsx';
import { SlowStartEditor } from './slow-start-editor.tsx';
import { StickyEditor } from './sticky-editor.tsx';

/** Algorithm, stickiness and slow start: what does not go with the algorithm says so. */
export function BalancingSettings({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const isSource = of.lb_algorithm === 'SOURCE_IP';
  const maySlow = of.lb_algorithm === 'ROUND_ROBIN' && of.protocol !== 'GRPC';
  return (
    <>
      <SettingRow
        label={t.settings.algorithm}
        value={t.algorithms[of.lb_algorithm]}
        help={t.algorithmTexts[of.lb_algorithm]}
        renderEditor={(close) => <AlgorithmEditor of={of} onClose={close} />}
      />
      <SettingRow
        label={t.settings.sticky}
        value={isSource ? t.settings.stickyNever : stickyText(of, t)}
        {...(isSource ? {} : { renderEditor: (close) => <StickyEditor of={of} onClose={close} /> })}
      />
      <SettingRow
        label={t.settings.slow}
        value={maySlow ? slowText(of, t) : t.settings.slowNever}
        help={t.settings.slowHelp}
        {...(maySlow ? { renderEditor: (close) => <SlowStartEditor of={of} onClose={close} /> } : {})}
      />
    </>
  );
}

function stickyText({ session_persistence: sticky }: PoolWire, { settings: t }: PoolMessages): string {
  if (sticky === null) return t.stickyOff;
  return sticky.cookie_name === undefined
    ? t.stickyCookie(sticky.persistence_timeout)
    : t.stickyApp(sticky.cookie_name);
}

function slowText({ slow_start: slow }: PoolWire, { settings: t }: PoolMessages): string {
  return slow?.enable === true ? t.slowOn(slow.duration) : t.slowOff;
}
