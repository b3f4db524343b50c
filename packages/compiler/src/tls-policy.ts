import { type SecurityPolicy, securityPolicyByName } from '@elbow/model';
import type { ListenerTls } from '@elbow/plan';

export type CompiledTlsPolicy = Pick<ListenerTls, 'minVersion' | 'maxVersion' | 'ciphers'>;

/** Published, but absent from the OpenSSL of the runtime: RC4, triple DES, Camellia and DSS. */
export const unavailableSuites: ReadonlySet<string> = new Set([
  'DHE-DSS-AES128-SHA',
  'DHE-DSS-AES256-SHA',
  'CAMELLIA128-SHA',
  'CAMELLIA256-SHA',
  'DHE-RSA-CAMELLIA128-SHA',
  'DHE-RSA-CAMELLIA256-SHA',
  'DHE-DSS-CAMELLIA128-SHA',
  'DHE-DSS-CAMELLIA256-SHA',
  'EDH-RSA-DES-CBC3-SHA',
  'EDH-DSS-DES-CBC3-SHA',
  'DES-CBC3-SHA',
  'ECDHE-RSA-RC4-SHA',
  'RC4-SHA',
]);

/** Versions and suites of a built-in security policy, or null when there is no policy of this name. */
export function compileTlsPolicy(name: string): CompiledTlsPolicy | null {
  const policy = securityPolicyByName(name);
  const [minVersion, maxVersion] = [policy?.protocols[0], policy?.protocols.at(-1)];
  if (policy === null || minVersion === undefined || maxVersion === undefined) return null;
  return { minVersion, maxVersion, ciphers: cipherString(policy) };
}

/**
 * The suites in server order. TLS 1.3 suites are named one by one because the CCM ones are not among OpenSSL's
 * defaults.
 */
function cipherString(policy: SecurityPolicy): string {
  const available = policy.ciphers.filter((suite) => !unavailableSuites.has(suite));
  return [...available, ...(needsLowestLevel(policy) ? ['@SECLEVEL=0'] : [])].join(':');
}

/**
 * Two things exist only at OpenSSL's security level 0: handshakes of TLS 1.0 and 1.1, which are signed with MD5 and
 * SHA-1 (RFC 4346 section 7.4.3), and CCM_8, whose tag of eight bytes counts as 64 bits of security.
 */
function needsLowestLevel({ protocols, ciphers }: SecurityPolicy): boolean {
  const isLegacy = protocols.includes('TLSv1') || protocols.includes('TLSv1.1');
  return isLegacy || ciphers.includes('TLS_AES_128_CCM_8_SHA256');
}
