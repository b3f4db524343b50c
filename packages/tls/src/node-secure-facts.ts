import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ClientCertificateFacts, SecureFacts } from './client-socket.ts';
import type { HelloFacts } from './hello-facts.ts';
import type { ServerIdentity } from './server-identity.ts';

export interface EndpointFacts {
  readonly asksForCertificate: boolean;
  readonly hello: HelloFacts | null;
  /** The certificates that may have been shown. */
  readonly identities: readonly ServerIdentity[];
}

/** What a connection of node:tls agreed on, read once when its handshake is complete. */
export function nodeSecureFacts(
  socket: TLSSocket,
  { asksForCertificate, hello, identities }: EndpointFacts,
): SecureFacts {
  const { alpnProtocol, servername } = socket;
  return {
    alpn: alpnProtocol === 'h2' || alpnProtocol === 'http/1.1' ? alpnProtocol : null,
    version: socket.getProtocol() ?? '-',
    cipher: socket.getCipher().name,
    serverName: typeof servername === 'string' && servername !== '' ? servername : null,
    isResumed: socket.isSessionReused(),
    client: asksForCertificate ? clientFacts(socket) : null,
    hello,
    shownCertificateId: () => shownCertificateId(socket, identities),
  };
}

/** Of a pair OpenSSL has chosen one, and a resumed session shows none: the first then stands for both. */
function shownCertificateId(socket: TLSSocket, identities: readonly ServerIdentity[]): string | null {
  const shown = identities.length > 1 ? socket.getX509Certificate()?.fingerprint256 : undefined;
  const isShown = (identity: ServerIdentity): boolean =>
    new X509Certificate(identity.open().chainPem).fingerprint256 === shown;
  const found = shown === undefined ? undefined : identities.find(isShown);
  return (found ?? identities[0])?.id ?? null;
}

/**
 * Denies by default. `authorized` alone is not enough: node:tls also sets it on a resumed TLS 1.3 session that never
 * had a certificate.
 */
function clientFacts(socket: TLSSocket): ClientCertificateFacts {
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) return { verdict: 'none', reason: null, certificate: null };
  const reason = reasonOf(socket, shown);
  return { verdict: reason === null ? 'good' : 'bad', reason, certificate: shown.raw };
}

function reasonOf(socket: TLSSocket, shown: X509Certificate): string | null {
  if (!socket.authorized) return readable(String(socket.authorizationError ?? 'not verified'));
  // A session keeps the verdict of the handshake it comes from; the certificate may have run out since.
  if (shown.validToDate.getTime() < Date.now()) return 'cert has expired';
  return isWeak(shown) ? 'ca md too weak' : null;
}

/**
 * The security level that old versions and one suite need (see the compiler's policies) would also accept chains that
 * can be forged: those signed over MD5 or SHA-1.
 */
function isWeak(leaf: X509Certificate): boolean {
  let certificate: X509Certificate | undefined = leaf;
  for (let depth = 0; depth < DEEPEST_CHAIN && certificate !== undefined; depth++) {
    const isRoot = certificate.subject === certificate.issuer;
    if (!isRoot && /md5|sha1(?!\d)/i.test(certificate.signatureAlgorithm ?? '')) return true;
    if (isRoot) return false;
    certificate = certificate.issuerCertificate;
  }
  return false;
}

const DEEPEST_CHAIN = 12;

/** `UNABLE_TO_GET_ISSUER_CERT` in the way people write. */
function readable(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
