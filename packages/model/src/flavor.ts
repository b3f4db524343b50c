import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';

/**
 * A named set of caps, per node. The ids are fixed so that configurations can name them; figures follow the
 * specification table of dedicated load balancers.
 */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly type: 'L4' | 'L7' | 'L4_elastic_max' | 'L7_elastic_max';
  readonly connections: number;
  readonly connectionsPerSecond: number;
  readonly tlsConnectionsPerSecond: number | null;
  readonly requestsPerSecond: number | null;
  readonly tlsRequestsPerSecond: number | null;
  /** kbit/s */
  readonly bandwidth: number;
  readonly capacityUnits: number;
}

type Caps = readonly [number, number, number, number, number, number];

/** Connections, new per second, new TLS per second, requests per second, Mbit/s, capacity units. */
const l7Caps: readonly (readonly [string, string, Caps])[] = [
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000701', 's1.small', [200_000, 2_000, 200, 4_000, 50, 10]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000702', 's2.small', [400_000, 4_000, 400, 8_000, 100, 20]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000703', 's1.medium', [800_000, 8_000, 800, 16_000, 200, 40]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000704', 's2.medium', [2_000_000, 20_000, 2_000, 40_000, 400, 100]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000705', 's1.large', [4_000_000, 40_000, 4_000, 80_000, 1_000, 200]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000706', 's2.large', [8_000_000, 80_000, 8_000, 160_000, 2_000, 400]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000707', 'pro.max', [8_000_000, 80_000, 80_000, 160_000, 10_000, 400]],
];

/** Connections and new per second. */
const l4Caps: readonly (readonly [string, string, readonly [number, number]])[] = [
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000401', 's1.small', [500_000, 10_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000402', 's2.small', [1_000_000, 20_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000403', 's1.medium', [2_000_000, 40_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000404', 's2.medium', [4_000_000, 80_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000405', 's1.large', [10_000_000, 200_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000406', 's2.large', [20_000_000, 400_000]],
  ['5b1d8c02-5a0c-4c6e-9c3f-000000000407', 'pro.max', [20_000_000, 400_000]],
];

export const flavors: readonly Flavor[] = [
  ...l7Caps.map(([id, size, caps]) => l7Flavor(id, size, caps)),
  ...l4Caps.map(([id, size, [connections, perSecond]]) => l4Flavor(id, size, connections, perSecond)),
];

function l7Flavor(id: string, size: string, caps: Caps): Flavor {
  const [
    connections,
    connectionsPerSecond,
    tlsConnectionsPerSecond,
    requestsPerSecond,
    megabits,
    capacityUnits,
  ] = caps;
  return {
    id,
    name: `L7_flavor.elb.${size}`,
    type: size === 'pro.max' ? 'L7_elastic_max' : 'L7',
    connections,
    connectionsPerSecond,
    tlsConnectionsPerSecond,
    requestsPerSecond,
    // The table has half of it for HTTPS, but for the elastic flavor.
    tlsRequestsPerSecond: size === 'pro.max' ? requestsPerSecond : requestsPerSecond / 2,
    bandwidth: megabits * 1_000,
    capacityUnits,
  };
}

function l4Flavor(id: string, size: string, connections: number, connectionsPerSecond: number): Flavor {
  return {
    id,
    name: `L4_flavor.elb.${size}`,
    type: size === 'pro.max' ? 'L4_elastic_max' : 'L4',
    connections,
    connectionsPerSecond,
    tlsConnectionsPerSecond: null,
    requestsPerSecond: null,
    tlsRequestsPerSecond: null,
    bandwidth: 10_000_000,
    capacityUnits: 10,
  };
}

export function flavorById(id: string): Flavor | null {
  return flavors.find((flavor) => flavor.id === id) ?? null;
}

export interface Limits {
  /** 0: none. */
  readonly newConnectionsPerSecond: number;
  readonly connections: number;
  readonly requestsPerSecond: number;
  /** kbit/s in each direction. */
  readonly bandwidth: number;
}

/** What the load balancer's flavor leaves to all of its listeners together; rates for one protocol. Null: it has none. */
export function flavorLimits(
  protocol: Listener['protocol'],
  { l7FlavorId }: Pick<LoadBalancer, 'l7FlavorId'>,
): Limits | null {
  const flavor = l7FlavorId === null ? null : flavorById(l7FlavorId);
  if (flavor === null) return null;
  const isTls = protocol === 'HTTPS';
  return {
    newConnectionsPerSecond: (isTls ? flavor.tlsConnectionsPerSecond : flavor.connectionsPerSecond) ?? 0,
    connections: flavor.connections,
    requestsPerSecond: (isTls ? flavor.tlsRequestsPerSecond : flavor.requestsPerSecond) ?? 0,
    bandwidth: flavor.bandwidth,
  };
}

/**
 * What really bounds a listener, per node: its own limits, and the caps of its load balancer's flavor where those are
 * lower. What the flavor bounds, all listeners of the load balancer have together.
 */
export function effectiveLimits(
  listener: Pick<Listener, 'protocol' | 'cps' | 'connection'>,
  loadBalancer: Pick<LoadBalancer, 'l7FlavorId'>,
): Limits {
  const flavor = flavorLimits(listener.protocol, loadBalancer);
  return {
    newConnectionsPerSecond: lower(listener.cps, flavor?.newConnectionsPerSecond ?? 0),
    connections: lower(listener.connection, flavor?.connections ?? 0),
    requestsPerSecond: flavor?.requestsPerSecond ?? 0,
    bandwidth: flavor?.bandwidth ?? 0,
  };
}

/** Of two limits, of which 0 is none. */
function lower(one: number, other: number): number {
  if (one === 0 || other === 0) return one + other;
  return Math.min(one, other);
}
