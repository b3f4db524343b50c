import { verify, X509Certificate } from 'node:crypto';
import {
  accepted,
  formatPem,
  invalidField,
  type Outcome,
  type PemBlock,
  pemBlocks,
  refused,
} from '@elbow/model';
import { derItems, derObjectId, DerTag, derTime, type DerValue, readDer } from './der-reader.ts';

/** A list of revoked certificates (RFC 5280 §5), as far as a user is told of it. */
export interface RevocationList {
  /** Subject of the authority, one part per line. */
  readonly issuer: string;
  readonly issuedAtMs: number;
  /** After this time no client of the authority gets in; null: the list does not say. */
  readonly validUntilMs: number | null;
  readonly revokedCount: number;
}

export interface Revocations {
  /** In the form that TLS engines read. */
  readonly pem: string;
  readonly lists: readonly RevocationList[];
}

/**
 * Checks the lists of a bundle of authorities: readable, signed by them, not run out, and one for each of them, because
 * engines look at every certificate of a client's chain and refuse one whose issuer has no list.
 */
export function inspectRevocations(
  text: string,
  authoritiesPem: string,
  nowMs: number,
): Outcome<Revocations> {
  const blocks = pemBlocks(text).filter(({ label }) => label === 'X509 CRL');
  if (blocks.length === 0) {
    return refusal(
      'holds no "-----BEGIN X509 CRL-----" block; convert DER with "openssl crl -inform der" first',
    );
  }
  const authorities = authoritiesOf(authoritiesPem);
  const lists: Signed[] = [];
  for (const [index, block] of blocks.entries()) {
    const read = readList(block, authorities, nowMs);
    if (typeof read === 'string') return refusal(`list ${index + 1} ${read}`);
    lists.push(read);
  }
  const bare = authorities.find(({ subject }) => !lists.some(({ issuerDer }) => issuerDer.equals(subject)));
  if (bare !== undefined)
    return refusal(
      `holds no list of the authority ${oneLine(bare.certificate.subject)}: each one needs its own`,
    );
  return accepted({ pem: formatPem(blocks), lists: lists.map(({ list }) => list) });
}

/** The lists of a text that was accepted once. */
export function describeRevocations(pem: string, authoritiesPem: string): readonly RevocationList[] {
  const authorities = authoritiesOf(authoritiesPem);
  return pemBlocks(pem).flatMap((block) => {
    const read = readList(block, authorities, 0);
    return typeof read === 'string' ? [] : [read.list];
  });
}

interface Authority {
  readonly certificate: X509Certificate;
  /** DER of its name. */
  readonly subject: Buffer;
}

interface Signed {
  readonly issuerDer: Buffer;
  readonly list: RevocationList;
}

function authoritiesOf(pem: string): readonly Authority[] {
  const blocks = pemBlocks(pem).filter(({ label }) => label === 'CERTIFICATE');
  return blocks.map(({ base64 }) => {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    return { certificate, subject: subjectOf(certificate.raw) };
  });
}

/** Of `TBSCertificate`: [version] serial signature issuer validity subject … (RFC 5280 §4.1). */
function subjectOf(der: Buffer): Buffer {
  const items = derItems(derItems(readDer(der).content)[0]!.content);
  const withoutVersion = items[0]?.tag === 0xa0 ? items.slice(1) : items;
  return withoutVersion[4]!.whole;
}

/** @returns what is wrong with it, as the end of a sentence */
function readList(block: PemBlock, authorities: readonly Authority[], nowMs: number): Signed | string {
  try {
    const parts = partsOf(Buffer.from(block.base64, 'base64'));
    const signers = authorities.filter(({ subject }) => subject.equals(parts.issuer.whole));
    if (signers.length === 0) return 'is not of an authority in the bundle';
    const problem = signatureProblem(parts, signers);
    if (problem !== null) return problem;
    const list = describe(parts, signers[0]!);
    if (list.validUntilMs !== null && list.validUntilMs < nowMs)
      return `has run out at ${new Date(list.validUntilMs).toISOString()}; with it no client would get in`;
    return { issuerDer: parts.issuer.whole, list };
  } catch {
    return 'cannot be read as a list of revoked certificates';
  }
}

interface Parts {
  readonly signed: Buffer;
  readonly algorithm: string;
  readonly signature: Buffer;
  readonly issuer: DerValue;
  /** thisUpdate, then nextUpdate, revokedCertificates and extensions where they are there. */
  readonly rest: readonly DerValue[];
}

/** `CertificateList` (RFC 5280 §5.1). @throws RangeError */
function partsOf(der: Buffer): Parts {
  const [signed, algorithm, signature] = derItems(readDer(der).content);
  const items = derItems(signed!.content);
  const [, issuer, ...rest] = items[0]?.tag === DerTag.integer ? items.slice(1) : items;
  return {
    signed: signed!.whole,
    algorithm: derObjectId(derItems(algorithm!.content)[0]!),
    // The first byte counts the unused bits of the last, which a signature does not have.
    signature: signature!.content.subarray(1),
    issuer: issuer!,
    rest,
  };
}

const digests: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
};

function signatureProblem(
  { algorithm, signed, signature }: Parts,
  signers: readonly Authority[],
): string | null {
  const digest = digests[algorithm];
  if (digest === undefined)
    return `is signed by an algorithm (${algorithm}) that is not taken: SHA-256 or better with RSA or ECDSA, or Ed25519`;
  const isGood = ({ certificate }: Authority): boolean =>
    verify(digest, signed, certificate.publicKey, signature);
  return signers.some(isGood) ? null : 'has a signature that is not of its authority';
}

function describe({ rest }: Parts, { certificate }: Authority): RevocationList {
  const times = rest.filter(({ tag }) => tag === DerTag.time || tag === DerTag.longTime);
  const revoked = rest.find(({ tag }) => tag === DerTag.sequence);
  return {
    issuer: certificate.subject,
    issuedAtMs: derTime(times[0]!),
    validUntilMs: times[1] === undefined ? null : derTime(times[1]),
    revokedCount: revoked === undefined ? 0 : derItems(revoked.content).length,
  };
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function refusal(reason: string): Outcome<never> {
  return refused(invalidField('revocations.crl', reason));
}
