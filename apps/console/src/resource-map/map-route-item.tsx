import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { MapPool } from './map-pool.tsx';
import { mapMessages } from './messages.ts';
import type { Resources } from './queries.ts';
import type { MapRoute } from './routes-of.ts';

export interface MapRouteItemProps {
  readonly route: MapRoute;
  readonly number: number;
  readonly listenerId: string;
  readonly resources: Resources;
}

/** One way out of a listener, and the server groups at its end. */
export function MapRouteItem({ route, number, listenerId, resources }: MapRouteItemProps) {
  const t = useMessages(mapMessages);
  const { policy, poolIds } = route;
  const ending = useEnding(route);
  const name = policy === null ? t.defaultRoute : policy.name || t.unnamed(number);
  return (
    <li className="map-route">
      <Link
        className={policy === null ? 'map-node map-node-default' : 'map-node'}
        to={`/listeners/${listenerId}/policies`}
      >
        <strong>{name}</strong>
        {poolIds.length === 0 && <span className="map-soft">{ending}</span>}
      </Link>
      {poolIds.length > 0 && (
        <ul className="map-branch">
          {poolIds.map((id) => (
            <li key={id} className="map-pool">
              <MapPool id={id} resources={resources} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What happens where no server group is asked. */
function useEnding({ policy }: MapRoute): string {
  const t = useMessages(mapMessages);
  if (policy === null) return t.noPool;
  if (policy.action === 'REDIRECT_TO_URL') return t.redirect;
  return policy.action === 'FIXED_RESPONSE' ? t.fixed : t.toListener;
}
