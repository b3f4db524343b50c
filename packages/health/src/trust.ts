import { createSecureContext, type SecureContext } from 'node:tls';

/** Bundles of authorities that are kept ready: one for each pool that has its members verified. */
const MOST_KEPT = 1000;

const kept = new Map<string | null, SecureContext>();

/**
 * What checks over TLS are made with. Reading a bundle takes longer than a handshake that resumes, so that each is read once.
 * @param caPem authorities, as PEM; null: nobody is verified
 */
export function trustOf(caPem: string | null): SecureContext {
  const known = kept.get(caPem);
  if (known !== undefined) return known;
  const made = createSecureContext({ minVersion: 'TLSv1.2', ...(caPem === null ? {} : { ca: caPem }) });
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(caPem, made);
  return made;
}
