import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';
import type { Counts } from './member-state.ts';

/** Healthy, unhealthy and other servers as parts of a bar, with the numbers below. */
export function HealthBar({ counts }: { readonly counts: Counts }) {
  const { health: t } = useMessages(poolMessages);
  const { healthy, unhealthy, other, all } = counts;
  if (all === 0) return <span className="cell-sub">{t.noServers}</span>;
  const text = healthy + unhealthy === 0 ? t.notChecked(all) : t.count(healthy, all);
  return (
    <span className="health-bar">
      <span className="health-bar-track" role="img" aria-label={t.label(healthy, unhealthy, other)}>
        <Part className="health-bar-good" count={healthy} />
        <Part className="health-bar-bad" count={unhealthy} />
        <Part className="health-bar-other" count={other} />
      </span>
      <span className="cell-sub">{text}</span>
    </span>
  );
}

function Part({ className, count }: { readonly className: string; readonly count: number }) {
  return count === 0 ? null : <span className={className} style={{ flexGrow: count }} />;
}
