import { type TlsHeaderFact, tlsHeaderFacts, type TlsHeaders } from '@elbow/model';
import type { TlsField } from '@elbow/plan';

/** What members know these facts by. */
const ownNames: Readonly<Record<TlsHeaderFact, string>> = {
  certificateId: 'X-Forwarded-TLS-Certificate-ID',
  version: 'X-Forwarded-TLS-Protocol',
  cipher: 'X-Forwarded-TLS-Cipher',
  alpn: 'X-Forwarded-Tls-Alpn-Protocol',
  serverName: 'X-Forwarded-Tls-Sni',
  ja3: 'X-Forwarded-Tls-Ja3',
  ja4: 'X-Forwarded-Tls-Ja4',
  clientSubject: 'X-Forwarded-Clientcert-subjectdn',
  clientIssuer: 'X-Forwarded-Clientcert-issuerdn',
  clientFingerprint: 'X-Forwarded-Clientcert-fingerprint',
  clientVerdict: 'X-Forwarded-Clientcert-clientverify',
  clientSerial: 'X-Forwarded-Clientcert-serialnumber',
  clientCertificate: 'X-Forwarded-Clientcert',
  clientCiphers: 'X-Forwarded-Clientcert-ciphers',
  clientEnd: 'X-Forwarded-Clientcert-end',
};

/** The switches that are on, in a fixed order. */
export function compileTlsFields(headers: TlsHeaders): readonly TlsField[] {
  return tlsHeaderFacts
    .filter((fact) => headers[fact]?.isOn === true)
    .map((fact) => ({ fact, name: headers[fact]?.alias ?? ownNames[fact] }));
}
