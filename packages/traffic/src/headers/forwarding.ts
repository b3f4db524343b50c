import type { ForwardingHeaders } from '@elbow/plan';
import { Field, fieldValue, type RequestHead, removeFields } from '@elbow/wire';

/** Facts of one client connection that members are told. */
export interface ClientFacts {
  /** The TCP peer, IPv6 without brackets, IPv4-mapped addresses folded to IPv4. */
  readonly address: string;
  readonly port: number;
  readonly listenerPort: number;
  readonly scheme: 'http' | 'https';
}

/** The part of the forwarding fields that is the same for every request of a connection. */
export interface ConnectionFields {
  /** Lines to append to each request. */
  readonly lines: string;
  /** {@link Field} bits that the load balancer owns: what the client sent under these names is removed. */
  readonly owned: number;
  readonly ownedNames: ReadonlySet<string>;
  readonly clientAddress: string;
}

type Line = readonly [isOn: boolean, name: string, bit: number, value: string];

/** Works out once per connection what {@link forwardedFields} writes to every request. */
export function connectionFields(forwarding: ForwardingHeaders, client: ClientFacts): ConnectionFields {
  const constant: readonly Line[] = [
    [forwarding.forwardedPort, 'X-Forwarded-Port', Field.xForwardedPort, `${client.listenerPort}`],
    [forwarding.forwardedForPort, 'X-Forwarded-For-Port', Field.xForwardedForPort, `${client.port}`],
    [forwarding.forwardedProto, 'X-Forwarded-Proto', Field.xForwardedProto, client.scheme],
    [forwarding.realIp, 'X-Real-IP', Field.xRealIp, client.address],
    [
      forwarding.loadBalancerId !== null,
      'X-Forwarded-ELB-ID',
      Field.xForwardedElbId,
      `${forwarding.loadBalancerId}`,
    ],
    [
      forwarding.publicAddress !== null,
      'X-Forwarded-ELB-IP',
      Field.xForwardedElbIp,
      `${forwarding.publicAddress}`,
    ],
  ];
  const written = constant.filter(([isOn]) => isOn);
  const perRequest: readonly Line[] = [
    [forwarding.forwardedFor !== 'preserve', 'X-Forwarded-For', Field.xForwardedFor, ''],
    [forwarding.forwardedHost, 'X-Forwarded-Host', Field.xForwardedHost, ''],
  ];
  const owned = [...written, ...perRequest.filter(([isOn]) => isOn)];
  return {
    lines: written.map(([, name, , value]) => `${name}: ${value}\r\n`).join(''),
    owned: owned.reduce((bits, [, , bit]) => bits | bit, 0),
    ownedNames: new Set(owned.map(([, name]) => name.toLowerCase())),
    clientAddress: client.address,
  };
}

/**
 * The fields a member gets: the client's, without those the load balancer owns, then its own. A field that is
 * switched off passes through as the client sent it; a member must not trust it then.
 */
export function forwardedFields(
  forwarding: ForwardingHeaders,
  connection: ConnectionFields,
  head: Pick<RequestHead, 'fields' | 'present' | 'authority'>,
): string {
  let fields = head.fields;
  let forwardedFor = connection.clientAddress;
  if ((head.present & connection.owned) !== 0) {
    if ((head.present & Field.xForwardedFor) !== 0 && forwarding.forwardedFor === 'append') {
      const claimed = fieldValue(fields, 'x-forwarded-for');
      if (claimed !== null && claimed !== '') forwardedFor = `${claimed}, ${forwardedFor}`;
    }
    fields = removeFields(fields, connection.ownedNames);
  }
  if (forwarding.forwardedFor === 'append') fields += `X-Forwarded-For: ${forwardedFor}\r\n`;
  if (forwarding.forwardedHost && head.authority !== '') fields += `X-Forwarded-Host: ${head.authority}\r\n`;
  return fields + connection.lines;
}
