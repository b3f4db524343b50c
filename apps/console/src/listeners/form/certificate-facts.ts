import type { CertificateWire } from '@elbow/api';
import { keyTypeOf } from '../../certificates/key-type.ts';

/** `RSA`, `EC`, `Ed25519`: what decides whether two certificates can share a name. */
function keyKindOf({ certificate }: CertificateWire): string | null {
  return keyTypeOf(certificate)?.split(' ')[0] ?? null;
}

/** The domains that SNI leads to it for. */
export function domainsOf({ domain }: Pick<CertificateWire, 'domain'>): readonly string[] {
  return (domain ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/** The names to show for it: its domains, or what the certificate itself says. */
export function namesOf(certificate: CertificateWire): readonly string[] {
  const domains = domainsOf(certificate);
  if (domains.length > 0) return domains;
  const { subject_alternative_names: names, common_name: name } = certificate;
  return names.length > 0 ? names : [name].filter((each) => each !== '');
}

export function isExpired(
  { expire_time: time }: Pick<CertificateWire, 'expire_time'>,
  nowMs: number,
): boolean {
  return Date.parse(time) <= nowMs;
}

export interface SniClash {
  readonly domain: string;
  readonly holder: CertificateWire;
}

/** A domain that two certificates hold though it is not once RSA and once ECC. */
export function sniClash(certificates: readonly CertificateWire[]): SniClash | null {
  const holders = new Map<string, CertificateWire[]>();
  for (const certificate of certificates)
    for (const domain of domainsOf(certificate)) {
      const those = holders.get(domain) ?? [];
      const kinds = new Set([...those, certificate].map(keyKindOf));
      const [first] = those;
      if (first !== undefined && (those.length > 1 || kinds.size < 2)) return { domain, holder: first };
      holders.set(domain, [...those, certificate]);
    }
  return null;
}
