import { constants } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { TlsVersion } from '@elbow/plan';
import type { ServerIdentity } from './server-identity.ts';

/** What certificates of one listener have in common. */
export interface TlsSettings {
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Versions between the two that are not offered. */
  readonly versionsLeftOut: readonly TlsVersion[];
  /** OpenSSL cipher string, server order. */
  readonly ciphers: string;
  /**
   * 32 hex digits over everything that decides who may connect and how. A ticket from under another context does not
   * resume; without it a session earned before a change of client verification would pass as verified.
   */
  readonly sessionIdContext: string;
  /** Null: clients are not asked for a certificate. */
  readonly clients: ClientAuthorities | null;
}

export interface ClientAuthorities {
  /** The authorities whose clients are good. */
  readonly authoritiesPem: string;
  /** One list for every authority; null: none is looked at. */
  readonly revocationsPem: string | null;
}

const GROUPS = 'X25519:P-256:P-384:P-521';
const SESSION_LIFETIME_SECONDS = 600;

/** The security level that some suites need would also let in signatures with SHA-1. */
const STRONG_SIGNATURES = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ed25519',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pss_pss_sha256',
  'rsa_pss_pss_sha384',
  'rsa_pss_pss_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
].join(':');

const switches: Readonly<Record<TlsVersion, number>> = {
  TLSv1: constants.SSL_OP_NO_TLSv1,
  'TLSv1.1': constants.SSL_OP_NO_TLSv1_1,
  'TLSv1.2': constants.SSL_OP_NO_TLSv1_2,
  'TLSv1.3': constants.SSL_OP_NO_TLSv1_3,
};

/** The options of a secure context with these certificates, one of each key type at most. */
export function contextOptions(
  settings: TlsSettings,
  identities: readonly ServerIdentity[],
): SecureContextOptions {
  const opened = identities.map((identity) => identity.open());
  return {
    cert: opened.map(({ chainPem }) => chainPem),
    key: opened.map(({ keyPem }) => keyPem),
    minVersion: settings.minVersion,
    maxVersion: settings.maxVersion,
    ciphers: settings.ciphers,
    honorCipherOrder: true,
    ecdhCurve: GROUPS,
    ...(isLegacy(settings) ? {} : { sigalgs: STRONG_SIGNATURES }),
    secureOptions: secureOptions(settings),
    sessionIdContext: settings.sessionIdContext,
    sessionTimeout: SESSION_LIFETIME_SECONDS,
    ...(hasDheSuites(settings) ? { dhparam: 'auto' } : {}),
    ...verification(settings.clients),
  };
}

function secureOptions({ versionsLeftOut }: TlsSettings): number {
  const always = constants.SSL_OP_NO_COMPRESSION | constants.SSL_OP_NO_RENEGOTIATION;
  return versionsLeftOut.reduce((options, version) => options | switches[version], always);
}

/** Clients of that time may know no other signatures than those with SHA-1. */
function isLegacy({ minVersion }: TlsSettings): boolean {
  return minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
}

function hasDheSuites({ ciphers }: TlsSettings): boolean {
  return /(?:^|:)DHE-/.test(ciphers);
}

function verification(clients: ClientAuthorities | null): SecureContextOptions {
  // Without a list of its own a context would carry the public authorities, 15 KiB for nothing.
  if (clients === null) return { ca: [] };
  return {
    ca: clients.authoritiesPem,
    ...(clients.revocationsPem === null ? {} : { crl: revocationLists(clients.revocationsPem) }),
  };
}

/** node:tls reads one list of each text. */
function revocationLists(pem: string): string[] {
  return pem.match(/-----BEGIN X509 CRL-----[^-]*-----END X509 CRL-----/g) ?? [];
}
