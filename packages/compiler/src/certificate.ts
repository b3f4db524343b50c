import type { Certificate } from '@elbow/model';
import { made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/** The certificates that listeners show, those of listeners that do not compile included. */
export function compileCertificates(tree: ResolvedTree): readonly Outcome[] {
  const ids = new Set(
    tree.listeners.map((listener) => (listener.protocol === 'HTTPS' ? listener.certificateId : null)),
  );
  return [...tree.certificates.values()].filter(({ id }) => ids.has(id)).map(compileCertificate);
}

function compileCertificate({ id, certificatePem, sealedKey }: Certificate): Outcome {
  return made({ kind: 'certificate', id, chainPem: certificatePem, sealedKey });
}
