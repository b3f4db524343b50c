import type { Certificate } from './certificate.ts';
import { domainNames } from './certificate-rules.ts';
import { invalidField, type Problem } from './problem.ts';

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
