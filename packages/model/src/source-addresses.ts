import { isInNetwork } from './address.ts';
import type { LoadBalancer, SourceAddress } from './load-balancer.ts';
import { accepted, type Outcome, problem, type Problem, refused } from './problem.ts';
import type { Subnet } from './subnet.ts';
import { type Family, familyOf, usableAddresses, usableCount } from './subnet-addresses.ts';

/** What every load balancer takes in each of its zones. */
const ownSources = 2;

/** How many source addresses a load balancer takes per zone and IP family: one more with each HTTPS listener. */
export function sourcesPerZone(httpsListeners: number): number {
  return ownSources + httpsListeners;
}

export interface SourceRequest {
  readonly loadBalancer: Pick<LoadBalancer, 'availabilityZones' | 'backendSubnetIds' | 'sourceAddresses'>;
  /** By {@link sourcesPerZone}. */
  readonly perZone: number;
  /** The backend subnets of the settings. */
  readonly subnets: readonly Subnet[];
  /** Addresses that are somebody else's: sources of other load balancers, and VIPs. */
  readonly taken: ReadonlySet<string>;
}

/**
 * The source addresses that a load balancer has from now on: what it has stays, what is missing is the first free
 * address of its subnets in their order, what is too much goes, the newest first. Families in which it has no subnet
 * get none: there the host chooses.
 * @returns ELB.8934 naming the subnets, how many addresses are needed and how many are free
 */
export function settleSources(request: SourceRequest): Outcome<readonly SourceAddress[]> {
  const settled: SourceAddress[] = [];
  for (const family of ['v4', 'v6'] as const) {
    const subnets = subnetsOf(request, family);
    if (subnets.length === 0) continue;
    const found = settleFamily(request, subnets);
    if (!found.ok) return found;
    settled.push(...found.value);
  }
  return accepted(settled);
}

/** In the order in which the load balancer names them. */
function subnetsOf({ loadBalancer, subnets }: SourceRequest, family: Family): readonly Subnet[] {
  const own = loadBalancer.backendSubnetIds.map((id) => subnets.find(({ networkId }) => networkId === id));
  return own.filter((subnet) => subnet !== undefined && familyOf(subnet.cidr) === family) as Subnet[];
}

function settleFamily(
  { loadBalancer, perZone, taken }: SourceRequest,
  subnets: readonly Subnet[],
): Outcome<readonly SourceAddress[]> {
  const zones = loadBalancer.availabilityZones;
  const kept = zones.flatMap((zone) => {
    const own = loadBalancer.sourceAddresses.filter((source) => {
      const isOfSubnets = subnets.some(({ networkId }) => networkId === source.networkId);
      return source.zone === zone && isOfSubnets && !taken.has(source.address);
    });
    return own.slice(0, perZone);
  });
  const used = new Set([...taken, ...kept.map(({ address }) => address)]);
  const needed = zones.length * perZone - kept.length;
  const free = freeSources(subnets, used, needed);
  if (free.length < needed) return refused(tooFew(subnets, used, needed));
  const settled = zones.flatMap((zone) => {
    const own = kept.filter((source) => source.zone === zone);
    const added = free.splice(0, perZone - own.length).map((source) => ({ zone, ...source }));
    return [...own, ...added];
  });
  return accepted(settled);
}

function freeSources(
  subnets: readonly Subnet[],
  used: ReadonlySet<string>,
  needed: number,
): Omit<SourceAddress, 'zone'>[] {
  const free: Omit<SourceAddress, 'zone'>[] = [];
  const seen = new Set(used);
  for (const subnet of subnets) {
    for (const address of usableAddresses(subnet)) {
      if (free.length >= needed) return free;
      if (seen.has(address)) continue;
      seen.add(address);
      free.push({ networkId: subnet.networkId, address });
    }
  }
  return free;
}

function tooFew(subnets: readonly Subnet[], used: ReadonlySet<string>, needed: number): Problem {
  const places = subnets.map((subnet) => {
    const { networkId, cidr } = subnet;
    return `subnet ${cidr} (network ${networkId}): ${freeCount(subnet, used)} free`;
  });
  const wanted = `${needed} more IP ${needed === 1 ? 'address is' : 'addresses are'} needed`;
  const way = 'add a subnet to elb_virsubnet_ids of the load balancer';
  return problem('backendSubnetShort', `${wanted} in the backend subnets; ${places.join(', ')}; ${way}`);
}

/** @param used addresses of any subnet, in canonical form */
export function freeCount(subnet: Subnet, used: ReadonlySet<string>): number {
  return usableCount(subnet) - usedIn(subnet, used).length;
}

/** Addresses of a subnet that are in use. */
export function usedIn({ cidr }: Pick<Subnet, 'cidr'>, used: ReadonlySet<string>): readonly string[] {
  return [...used].filter((address) => familyOf(address) === familyOf(cidr) && isInNetwork(address, cidr));
}

/** Addresses that connections come from may not lose their subnet: other networks know the load balancer by it. */
export function checkSubnetsInUse(
  sources: readonly SourceAddress[],
  networkIds: readonly string[],
): Problem | null {
  const lost = sources.find(({ networkId }) => !networkIds.includes(networkId));
  if (lost === undefined) return null;
  return problem(
    'conflict',
    `network ${lost.networkId} cannot be dropped: the load balancer uses its address ${lost.address}`,
  );
}

/** Backend subnets of a load balancer that names none: the first of each family. */
export function usualBackendSubnets(subnets: readonly Subnet[]): readonly string[] {
  const first = (family: Family) => subnets.find(({ cidr }) => familyOf(cidr) === family);
  return [first('v4'), first('v6')]
    .filter((subnet) => subnet !== undefined)
    .map(({ networkId }) => networkId);
}
