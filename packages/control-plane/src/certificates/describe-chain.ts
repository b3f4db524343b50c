import { X509Certificate } from 'node:crypto';
import { pemBlocks } from '@elbow/model';

/** One certificate as a person reads it. */
export interface ChainEntry {
  /** `CN=www.example.com, O=Example` */
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string;
  /** DNS names and IP addresses that it is for. */
  readonly names: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** `RSA`, `EC`, or what else the library calls it. */
  readonly keyType: string;
  /** `2048` bits of an RSA key, the name of a curve, or null. */
  readonly keySize: string | null;
  readonly signatureAlgorithm: string | null;
  /** SHA-256 over the DER, lower-case hex. */
  readonly fingerprint: string;
  readonly serialNumber: string;
  readonly isSelfSigned: boolean;
  readonly isAuthority: boolean;
}

/** More than any chain has; the text is a stranger's. */
const mostDescribed = 20;

/** Every certificate of a text that can be read, in its order; says nothing about whether it can be used. */
export function describeChain(text: string): readonly ChainEntry[] {
  const blocks = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
  return blocks.slice(0, mostDescribed).flatMap(({ base64 }) => {
    try {
      return [describe(new X509Certificate(Buffer.from(base64, 'base64')))];
    } catch {
      return [];
    }
  });
}

function describe(certificate: X509Certificate): ChainEntry {
  const { publicKey } = certificate;
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    commonName: /(?:^|\n)CN=([^\n]*)/.exec(certificate.subject)?.[1] ?? '',
    names: namesOf(certificate.subjectAltName ?? ''),
    notBeforeMs: certificate.validFromDate.getTime(),
    notAfterMs: certificate.validToDate.getTime(),
    keyType: (publicKey.asymmetricKeyType ?? 'unknown').toUpperCase(),
    keySize: modulusLength === undefined ? (namedCurve ?? null) : String(modulusLength),
    signatureAlgorithm: certificate.signatureAlgorithm ?? null,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    serialNumber: certificate.serialNumber,
    isSelfSigned: certificate.subject === certificate.issuer,
    isAuthority: certificate.ca,
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

/** `DNS:a.example, IP Address:10.0.0.1` */
function namesOf(text: string): readonly string[] {
  return text.split(', ').flatMap((entry) => {
    const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(entry) ?? [];
    return name === undefined ? [] : [name];
  });
}
