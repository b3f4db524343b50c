import type { Certificate } from './certificate.ts';
import { domainNames } from './certificate-rules.ts';
import type { HttpsListener } from './listener.ts';
import { invalidField, type Problem } from './problem.ts';
import type { TlsChoice } from './system-security-policy.ts';
import { suiteFits, unavailableSuites } from './tls-suite.ts';

const mostSniNames = 200;

/** @param field path of the field that names it, e.g. `listener.default_tls_container_ref` */
export function checkCertificateType(
  field: string,
  certificate: Pick<Certificate, 'id' | 'type'>,
  type: Certificate['type'],
): Problem | null {
  if (certificate.type === type) return null;
  return invalidField(
    field,
    `certificate ${certificate.id} has type ${certificate.type}; one of type ${type} is needed`,
  );
}

type Named = Pick<Certificate, 'id' | 'type' | 'domain' | 'keyType'>;

/**
 * Certificates for names: each has domains, all together few enough, and one name has at most two certificates, one
 * with an RSA and one with an elliptic-curve key.
 * @param field path of the field that is to blame
 */
export function checkSniCertificates(field: string, certificates: readonly Named[]): Problem | null {
  const nameless = certificates.find(({ domain }) => domainNames(domain).length === 0);
  if (nameless !== undefined)
    return invalidField(field, `certificate ${nameless.id} has no domain, which SNI needs`);
  const holders = new Map<string, readonly Named[]>();
  for (const certificate of certificates)
    for (const name of domainNames(certificate.domain?.toLowerCase() ?? null))
      holders.set(name, [...(holders.get(name) ?? []), certificate]);
  if (holders.size > mostSniNames)
    return invalidField(field, `the certificates have ${holders.size} domains; the limit is ${mostSniNames}`);
  const crowded = [...holders].find(([, those]) => !mayShareName(those));
  if (crowded === undefined) return null;
  const ids = crowded[1].map(({ id }) => id).join(', ');
  return invalidField(
    field,
    `domain ${crowded[0]} is held by certificates ${ids}; only one with an RSA and one with an EC key may share it`,
  );
}

function mayShareName(holders: readonly Named[]): boolean {
  if (holders.length === 1) return true;
  const types = new Set(holders.map(({ keyType }) => keyType));
  return holders.length === 2 && types.has('RSA') && types.has('EC');
}

/** Whether clients can agree on TLS 1.3 under this policy: it has the version, and a suite for it. */
export function offersTls13({ protocols, ciphers }: TlsChoice): boolean {
  const isOffered = (suite: string): boolean => suiteFits(suite, 'TLSv1.3') && !unavailableSuites.has(suite);
  return protocols.includes('TLSv1.3') && ciphers.some(isOffered);
}

export interface EarlyDataFacts {
  /** What counts for the listener: the policy of its own or the built-in one; null where there is none. */
  readonly policy: TlsChoice | null;
  /** Why nodes take no early data; null where they do. */
  readonly whyNot: string | null;
  /** Of the listener until now. */
  readonly wasEnabled: boolean;
}

/**
 * Early data is part of TLS 1.3. A listener that has it keeps it when nodes change, and can be updated all the same;
 * one that asks for it is told what is missing.
 */
export function checkEarlyData(
  { isEarlyDataEnabled }: Pick<HttpsListener, 'isEarlyDataEnabled'>,
  { policy, whyNot, wasEnabled }: EarlyDataFacts,
): Problem | null {
  const field = 'listener.ssl_early_data_enable';
  if (!isEarlyDataEnabled) return null;
  if (!wasEnabled && whyNot !== null) return invalidField(field, `is not supported here: ${whyNot}`);
  if (policy === null || offersTls13(policy)) return null;
  return invalidField(field, 'needs a security policy with TLSv1.3, and that of the listener has none');
}

/** A policy that loses TLS 1.3 would take early data away from those that count on it. */
export function checkEarlyDataStays(policy: TlsChoice, listenerIds: readonly string[]): Problem | null {
  if (listenerIds.length === 0 || offersTls13(policy)) return null;
  const ids = listenerIds.join(', ');
  return invalidField(
    'security_policy.protocols',
    `must hold TLSv1.3 with a cipher for it: listener(s) ${ids} have ssl_early_data_enable`,
  );
}
