import type { Protection, ResourceBase } from './resource.ts';

/** Kinds of keys that a server can sign with; one name may have a certificate of each of the first two. */
export type CertificateKeyType = 'RSA' | 'EC' | 'Ed25519';

export interface Certificate extends ResourceBase, Protection {
  /** `server` is shown to clients; `client` holds authorities whose clients may come in. */
  readonly type: 'server' | 'client';
  /** The chain exactly as it was given: clients compare it. */
  readonly certificatePem: string;
  /** The private key sealed with the key file of the data directory; never returned. Null for authorities. */
  readonly sealedKey: string | null;
  /** Of the first certificate. */
  readonly keyType: CertificateKeyType;
  /** Revocation lists of the authorities as PEM; null: none is looked at. */
  readonly revocationsPem: string | null;
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
