import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { troubleList } from '../load-balancers/queries.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { StatusDot } from '../shell/status-dot.tsx';
import { MapRouteItem } from './map-route-item.tsx';
import { mapMessages } from './messages.ts';
import { type Resources, resourcesOf } from './queries.ts';
import { routesOf } from './routes-of.ts';
import './resource-map.css';

/** Listener, policies, server groups, servers: where requests can go, and how well everybody is. All of it leads somewhere. */
export function ResourceMap({ loadBalancerId }: { readonly loadBalancerId: string }) {
  const t = useMessages(mapMessages);
  const found = useQuery(resourcesOf(loadBalancerId));
  return (
    <section className="map" aria-label={t.title}>
      <h2 className="section-title">{t.title}</h2>
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && <Listeners resources={found.data} />}
    </section>
  );
}

type Listener = Resources['topology']['nodes']['listeners'][number];

function Listeners({ resources }: { readonly resources: Resources }) {
  const t = useMessages(mapMessages);
  const { listeners } = resources.topology.nodes;
  if (listeners.length === 0) return <p className="map-soft">{t.none}</p>;
  return (
    <ul className="map-tree">
      {listeners.map((listener) => (
        <li key={listener.id} className="map-listener">
          <ListenerNode listener={listener} />
          <ul className="map-branch">
            {routesOf(resources.topology, listener.id).map((route, index) => (
              <MapRouteItem
                key={route.policy?.id ?? 'default'}
                route={route}
                number={index + 1}
                listenerId={listener.id}
                resources={resources}
              />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function ListenerNode({ listener }: { readonly listener: Listener }) {
  const t = useMessages(mapMessages);
  const isWell = !(useQuery(troubleList).data ?? []).some(({ id }) => id === listener.id);
  return (
    <Link className="map-node map-node-listener" to={`/listeners/${listener.id}/summary`}>
      <StatusDot tone={isWell ? 'good' : 'bad'} />
      <span className="map-hidden">{isWell ? t.serving : t.trouble}</span>
      <strong>{nameOf(listener)}</strong>
      <span className="map-soft">{`${listener.protocol}/${listener.protocol_port}`}</span>
    </Link>
  );
}
