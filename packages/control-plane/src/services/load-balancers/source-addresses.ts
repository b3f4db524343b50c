import { type LoadBalancer, settleSources, type SourceAddress, sourcesPerZone } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { valueOf } from '../crud/refusal.ts';
import type { ServiceContext } from '../crud/service-context.ts';

type Context = Pick<ServiceContext, 'backendSubnets'>;

/**
 * The source addresses that a load balancer has from now on, with this many HTTPS listeners.
 * @throws Refusal ELB.8934 when its backend subnets have too few
 */
export async function sourcesFor(
  { backendSubnets }: Context,
  reader: Reader,
  loadBalancer: Omit<LoadBalancer, 'vipAddress'>,
  httpsListeners: number,
): Promise<readonly SourceAddress[]> {
  if (backendSubnets.length === 0) return loadBalancer.sourceAddresses;
  const others = (await reader.list('loadBalancer', {})).filter(({ id }) => id !== loadBalancer.id);
  return valueOf(
    settleSources({
      loadBalancer,
      perZone: sourcesPerZone(httpsListeners),
      subnets: backendSubnets,
      taken: addressesOf(others),
    }),
  );
}

/** Every address of these load balancers: their VIPs, and where their connections come from. */
export function addressesOf(loadBalancers: readonly LoadBalancer[]): ReadonlySet<string> {
  return new Set(
    loadBalancers.flatMap(({ vipAddress, sourceAddresses }) => [
      ...(vipAddress === null ? [] : [vipAddress]),
      ...sourceAddresses.map(({ address }) => address),
    ]),
  );
}

/** After listeners of a load balancer have come or gone: it takes what they need, or gives back what they had. */
export async function followListeners(
  context: Context,
  writer: Reader & { update(kind: 'loadBalancer', row: LoadBalancer): Promise<void> },
  loadBalancerId: string,
): Promise<void> {
  if (context.backendSubnets.length === 0) return;
  const row = await writer.find('loadBalancer', loadBalancerId);
  if (row === null) return;
  const sourceAddresses = await sourcesFor(context, writer, row, await httpsListenersOf(writer, row.id));
  if (JSON.stringify(sourceAddresses) === JSON.stringify(row.sourceAddresses)) return;
  await writer.update('loadBalancer', { ...row, sourceAddresses });
}

export async function httpsListenersOf(reader: Reader, loadBalancerId: string): Promise<number> {
  return reader.count('listener', { where: { loadBalancerId: [loadBalancerId], protocol: ['HTTPS'] } });
}
