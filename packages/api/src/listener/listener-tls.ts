import {
  accepted,
  defaultSecurityPolicy,
  type HttpsListener,
  invalidField,
  type Outcome,
  refused as refusal,
  systemSecurityPolicies,
  type SystemSecurityPolicyName,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { certificateId, flag, oneOf, orNone, says, uuid } from '../schema/values.ts';

const none = ['', null] as const;
const policyNames = systemSecurityPolicies.map(({ name }) => name) as [
  SystemSecurityPolicyName,
  ...SystemSecurityPolicyName[],
];
const policy = oneOf(policyNames);
const mostSniCertificates = 50;
const sniRule = `must be a list of at most ${mostSniCertificates} certificate ids, each once`;
const sniIds = z
  .array(certificateId, says(sniRule))
  .max(mostSniCertificates, sniRule)
  .refine((ids) => new Set(ids).size === ids.length, sniRule)
  .nullable();
const nameMatch = orNone(oneOf(['wildcard', 'longest_suffix']), none);

/** Fields of a create body that only HTTPS listeners have. */
export const tlsOnCreate = {
  default_tls_container_ref: orNone(certificateId, none).default(null),
  client_ca_tls_container_ref: orNone(certificateId, none).default(null),
  sni_container_refs: sniIds.default([]),
  sni_match_algo: nameMatch.default(null),
  tls_ciphers_policy: policy.nullable().default(null),
  security_policy_id: orNone(uuid, none).default(null),
  http2_enable: flag.default(false),
  ssl_early_data_enable: flag.nullable().default(false),
};

/** The same of an update body; the server certificate cannot be taken away. */
export const tlsOnUpdate = {
  default_tls_container_ref: certificateId.exactOptional(),
  client_ca_tls_container_ref: orNone(certificateId, none).exactOptional(),
  sni_container_refs: sniIds.exactOptional(),
  sni_match_algo: nameMatch.exactOptional(),
  tls_ciphers_policy: policy.exactOptional(),
  security_policy_id: orNone(uuid, none).exactOptional(),
  http2_enable: flag.exactOptional(),
  ssl_early_data_enable: flag.nullable().exactOptional(),
};

const createShape = z.object({ ...tlsOnCreate, protocol: z.string() });
const updateShape = z.object(tlsOnUpdate);
type TlsCreateWire = z.output<typeof createShape>;
type TlsUpdateWire = z.output<typeof updateShape>;

/** What HTTPS listeners have and others have not. */
export type ListenerTlsFields = Pick<
  HttpsListener,
  | 'certificateId'
  | 'sniCertificateIds'
  | 'sniMatch'
  | 'clientCaCertificateId'
  | 'securityPolicy'
  | 'securityPolicyId'
  | 'isHttp2Enabled'
  | 'isEarlyDataEnabled'
>;

export type ListenerTlsCreate =
  | { readonly protocol: 'HTTP' }
  | ({ readonly protocol: 'HTTPS' } & ListenerTlsFields);

/** An HTTPS listener needs a certificate; a plain one has nowhere to put it. HTTP/2 is documented as ignored there. */
export function tlsOfCreate(wire: TlsCreateWire): Outcome<ListenerTlsCreate> {
  if (wire.protocol === 'HTTP') {
    const stranger = strangerToHttp(wire);
    return stranger === null ? accepted({ protocol: 'HTTP' }) : refusal(httpsOnly(stranger));
  }
  if (!wire.default_tls_container_ref) {
    return refusal(invalidField('listener.default_tls_container_ref', 'is required for HTTPS listeners'));
  }
  return accepted({
    protocol: 'HTTPS',
    certificateId: wire.default_tls_container_ref,
    sniCertificateIds: wire.sni_container_refs ?? [],
    sniMatch: wire.sni_match_algo || 'wildcard',
    clientCaCertificateId: wire.client_ca_tls_container_ref || null,
    securityPolicy: wire.tls_ciphers_policy ?? defaultSecurityPolicy,
    securityPolicyId: wire.security_policy_id || null,
    isHttp2Enabled: wire.http2_enable,
    isEarlyDataEnabled: wire.ssl_early_data_enable ?? false,
  });
}

export function tlsOfUpdate(wire: TlsUpdateWire): Partial<ListenerTlsFields> {
  return defined({
    certificateId: wire.default_tls_container_ref,
    sniCertificateIds: wire.sni_container_refs === null ? [] : wire.sni_container_refs,
    sniMatch: wire.sni_match_algo === '' || wire.sni_match_algo === null ? 'wildcard' : wire.sni_match_algo,
    clientCaCertificateId: emptyAsNull(wire.client_ca_tls_container_ref),
    securityPolicy: wire.tls_ciphers_policy,
    securityPolicyId: emptyAsNull(wire.security_policy_id),
    isHttp2Enabled: wire.http2_enable,
    isEarlyDataEnabled: wire.ssl_early_data_enable ?? undefined,
  });
}

/** Wire names of what a plain listener must not be given, by the attribute. */
export const httpsOnlyFields = {
  certificateId: 'default_tls_container_ref',
  sniCertificateIds: 'sni_container_refs',
  clientCaCertificateId: 'client_ca_tls_container_ref',
  securityPolicy: 'tls_ciphers_policy',
  securityPolicyId: 'security_policy_id',
  isEarlyDataEnabled: 'ssl_early_data_enable',
} as const;

function strangerToHttp(wire: TlsCreateWire): string | null {
  const isGiven = (key: (typeof httpsOnlyFields)[keyof typeof httpsOnlyFields]): boolean => {
    const value = wire[key];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
  return Object.values(httpsOnlyFields).find(isGiven) ?? null;
}

export function httpsOnly(key: string) {
  return invalidField(`listener.${key}`, 'is only for HTTPS listeners');
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}
