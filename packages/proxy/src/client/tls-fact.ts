import type { TlsFact } from '@elbow/plan';
import { type ClientCertificate, describeClientCertificate, type SecureFacts } from '@elbow/tls';

/** What a member may be told about a client's TLS connection; null where there is nothing to tell. */
export type TlsFactOf = (fact: TlsFact) => string | null;

/**
 * Looks up facts of one connection; a client's certificate is read when the first of its facts is asked for.
 * @param certificateId which of the listener's certificates was shown
 */
export function tlsFactsOf(secure: SecureFacts, certificateId: () => string | null): TlsFactOf {
  let certificate: ClientCertificate | null | undefined;
  const ofCertificate = (): ClientCertificate | null => {
    const der = secure.client?.certificate ?? null;
    certificate ??= der === null ? null : describeClientCertificate(der);
    return certificate;
  };
  const facts: Readonly<Record<TlsFact, () => string | null>> = {
    certificateId,
    version: () => secure.version,
    cipher: () => secure.cipher,
    alpn: () => secure.alpn,
    serverName: () => secure.serverName,
    ja3: () => secure.hello?.ja3 ?? null,
    ja4: () => secure.hello?.ja4 ?? null,
    // The suites a client offers are a fact of clients that are asked for a certificate, as all of this family.
    clientCiphers: () => (secure.client === null ? null : (secure.hello?.ciphers ?? null)),
    clientVerdict: () => verdictText(secure),
    clientSubject: () => ofCertificate()?.subject ?? null,
    clientIssuer: () => ofCertificate()?.issuer ?? null,
    clientFingerprint: () => ofCertificate()?.fingerprint ?? null,
    clientSerial: () => ofCertificate()?.serial ?? null,
    clientCertificate: () => ofCertificate()?.escapedPem ?? null,
    clientEnd: () => ofCertificate()?.end ?? null,
  };
  return (fact) => facts[fact]();
}

/** In the words of nginx. */
function verdictText({ client }: SecureFacts): string {
  if (client === null || client.verdict === 'none') return 'NONE';
  return client.verdict === 'good' ? 'SUCCESS' : `FAILED:${client.reason ?? 'unknown'}`;
}
