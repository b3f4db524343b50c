import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import {
  accepted,
  type CertificateKeyType,
  formatPem,
  invalidField,
  type Outcome,
  type PemBlock,
  pemBlocks,
  refused,
} from '@elbow/model';

/** What the first certificate of a text says. */
export interface CertificateFacts {
  readonly keyType: CertificateKeyType;
  readonly commonName: string;
  readonly subjectAlternativeNames: readonly string[];
  /** SHA-256 over the DER of the leaf, lower-case hex. */
  readonly fingerprint: string;
  readonly expiresAtMs: number;
}

/** A server certificate that a TLS engine can serve. */
export interface ServerCertificate {
  readonly facts: CertificateFacts;
  /** The private key in canonical PEM. */
  readonly keyPem: string;
}

const maxChainLength = 11;
const minRsaBits = 2_048;
const servableCurves: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/**
 * Checks the authorities whose clients may come in: readable, strong enough, and able to be an authority. A
 * self-signed certificate of old times says nothing of that and passes.
 */
export function inspectAuthorities(certificatePem: string): Outcome<CertificateFacts> {
  const chain = readChain(certificatePem);
  if (!chain.ok) return chain;
  const stranger = chain.value.findIndex(({ ca, subject, issuer }) => !ca && subject !== issuer);
  if (stranger !== -1)
    return refusedCertificate(`certificate ${stranger + 1} is not that of a certificate authority`);
  const rootless = chain.value.findIndex((one) => !chain.value.some((other) => one.checkIssued(other)));
  if (rootless !== -1) {
    return refusedCertificate(
      `certificate ${rootless + 1} is an intermediate whose issuer is not there: a client's chain is ` +
        'followed to a root, so the root belongs in the bundle too',
    );
  }
  return accepted(factsOf(chain.value[0]!));
}

/** Checks a chain and its key: readable, unencrypted, strong enough, and made for each other. */
export function inspectServerCertificate(
  certificatePem: string,
  privateKeyPem: string,
): Outcome<ServerCertificate> {
  const chain = readChain(certificatePem);
  if (!chain.ok) return chain;
  const key = readKey(privateKeyPem);
  if (!key.ok) return key;
  const [leaf] = chain.value;
  if (leaf === undefined || !leaf.checkPrivateKey(key.value.object)) {
    return refusedKey('the first certificate does not match the private key (the leaf must come first)');
  }
  const disorder = disorderOf(chain.value);
  return disorder === null
    ? accepted({ facts: factsOf(leaf), keyPem: key.value.pem })
    : refusedCertificate(disorder);
}

/** The same without a key, for somebody who has not got to that yet. */
export function inspectServerChain(certificatePem: string): Outcome<CertificateFacts> {
  const chain = readChain(certificatePem);
  if (!chain.ok) return chain;
  const disorder = disorderOf(chain.value);
  return disorder === null ? accepted(factsOf(chain.value[0]!)) : refusedCertificate(disorder);
}

/** Each certificate is followed by its issuer, if that is in the text at all (RFC 8446 section 4.4.2). */
function disorderOf(chain: readonly X509Certificate[]): string | null {
  for (const [index, certificate] of chain.entries()) {
    const next = chain[index + 1];
    if (next === undefined || certificate.checkIssued(next)) continue;
    const issuer = chain.findIndex((other) => other !== certificate && certificate.checkIssued(other));
    if (issuer !== -1)
      return `is out of order: certificate ${issuer + 1} is the issuer of certificate ${index + 1} and must follow it`;
  }
  return null;
}

function readChain(text: string): Outcome<readonly X509Certificate[]> {
  const blocks = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
  if (blocks.length === 0) {
    return refusedCertificate(
      'holds no "-----BEGIN CERTIFICATE-----" block; convert DER with "openssl x509 -inform der" ' +
        'and PKCS#12 with "openssl pkcs12 -nokeys" to PEM first',
    );
  }
  if (blocks.length > maxChainLength) {
    return refusedCertificate(`holds ${blocks.length} certificates; the limit is ${maxChainLength}`);
  }
  const chain: X509Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    const read = readOne(block, index + 1);
    if (!read.ok) return read;
    chain.push(read.value);
  }
  return accepted(chain);
}

function readOne(block: PemBlock, position: number): Outcome<X509Certificate> {
  try {
    const certificate = new X509Certificate(Buffer.from(block.base64, 'base64'));
    const weakness = weaknessOf(certificate);
    return weakness === null
      ? accepted(certificate)
      : refusedCertificate(`certificate ${position} ${weakness}`);
  } catch {
    return refusedCertificate(`certificate ${position} cannot be read as X.509`);
  }
}

/** Clients refuse such chains, or the TLS library refuses to serve them; a root's own signature is never looked at. */
function weaknessOf(certificate: X509Certificate): string | null {
  const isSelfSigned = certificate.subject === certificate.issuer;
  if (!isSelfSigned && /sha1|md5/i.test(certificate.signatureAlgorithm ?? '')) {
    return `is signed with ${certificate.signatureAlgorithm}, which clients no longer trust`;
  }
  return weakKey(certificate.publicKey);
}

function weakKey(key: KeyObject): string | null {
  const details = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss': {
      const bits = details.modulusLength ?? 0;
      return bits < minRsaBits ? `has an RSA key of ${bits} bits; at least ${minRsaBits} are needed` : null;
    }
    case 'ec':
      return servableCurves.includes(details.namedCurve)
        ? null
        : `has a key on curve ${details.namedCurve}; P-256, P-384 and P-521 can be served`;
    case 'ed25519':
      return null;
    default:
      return `has a key of type ${key.asymmetricKeyType}, which cannot be served`;
  }
}

interface ReadKey {
  readonly object: KeyObject;
  readonly pem: string;
}

function readKey(text: string): Outcome<ReadKey> {
  const blocks = pemBlocks(text).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type:\s*4,ENCRYPTED/.test(text);
  if (isEncrypted) return refusedKey('is encrypted; decrypt it with "openssl pkey" first');
  if (blocks.length !== 1)
    return refusedKey(`holds ${blocks.length} private keys in PEM form; one is needed`);
  const pem = formatPem(blocks);
  try {
    return accepted({ object: createPrivateKey({ key: pem, format: 'pem' }), pem });
  } catch {
    return refusedKey('cannot be read as a private key');
  }
}

function factsOf(leaf: X509Certificate): CertificateFacts {
  return {
    keyType: keyTypeOf(leaf),
    commonName: /(?:^|\n)CN=([^\n]*)/.exec(leaf.subject)?.[1] ?? '',
    subjectAlternativeNames: dnsNames(leaf.subjectAltName ?? ''),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    expiresAtMs: leaf.validToDate.getTime(),
  };
}

function keyTypeOf({ publicKey }: X509Certificate): CertificateKeyType {
  if (publicKey.asymmetricKeyType === 'ec') return 'EC';
  return publicKey.asymmetricKeyType === 'ed25519' ? 'Ed25519' : 'RSA';
}

/** `DNS:a.example, IP Address:10.0.0.1`: the DNS names are what SNI can ask for. */
function dnsNames(text: string): readonly string[] {
  return text
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .map((entry) => entry.slice('DNS:'.length));
}

function refusedCertificate(reason: string): Outcome<never> {
  return refused(invalidField('certificate.certificate', reason));
}

function refusedKey(reason: string): Outcome<never> {
  return refused(invalidField('certificate.private_key', reason));
}
