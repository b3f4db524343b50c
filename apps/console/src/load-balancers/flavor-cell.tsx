import type { LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerMessages } from './messages.ts';
import { flavorList } from './queries.ts';

/** Which kinds of listener it may have, and the caps on them. */
export function FlavorCell({ of }: { readonly of: LoadBalancerWire }) {
  const t = useMessages(loadBalancerMessages);
  const flavors = useQuery(flavorList).data ?? [];
  const names = [of.l7_flavor_id, of.l4_flavor_id].flatMap((id) => {
    return flavors.filter((flavor) => flavor.id === id).map(({ name }) => shortName(name));
  });
  return (
    <>
      <span className="cell-plain">{t.kind[kindOf(of)]}</span>
      <span className="cell-sub">{names.length === 0 ? t.unlimited : names.join(' · ')}</span>
    </>
  );
}

/** `L7_flavor.elb.s1.small` → `L7 s1.small` */
export function shortName(flavor: string): string {
  return flavor.replace('_flavor.elb.', ' ');
}

function kindOf({
  l4_flavor_id: l4,
  l7_flavor_id: l7,
}: LoadBalancerWire): 'both' | 'application' | 'network' {
  if ((l4 === null) === (l7 === null)) return 'both';
  return l7 === null ? 'network' : 'application';
}
