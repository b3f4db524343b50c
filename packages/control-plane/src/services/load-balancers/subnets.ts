import { type Subnet, usableCount, usedIn } from '@elbow/model';
import type { Answer, ServiceContext } from '../crud/service-context.ts';
import { addressesOf } from './source-addresses.ts';

/** The networks of the settings, what they are for, and how many of their addresses are in use. */
export async function listSubnets(context: ServiceContext): Promise<Answer> {
  const { store, subnets, backendSubnets } = context;
  const used = addressesOf(await store.read((reader) => reader.list('loadBalancer', {})));
  const all = new Map([...subnets, ...backendSubnets].map((subnet) => [subnet.id, subnet]));
  const body = [...all.values()].map((subnet) => subnetToWire(context, subnet, used));
  return { status: 200, body: { subnets: body } };
}

function subnetToWire(
  { subnets, backendSubnets, defaultVpcId }: ServiceContext,
  subnet: Subnet,
  used: ReadonlySet<string>,
) {
  const isIn = (list: readonly Subnet[]): boolean => list.some(({ id }) => id === subnet.id);
  const total = usableCount(subnet);
  const usedCount = usedIn(subnet, used).length;
  return {
    id: subnet.id,
    network_id: subnet.networkId,
    vpc_id: defaultVpcId,
    cidr: subnet.cidr,
    is_frontend: isIn(subnets),
    is_backend: isIn(backendSubnets),
    total,
    used: usedCount,
    free: total - usedCount,
  };
}
