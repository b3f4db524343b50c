import { suiteFits, type TlsChoice, unavailableSuites } from '@elbow/model';
import type { ListenerTls, TlsVersion } from '@elbow/plan';

export type CompiledTlsPolicy = Pick<
  ListenerTls,
  'minVersion' | 'maxVersion' | 'versionsLeftOut' | 'ciphers'
>;

const allVersions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/**
 * Versions and suites as an engine takes them. A version that no suite fits is left out: OpenSSL would refuse every
 * handshake, also of the other versions.
 * @returns null when nothing is left
 */
export function compileTlsPolicy({ protocols, ciphers }: TlsChoice): CompiledTlsPolicy | null {
  const available = ciphers.filter((suite) => !unavailableSuites.has(suite));
  const versions = allVersions.filter(
    (version) => protocols.includes(version) && available.some((suite) => suiteFits(suite, version)),
  );
  const [minVersion, maxVersion] = [versions[0], versions.at(-1)];
  if (minVersion === undefined || maxVersion === undefined) return null;
  const range = allVersions.slice(allVersions.indexOf(minVersion), allVersions.indexOf(maxVersion));
  return {
    minVersion,
    maxVersion,
    versionsLeftOut: range.filter((version) => !versions.includes(version)),
    ciphers: cipherString(available, versions),
  };
}

/**
 * The suites in server order. TLS 1.3 suites are named one by one because the CCM ones are not among OpenSSL's
 * defaults.
 */
function cipherString(suites: readonly string[], versions: readonly TlsVersion[]): string {
  const usable = suites.filter((suite) => versions.some((version) => suiteFits(suite, version)));
  return [...usable, ...(needsLowestLevel(usable, versions) ? ['@SECLEVEL=0'] : [])].join(':');
}

/**
 * Two things exist only at OpenSSL's security level 0: handshakes of TLS 1.0 and 1.1, which are signed with MD5 and
 * SHA-1 (RFC 4346 section 7.4.3), and CCM_8, whose tag of eight bytes counts as 64 bits of security.
 */
function needsLowestLevel(suites: readonly string[], versions: readonly TlsVersion[]): boolean {
  const isLegacy = versions.includes('TLSv1') || versions.includes('TLSv1.1');
  return isLegacy || suites.includes('TLS_AES_128_CCM_8_SHA256');
}
