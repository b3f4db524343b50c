/** What a node of one availability zone can do. */
export interface ZoneAbilities {
  readonly availabilityZone: string;
  readonly earlyData: boolean;
  readonly http2: boolean;
  readonly lowestPort: number;
}

export interface ZoneFeature {
  readonly availabilityZone: string;
  readonly isAvailable: boolean;
  /** Empty where it is available. */
  readonly reason: string;
}

/** Something that is not the same everywhere, and where it is to be had. */
export interface Feature {
  readonly name: string;
  readonly description: string;
  readonly zones: readonly ZoneFeature[];
}

interface Description {
  readonly name: string;
  readonly description: string;
  /** Why nodes with these abilities do not have it; null: they do. */
  readonly missing: (abilities: ZoneAbilities) => string | null;
}

const always = (): null => null;

const descriptions: readonly Description[] = [
  describe('http2', 'HTTP/2 towards clients (http2_enable)', ({ http2 }) =>
    http2 ? null : 'the node was built without HTTP/2',
  ),
  describe('early_data', 'TLS 1.3 early data, 0-RTT (ssl_early_data_enable)', ({ earlyData }) =>
    earlyData ? null : 'the TLS engine of the node gives no early data',
  ),
  describe('privileged_ports', 'listeners on ports below 1024 (protocol_port)', ({ lowestPort }) =>
    lowestPort <= 1 ? null : `the process of the node may bind ports from ${lowestPort} on`,
  ),
  describe('compression', 'Brotli and gzip for answers (gzip_enable)', always),
  describe('member_retry', 'a second member after a failure (enable_member_retry)', always),
  describe('cps_limit', 'new connections per second of a listener (cps)', always),
  describe('connection_limit', 'concurrent connections of a listener (connection)', always),
  describe('advanced_forwarding', 'forwarding by any part of a request (enhance_l7policy_enable)', always),
  describe('access_log', 'a log of requests for a load balancer (log tanks)', always),
  describe('tags', 'tags on load balancers and listeners', always),
  describe('layer4', 'TCP, UDP, TLS and QUIC listeners and pools', () => 'layer 4 is not supported yet'),
  describe('ipv6_vip', 'IPv6 addresses of load balancers', () => 'IPv6 addresses are not supported yet'),
];

function describe(
  name: string,
  description: string,
  missing: (abilities: ZoneAbilities) => string | null,
): Description {
  return { name, description, missing };
}

/**
 * @param zones every zone that load balancers can name
 * @param nodes abilities of the nodes that are connected; a zone has what all of its nodes have
 */
export function featuresOf(zones: readonly string[], nodes: readonly ZoneAbilities[]): readonly Feature[] {
  return descriptions.map(({ name, description, missing }) => ({
    name,
    description,
    zones: zones.map((zone) => zoneFeature(zone, nodes, missing)),
  }));
}

function zoneFeature(
  zone: string,
  nodes: readonly ZoneAbilities[],
  missing: Description['missing'],
): ZoneFeature {
  const own = nodes.filter(({ availabilityZone }) => availabilityZone === zone);
  const reasons = own.map(missing).filter((reason) => reason !== null);
  const reason = own.length === 0 ? 'no node of this zone is connected' : (reasons[0] ?? '');
  return { availabilityZone: zone, isAvailable: reason === '', reason };
}
