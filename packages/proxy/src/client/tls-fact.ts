import type { TlsFact } from '@elbow/plan';
import { type ClientCertificate, describeClientCertificate, type SecureFacts } from '@elbow/tls';

type Readers = Readonly<Record<TlsFact, (facts: TlsFacts) => string | null>>;

/** One table for all connections: what each of them holds counts ten thousand times. */
const readers: Readers = {
  certificateId: ({ secure }) => secure.shownCertificateId?.() ?? null,
  version: ({ secure }) => secure.version,
  cipher: ({ secure }) => secure.cipher,
  alpn: ({ secure }) => secure.alpn,
  serverName: ({ secure }) => secure.serverName,
  ja3: ({ secure }) => secure.hello?.ja3 ?? null,
  ja4: ({ secure }) => secure.hello?.ja4 ?? null,
  // The suites a client offers are a fact of clients that are asked for a certificate, as all of this family.
  clientCiphers: ({ secure }) => (secure.client === null ? null : (secure.hello?.ciphers ?? null)),
  clientVerdict: ({ secure }) => verdictText(secure),
  clientSubject: ({ certificate }) => certificate?.subject ?? null,
  clientIssuer: ({ certificate }) => certificate?.issuer ?? null,
  clientFingerprint: ({ certificate }) => certificate?.fingerprint ?? null,
  clientSerial: ({ certificate }) => certificate?.serial ?? null,
  clientCertificate: ({ certificate }) => certificate?.escapedPem ?? null,
  clientEnd: ({ certificate }) => certificate?.end ?? null,
};

/** What a member may be told about one client's TLS connection. */
export class TlsFacts {
  readonly secure: SecureFacts;
  private described: ClientCertificate | null | undefined;

  constructor(secure: SecureFacts) {
    this.secure = secure;
  }

  /** Null where there is nothing to tell. */
  read(fact: TlsFact): string | null {
    return readers[fact](this);
  }

  /** Read when the first of its facts is asked for. */
  get certificate(): ClientCertificate | null {
    const der = this.secure.client?.certificate ?? null;
    this.described ??= der === null ? null : describeClientCertificate(der);
    return this.described;
  }
}

/** In the words of nginx. */
function verdictText({ client }: SecureFacts): string {
  if (client === null || client.verdict === 'none') return 'NONE';
  return client.verdict === 'good' ? 'SUCCESS' : `FAILED:${client.reason ?? 'unknown'}`;
}
