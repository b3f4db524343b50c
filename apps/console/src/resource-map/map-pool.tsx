import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { countsOf, placeOf, stateTones } from '../pools/member-state.ts';
import { StatusDot, type Tone } from '../shell/status-dot.tsx';
import { mapMessages } from './messages.ts';
import type { Resources } from './queries.ts';

export interface MapPoolProps {
  readonly id: string;
  readonly resources: Resources;
}

const mostShown = 8;

/** A server group with its servers, those that are down first. */
export function MapPool({ id, resources }: MapPoolProps) {
  const t = useMessages(mapMessages);
  const pool = resources.topology.nodes.pools.find((one) => one.id === id);
  const members = resources.members
    .filter(({ pool_id: owner }) => owner === id)
    .toSorted((a, b) => Number(b.operating_status === 'OFFLINE') - Number(a.operating_status === 'OFFLINE'));
  const counts = countsOf(members);
  const isChecked = counts.healthy + counts.unhealthy > 0;
  return (
    <>
      <Link className="map-node" to={`/pools/${id}`}>
        <StatusDot tone={toneOf(counts)} />
        <strong>{pool === undefined ? id : nameOf(pool)}</strong>
        {isChecked && <span className="map-soft">{t.healthy(counts.healthy, counts.all)}</span>}
      </Link>
      <ul className="map-members">
        {members.length === 0 && <li className="map-soft">{t.noMembers}</li>}
        {members.slice(0, mostShown).map((member) => (
          <li key={member.id}>
            <Link className="map-member" to={`/pools/${id}`}>
              <StatusDot tone={stateTones[member.operating_status]} />
              <code>{placeOf(member)}</code>
              <span className="map-soft">{t.states[member.operating_status]}</span>
            </Link>
          </li>
        ))}
        {members.length > mostShown && (
          <li>
            <Link to={`/pools/${id}`}>{t.more(members.length - mostShown)}</Link>
          </li>
        )}
      </ul>
    </>
  );
}

function toneOf({ healthy, unhealthy, all }: ReturnType<typeof countsOf>): Tone {
  if (all === 0) return 'off';
  if (unhealthy === 0) return healthy > 0 ? 'good' : 'off';
  return healthy > 0 ? 'warn' : 'bad';
}
