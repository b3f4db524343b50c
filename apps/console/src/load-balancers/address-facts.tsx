import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
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
    { key: 'address', label: fields.address, children: <code>{of.vip_address ?? noAddress}</code> },
    { key: 'subnet', label: fields.subnet, children: <code>{frontend ?? '–'}</code> },
    { key: 'backend', label: fields.backendSubnets, children: <code>{backend.join(', ')}</code> },
    { key: 'vpc', label: t.vpc, children: <CopyableId id={of.vpc_id} /> },
  ];
  return <Descriptions column={{ xs: 1, md: 2 }} layout="vertical" colon={false} items={items} />;
}
