import { createHash, hkdfSync } from 'node:crypto';

/**
 * Ticket keys of a listener, so that every worker has the same.
 * @param root a random secret of the period, 32 bytes
 * @returns 48 bytes, the form node:tls takes
 */
export function ticketKeysFor(root: Uint8Array, listenerId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, listenerId, 'tls session tickets', 48));
}

/** 32 hex digits over the facts that decide which sessions may resume; the order of facts matters. */
export function sessionIdContextOf(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}
