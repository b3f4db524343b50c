import type { Protection, ResourceBase } from './resource.ts';

export interface Certificate extends ResourceBase, Protection {
  readonly type: 'server';
  /** The chain exactly as it was given: clients compare it. */
  readonly certificatePem: string;
  /** The private key sealed with the key file of the data directory; never returned. */
  readonly sealedKey: string;
  /** Names for SNI, comma separated, or null. */
  readonly domain: string | null;
  readonly commonName: string;
  readonly subjectAlternativeNames: readonly string[];
  /** SHA-256 over the DER of the leaf, lower-case hex. */
  readonly fingerprint: string;
  readonly expiresAtMs: number;
  readonly enterpriseProjectId: string;
  readonly scmCertificateId: string | null;
  readonly source: string | null;
}
