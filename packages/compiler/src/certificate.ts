import { canonicalChain, type Certificate } from '@elbow/model';
import { certificateIdsOf } from './listener-tls.ts';
import { made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/** The certificates and authorities that listeners need, those of listeners that do not compile included. */
export function compileCertificates(tree: ResolvedTree): readonly Outcome[] {
  const ids = new Set(
    tree.listeners.flatMap((listener) => (listener.protocol === 'HTTPS' ? certificateIdsOf(listener) : [])),
  );
  return [...tree.certificates.values()].filter(({ id }) => ids.has(id)).map(compileCertificate);
}

function compileCertificate({ id, certificatePem, sealedKey, revocationsPem }: Certificate): Outcome {
  // Certificates are kept exactly as they were given; engines want one form of PEM.
  return made({
    kind: 'certificate',
    id,
    chainPem: canonicalChain(certificatePem),
    sealedKey,
    revocationsPem,
  });
}
