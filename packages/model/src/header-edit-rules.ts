import type { HeaderEdits, InsertedHeader } from './l7-policy.ts';
import { invalidField, type Problem } from './problem.ts';

/** They frame messages. */
const framing = ['connection', 'upgrade', 'content-length', 'transfer-encoding'];
/** Names that the load balancer owns, or that a member must be able to trust. */
const ownedInRequests = [
  ...framing,
  'keep-alive',
  'te',
  'host',
  'cookie',
  'remoteip',
  'authority',
  'x-forwarded-host',
  'x-forwarded-for',
  'x-forwarded-for-port',
  'x-forwarded-tls-certificate-id',
  'x-forwarded-tls-protocol',
  'x-forwarded-tls-cipher',
  'x-forwarded-elb-ip',
  'x-forwarded-port',
  'x-forwarded-elb-id',
  'x-forwarded-elb-vip',
  'x-real-ip',
  'x-forwarded-proto',
  'x-nuwa-trace-ne-in',
  'x-nuwa-trace-ne-out',
];

const banned: Readonly<Record<Direction, ReadonlySet<string>>> = {
  request: new Set(ownedInRequests),
  response: new Set(framing),
};

/** Edits of a redirect and of a fixed response change the answer, those of a policy with pools the request. */
export type Direction = 'request' | 'response';

const anySystemValues = [
  'CLIENT-PORT',
  'CLIENT-IP',
  'ELB-PROTOCOL',
  'ELB-ID',
  'ELB-PORT',
  'ELB-EIP',
  'ELB-VIP',
] as const;
const tlsSystemValues = [
  'TLS-PROTOCOL',
  'TLS-CIPHER',
  'CLIENTCERT-SUBJECTDN',
  'CLIENTCERT-ISSUERDN',
  'CLIENTCERT-FINGERPRINT',
  'CLIENTCERT-CLIENTVERIFY',
  'CLIENTCERT-SERIALNUMBER',
  'CLIENTCERT',
  'CLIENTCERT-CIPHERS',
  'CLIENTCERT-END',
  'TLS-ALPN-PROTOCOL',
  'TLS-SNI',
  'TLS-JA3',
  'TLS-JA4',
] as const;

export type SystemValue = (typeof anySystemValues)[number] | (typeof tlsSystemValues)[number];

export interface EditPlace {
  /** Of the object that holds `insert_headers_config` and `remove_headers_config`. */
  readonly path: string;
  readonly direction: Direction;
  readonly protocol: 'HTTP' | 'HTTPS';
}

export function checkHeaderEdits(
  { insertHeaders, removeHeaders }: HeaderEdits,
  place: EditPlace,
): Problem | null {
  for (const [index, header] of (insertHeaders ?? []).entries()) {
    const path = `${place.path}.insert_headers_config.configs[${index}]`;
    const found =
      checkName(`${path}.key`, header.key, place.direction) ?? checkValue(`${path}.value`, header, place);
    if (found !== null) return found;
  }
  for (const [index, key] of (removeHeaders ?? []).entries()) {
    const path = `${place.path}.remove_headers_config.configs[${index}].key`;
    const found = checkName(path, key, place.direction);
    if (found !== null) return found;
  }
  return null;
}

function checkName(field: string, name: string, direction: Direction): Problem | null {
  return banned[direction].has(name.toLowerCase()) ? invalidField(field, `must not be ${name}`) : null;
}

function checkValue(field: string, { valueType, value }: InsertedHeader, place: EditPlace): Problem | null {
  switch (valueType) {
    case 'SYSTEM_DEFINED':
      return checkSystemValue(field, value, place.protocol);
    case 'REFERENCE_HEADER':
      if (!/^[\w-]{1,128}$/.test(value)) return invalidField(field, 'must be the name of a header');
      return isBannedValue(value, place.direction) ? invalidField(field, `must not be ${value}`) : null;
    case 'USER_DEFINED':
      return isBannedValue(value, place.direction) ? invalidField(field, `must not be ${value}`) : null;
  }
}

function isBannedValue(value: string, direction: Direction): boolean {
  const lower = value.toLowerCase();
  return direction === 'request' && (lower === 'transparent' || banned.request.has(lower));
}

function checkSystemValue(field: string, value: string, protocol: 'HTTP' | 'HTTPS'): Problem | null {
  const known: readonly string[] =
    protocol === 'HTTPS' ? [...anySystemValues, ...tlsSystemValues] : anySystemValues;
  if (known.includes(value)) return null;
  return invalidField(
    field,
    `must be one of ${known.join(', ')} for SYSTEM_DEFINED on an ${protocol} listener`,
  );
}
