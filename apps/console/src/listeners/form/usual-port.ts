import type { CapabilitiesAnswer, ListenerWire } from '@elbow/api';
import type { Protocol } from './listener-values.ts';

const usual: Readonly<Record<Protocol, readonly number[]>> = {
  HTTPS: [443, 8443, 9443, 10_443],
  HTTP: [80, 8080, 8000, 8888],
};

/** The usual port of a protocol, or one that people know it by when that is taken or not to be had here. */
export function freePort(
  protocol: Protocol,
  siblings: readonly Pick<ListenerWire, 'protocol_port'>[],
  { lowest_port: lowest }: Pick<CapabilitiesAnswer, 'lowest_port'>,
): number | null {
  const isFree = (port: number): boolean =>
    port >= lowest && !siblings.some(({ protocol_port: used }) => used === port);
  return usual[protocol].find(isFree) ?? null;
}
