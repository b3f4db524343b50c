import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { Facts } from '../shell/facts.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { subnetList } from './queries.ts';

/** Where the load balancer listens, and from where it speaks to backend servers. */
export function AddressFacts({ of }: LoadBalancerTabProps) {
  const { fields, summary: t, noAddress } = useMessages(loadBalancerMessages);
  const subnets = useQuery(subnetList).data ?? [];
  const frontend = subnets.find(({ id }) => id === of.vip_subnet_cidr_id)?.cidr;
  const backend = of.elb_virsubnet_ids.map(
    (id) => subnets.find(({ network_id }) => network_id === id)?.cidr ?? t.subnetUnknown,
  );
  const items = [
    { label: fields.address, value: <code>{of.vip_address ?? noAddress}</code> },
    { label: fields.subnet, value: <code>{frontend ?? '–'}</code> },
    { label: fields.backendSubnets, value: <code>{backend.join(', ')}</code> },
    { label: t.vpc, value: <CopyableId id={of.vpc_id} /> },
  ];
  return <Facts items={items} />;
}
