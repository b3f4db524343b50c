import { createHash, hkdfSync } from 'node:crypto';

/**
 * Ticket keys for a listener: derived, not stored, so every worker has the same and a restart keeps sessions alive.
 * @param sealingKey the secret of the data directory, 32 bytes
 * @returns 48 bytes, the form node:tls takes
 */
export function ticketKeysFor(sealingKey: Uint8Array, listenerId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sealingKey, listenerId, 'tls session tickets', 48));
}

/** 32 hex digits over the facts that decide which sessions may resume; the order of facts matters. */
export function sessionIdContextOf(facts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}
