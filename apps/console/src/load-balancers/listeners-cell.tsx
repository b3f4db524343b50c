import type { LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerMessages } from './messages.ts';
import { listenerList } from './queries.ts';

const mostShown = 3;

/** The first listeners as `HTTPS/443`, and how many more there are. */
export function ListenersCell({ of }: { readonly of: LoadBalancerWire }) {
  const t = useMessages(loadBalancerMessages);
  const ids = new Set(of.listeners.map(({ id }) => id));
  const own = (useQuery(listenerList()).data ?? []).filter(({ id }) => ids.has(id));
  if (ids.size === 0) return '–';
  return (
    <span className="cell-links">
      {own.slice(0, mostShown).map(({ id, protocol, protocol_port: port }) => (
        <Link key={id} to={`/listeners/${id}/summary`}>{`${protocol}/${port}`}</Link>
      ))}
      {own.length > mostShown && <Link to={`/lbs/${of.id}/listeners`}>{t.more(own.length - mostShown)}</Link>}
    </span>
  );
}
