import { X509Certificate } from 'node:crypto';

/** A client's certificate in the forms in which members are told of it. All texts are printable ASCII. */
export interface ClientCertificate {
  /** RFC 2253: the most specific part first. */
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 over the DER, lower-case hex. */
  readonly fingerprint: string;
  /** Upper-case hex. */
  readonly serial: string;
  /** `Nov 30 12:00:00 2026 GMT` */
  readonly end: string;
  /** PEM, URL-encoded: a field value has no line breaks. */
  readonly escapedPem: string;
}

/** @returns null for bytes that are no certificate */
export function describeClientCertificate(der: Buffer): ClientCertificate | null {
  try {
    const certificate = new X509Certificate(der);
    return {
      subject: distinguishedName(certificate.subject),
      issuer: distinguishedName(certificate.issuer),
      fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      serial: certificate.serialNumber.toUpperCase(),
      end: certificate.validTo,
      escapedPem: encodeURIComponent(certificate.toString()),
    };
  } catch {
    return null;
  }
}

/**
 * `C=DE\nO=Example\nCN=a` as `CN=a,O=Example,C=DE`. Values come escaped but for characters beyond ASCII, which
 * RFC 2253 §2.4 writes as the bytes of their UTF-8 form.
 */
function distinguishedName(lines: string): string {
  return (lines ?? '')
    .split('\n')
    .toReversed()
    .join(',')
    .replace(/[^\x20-\x7e]/gu, escapeBytes);
}

function escapeBytes(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
