import type { AttentionAnswer } from '@elbow/api';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText, type Tone } from '../shell/status-dot.tsx';
import { monitoringMessages } from './messages.ts';

type Counts = AttentionAnswer['counts'];

/** How much there is of everything, each a way to its list. */
export function OverviewCounts({ counts }: { readonly counts: Counts }) {
  const t = useMessages(monitoringMessages).overview;
  const { number } = useFormat();
  const tiles = [
    { to: '/lbs', label: t.loadBalancers, count: counts.load_balancers },
    { to: '/lbs', label: t.listeners, count: counts.listeners },
    { to: '/pools', label: t.pools, count: counts.pools },
    { to: '/pools', label: t.servers, count: counts.members.all },
    { to: '/certificates', label: t.certificates, count: counts.certificates },
  ];
  return (
    <ul className="ov-counts">
      {tiles.map(({ to, label, count }) => (
        <li key={label}>
          <Link to={to}>
            <span className="ov-count">{number(count)}</span>
            <span>{label}</span>
            {label === t.servers && <Health of={counts.members} />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Only what there is: nobody needs to read that nothing is down. */
function Health({ of }: { readonly of: Counts['members'] }) {
  const t = useMessages(monitoringMessages).overview;
  const { number } = useFormat();
  const parts: readonly (readonly [Tone, number, (count: string) => string])[] = [
    ['good', of.online, t.healthy],
    ['bad', of.offline, t.unhealthy],
    ['off', of.all - of.online - of.offline, t.unchecked],
  ];
  return (
    <span className="ov-health">
      {parts
        .filter(([, count]) => count > 0)
        .map(([tone, count, say]) => (
          <StatusText key={tone} tone={tone}>
            {say(number(count))}
          </StatusText>
        ))}
    </span>
  );
}
