import type { ForwardingHeaders, TlsFact } from '@elbow/plan';
import { Field, fieldValue, type RequestHead, removeFields } from '@elbow/wire';
import { safeValue } from './safe-value.ts';

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
  /** Some owned names have no bit: every request is searched for them. */
  readonly isAlwaysSearched: boolean;
  readonly ownedNames: ReadonlySet<string>;
  readonly clientAddress: string;
}

/** A field that the load balancer writes where it is switched on. */
interface OwnField {
  readonly name: string;
  readonly bit: number;
  readonly isOn: (forwarding: ForwardingHeaders) => boolean;
}

/** One whose value is the same for every request of a connection. */
interface ConstantField extends OwnField {
  readonly value: (forwarding: ForwardingHeaders, client: ClientFacts) => string | number | null;
}

const constantFields: readonly ConstantField[] = [
  {
    name: 'X-Forwarded-Port',
    bit: Field.xForwardedPort,
    isOn: ({ forwardedPort }) => forwardedPort,
    value: (_, { listenerPort }) => listenerPort,
  },
  {
    name: 'X-Forwarded-For-Port',
    bit: Field.xForwardedForPort,
    isOn: ({ forwardedForPort }) => forwardedForPort,
    value: (_, { port }) => port,
  },
  {
    name: 'X-Forwarded-Proto',
    bit: Field.xForwardedProto,
    isOn: ({ forwardedProto }) => forwardedProto,
    value: (_, { scheme }) => scheme,
  },
  {
    name: 'X-Real-IP',
    bit: Field.xRealIp,
    isOn: ({ realIp }) => realIp,
    value: (_, { address }) => address,
  },
  {
    name: 'X-Forwarded-ELB-ID',
    bit: Field.xForwardedElbId,
    isOn: ({ loadBalancerId }) => loadBalancerId !== null,
    value: ({ loadBalancerId }) => loadBalancerId,
  },
  {
    name: 'X-Forwarded-ELB-IP',
    bit: Field.xForwardedElbIp,
    isOn: ({ publicAddress }) => publicAddress !== null,
    value: ({ publicAddress }) => publicAddress,
  },
];

/** Fields whose value each request has a part in. */
const requestFields: readonly OwnField[] = [
  {
    name: 'X-Forwarded-For',
    bit: Field.xForwardedFor,
    isOn: ({ forwardedFor }) => forwardedFor !== 'preserve',
  },
  {
    name: 'X-Forwarded-Host',
    bit: Field.xForwardedHost,
    isOn: ({ forwardedHost }) => forwardedHost,
  },
];

/** A member that trusts one of these would let in whoever writes it: what a client sends never passes. */
const neverFromClients: readonly string[] = [
  'x-forwarded-clientcert',
  ...['subjectdn', 'issuerdn', 'fingerprint', 'clientverify', 'serialnumber', 'ciphers', 'end'].map(
    (part) => `x-forwarded-clientcert-${part}`,
  ),
];

/**
 * Who ends TLS knows what came in early data, and says so itself. On a plain listener it may be said by a proxy in
 * front, which ended TLS (RFC 8470 §5.1).
 */
const ownEarlyData = { bit: Field.earlyData, names: ['early-data'] } as const;
const passedEarlyData = { bit: 0, names: [] } as const;

/**
 * Works out once per connection what {@link forwardedFields} writes to every request.
 * @param tlsFact what there is to tell of the client's TLS connection
 */
export function connectionFields(
  forwarding: ForwardingHeaders,
  client: ClientFacts,
  tlsFact: (fact: TlsFact) => string | null = () => null,
): ConnectionFields {
  let lines = '';
  for (const { name, isOn, value } of constantFields)
    if (isOn(forwarding)) lines += fieldLine(name, value(forwarding, client));
  const { owned, isAlwaysSearched, ownedNames } = ownershipOf(forwarding, client.scheme);
  return {
    lines: lines + tlsLines(forwarding, tlsFact),
    owned,
    isAlwaysSearched,
    ownedNames,
    clientAddress: client.address,
  };
}

type Ownership = Pick<ConnectionFields, 'owned' | 'isAlwaysSearched' | 'ownedNames'>;

const known = {
  http: new WeakMap<ForwardingHeaders, Ownership>(),
  https: new WeakMap<ForwardingHeaders, Ownership>(),
};

/** The same for all connections of a listener: ten thousand of them share it. */
function ownershipOf(forwarding: ForwardingHeaders, scheme: ClientFacts['scheme']): Ownership {
  const before = known[scheme].get(forwarding);
  if (before !== undefined) return before;
  const ownership = workOutOwnership(forwarding, scheme);
  known[scheme].set(forwarding, ownership);
  return ownership;
}

function workOutOwnership(forwarding: ForwardingHeaders, scheme: ClientFacts['scheme']): Ownership {
  const owned = [...constantFields, ...requestFields].filter(({ isOn }) => isOn(forwarding));
  const early = scheme === 'https' ? ownEarlyData : passedEarlyData;
  const tlsNames = forwarding.tlsFields.map(({ name }) => name.toLowerCase());
  return {
    owned: owned.reduce((bits, { bit }) => bits | bit, Field.xForwardedOther | early.bit),
    isAlwaysSearched: tlsNames.some((name) => !name.startsWith('x-forwarded-')),
    ownedNames: new Set([
      ...owned.map(({ name }) => name.toLowerCase()),
      ...tlsNames,
      ...neverFromClients,
      ...early.names,
    ]),
  };
}

/** What is not known is not sent; nor is what a client made up of characters that end a line. */
function tlsLines({ tlsFields }: ForwardingHeaders, tlsFact: (fact: TlsFact) => string | null): string {
  const lines = tlsFields.map(({ fact, name }) => {
    const value = safeValue(tlsFact(fact));
    return value === null ? '' : fieldLine(name, value);
  });
  return lines.join('');
}

function fieldLine(name: string, value: string | number | null): string {
  return `${name}: ${value}\r\n`;
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
  if ((head.present & connection.owned) !== 0 || connection.isAlwaysSearched) {
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
