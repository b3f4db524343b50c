import type { ListenerChunk } from '@elbow/plan';
import { certificateKeyContext, unseal } from '@elbow/secrets';
import {
  createGeneration,
  type Generation,
  type GenerationEvents,
  sessionIdContextOf,
  ticketKeysFor,
} from '@elbow/tls';
import { type ChunkStore, decodeChunk } from './chunk-store.ts';

/**
 * What a listener's TLS side is made from, as a name: equal names mean that the generation in force still fits.
 * Null for HTTP.
 */
export function generationName(listener: ListenerChunk, chunks: ChunkStore): string | null {
  if (listener.tls === null) return null;
  const certificate = chunks.get('certificate', listener.tls.certificateId);
  return JSON.stringify([listener.tls, listener.isHttp2Enabled, certificate?.hash ?? null]);
}

/**
 * Makes the TLS side of an HTTPS listener.
 * @throws when the certificate is not there, its key does not open, or OpenSSL refuses the settings
 */
export function generationOf(
  listener: ListenerChunk,
  chunks: ChunkStore,
  make: { readonly sealingKey: Uint8Array; readonly events: GenerationEvents },
): Generation {
  const tls = listener.tls;
  const shared = tls === null ? null : chunks.get('certificate', tls.certificateId);
  if (tls === null || shared === null)
    throw new Error(`certificate ${tls?.certificateId} is not part of the plan`);
  const certificate = decodeChunk('certificate', shared);
  return createGeneration(
    {
      chainPem: certificate.chainPem,
      keyPem: unseal(make.sealingKey, certificate.sealedKey, certificateKeyContext(certificate.id)).reveal(),
      minVersion: tls.minVersion,
      maxVersion: tls.maxVersion,
      ciphers: tls.ciphers,
      isHttp2Enabled: listener.isHttp2Enabled,
      ticketKeys: ticketKeysFor(make.sealingKey, listener.id),
      sessionIdContext: sessionIdContextOf(['listener', listener.id]),
    },
    make.events,
  );
}
