import type { LoadBalancer } from '@elbow/model';

/**
 * Addresses from which a load balancer connects to its members; none where the host chooses them.
 * @param portIdOf a stable UUID for an address
 */
export function localPortsToWire(
  { sourceAddresses }: Pick<LoadBalancer, 'sourceAddresses'>,
  portIdOf: (address: string) => string,
) {
  return sourceAddresses.map(({ address, networkId, zone }) => ({
    port_id: portIdOf(address),
    ip_address: address.includes(':') ? null : address,
    ipv6_address: address.includes(':') ? address : null,
    type: 'l7',
    virsubnet_id: networkId,
    availability_zone: zone,
  }));
}
