import type { ListenerWire, LoadBalancerWire } from '@elbow/api';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerMessages } from './messages.ts';

const mostShown = 3;

export interface ListenersCellProps {
  readonly of: LoadBalancerWire;
  /** Its own; fewer than it has while they are on their way. */
  readonly listeners: readonly ListenerWire[];
}

/** The first listeners as `HTTPS/443`, and how many more there are. */
export function ListenersCell({ of, listeners }: ListenersCellProps) {
  const t = useMessages(loadBalancerMessages);
  const count = of.listeners.length;
  if (count === 0) return '–';
  return (
    <span className="cell-links">
      {listeners.slice(0, mostShown).map(({ id, protocol, protocol_port: port }) => (
        <Link key={id} to={`/listeners/${id}/summary`}>{`${protocol}/${port}`}</Link>
      ))}
      {count > mostShown && <Link to={`/lbs/${of.id}/listeners`}>{t.more(count - mostShown)}</Link>}
    </span>
  );
}
