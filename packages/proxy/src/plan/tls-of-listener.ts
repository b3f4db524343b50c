import { certificatesOf, type ListenerChunk, type ListenerTls, type TlsFact } from '@elbow/plan';
import { certificateKeyContext, unseal } from '@elbow/secrets';
import { type GenerationSettings, type ServerIdentity, sessionIdContextOf } from '@elbow/tls';
import type { SharedChunk } from '../worker-messages.ts';
import { type ChunkStore, decodeChunk } from './chunk-store.ts';

/**
 * What a listener's TLS side is made from, as a name: equal names mean that the generation in force still fits.
 * Null for HTTP.
 */
export function generationName(listener: ListenerChunk, chunks: ChunkStore): string | null {
  if (listener.tls === null) return null;
  const hashes = certificatesOf(listener.tls).map((id) => chunks.get('certificate', id)?.hash ?? null);
  return JSON.stringify([listener.tls, listener.isHttp2Enabled, keepsHelloFacts(listener), hashes]);
}

export interface TlsParts {
  readonly chunks: ChunkStore;
  readonly sealingKey: Uint8Array;
}

/**
 * What the TLS side of an HTTPS listener is made from, whatever the engine. Keys are opened when they are asked for.
 * @throws when a certificate is not there
 */
export function tlsSettingsOf(
  listener: ListenerChunk,
  tls: ListenerTls,
  parts: TlsParts,
): Omit<GenerationSettings, 'endpoints'> {
  const identity = (id: string): ServerIdentity => identityOf(sharedCertificate(parts.chunks, id), parts);
  return {
    identity: identity(tls.certificateId),
    names: tls.names.map(({ name, certificateIds }) => [name, certificateIds.map(identity)] as const),
    nameMatch: tls.nameMatch,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    versionsLeftOut: tls.versionsLeftOut,
    ciphers: tls.ciphers,
    clients: authoritiesOf(tls, parts.chunks),
    isHttp2Enabled: listener.isHttp2Enabled,
    keepsHelloFacts: keepsHelloFacts(listener),
    sessionIdContext: sessionIdContext(listener.id, tls, parts.chunks),
  };
}

/**
 * A session resumes only under what it was made under: the same listener, versions, suites, authorities and
 * revocation lists (all in the hash of their chunk), and the same mode of verification.
 */
function sessionIdContext(listenerId: string, tls: ListenerTls, chunks: ChunkStore): string {
  const { minVersion, maxVersion, versionsLeftOut, ciphers, clientAuthorityId } = tls;
  const authorities = clientAuthorityId === null ? null : sharedCertificate(chunks, clientAuthorityId).hash;
  const mode = authorities === null ? 'clients not verified' : 'clients verified';
  return sessionIdContextOf([
    listenerId,
    minVersion,
    maxVersion,
    versionsLeftOut,
    ciphers,
    mode,
    authorities,
  ]);
}

const factsOfHello: ReadonlySet<TlsFact> = new Set(['ja3', 'ja4', 'clientCiphers']);

function keepsHelloFacts({ forwarding }: ListenerChunk): boolean {
  return forwarding.tlsFields.some(({ fact }) => factsOfHello.has(fact));
}

function authoritiesOf({ clientAuthorityId }: ListenerTls, chunks: ChunkStore) {
  if (clientAuthorityId === null) return null;
  const { chainPem, revocationsPem } = decodeChunk(
    'certificate',
    sharedCertificate(chunks, clientAuthorityId),
  );
  return { authoritiesPem: chainPem, revocationsPem };
}

function identityOf(shared: SharedChunk, { sealingKey }: TlsParts): ServerIdentity {
  return {
    id: shared.id,
    version: shared.hash,
    open: () => {
      const { id, chainPem, sealedKey } = decodeChunk('certificate', shared);
      if (sealedKey === null) throw new Error(`certificate ${id} has no private key`);
      return { chainPem, keyPem: unseal(sealingKey, sealedKey, certificateKeyContext(id)).reveal() };
    },
  };
}

function sharedCertificate(chunks: ChunkStore, id: string): SharedChunk {
  const shared = chunks.get('certificate', id);
  if (shared === null) throw new Error(`certificate ${id} is not part of the plan`);
  return shared;
}
