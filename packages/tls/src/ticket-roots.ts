import { nativeTicketKey } from './native-context.ts';
import { ticketKeysFor } from './ticket-keys.ts';

/**
 * The secrets that session tickets are made with, in memory that the node's main thread writes and all workers read:
 * one word that counts changes, then the newest secrets, newest first, 32 bytes each.
 */
const COUNT_BYTES = 8;
export const ROOT_BYTES = 32;
/** Tickets live 10 minutes and a secret a day; an engine that can open tickets of older ones needs no more. */
export const ROOTS_KEPT = 3;

export function createTicketRoots(): SharedArrayBuffer {
  return new SharedArrayBuffer(COUNT_BYTES + ROOTS_KEPT * ROOT_BYTES);
}

/** @param roots newest first; what is missing is left zero, and never first */
export function writeTicketRoots(buffer: SharedArrayBuffer, roots: readonly Uint8Array[]): void {
  const bytes = new Uint8Array(buffer, COUNT_BYTES);
  bytes.fill(0);
  roots.slice(0, ROOTS_KEPT).forEach((root, index) => bytes.set(root, index * ROOT_BYTES));
  Atomics.add(new Int32Array(buffer, 0, 1), 0, 1);
}

/** The ticket keys of a worker's listeners, worked out again when the secrets have changed. */
export class TicketKeyBook {
  private readonly buffer: SharedArrayBuffer;
  private readonly count: Int32Array;
  private readonly keys = new Map<string, Buffer>();
  private readonly nativeKeys = new Map<string, readonly Buffer[]>();
  private seen = -1;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.count = new Int32Array(buffer, 0, 1);
  }

  /** 48 bytes for node:tls; the same object until the secrets change. */
  keysFor(listenerId: string): Buffer {
    this.forgetOld();
    let keys = this.keys.get(listenerId);
    if (keys === undefined) {
      keys = ticketKeysFor(this.roots()[0]!, listenerId);
      this.keys.set(listenerId, keys);
    }
    return keys;
  }

  /** {@link nativeTicketKey} of each secret there is, newest first; the same list until the secrets change. */
  nativeKeysFor(listenerId: string): readonly Buffer[] {
    this.forgetOld();
    let keys = this.nativeKeys.get(listenerId);
    if (keys === undefined) {
      const roots = this.roots().filter((root) => root.some((byte) => byte !== 0));
      keys = roots.map((root) => nativeTicketKey(root, listenerId));
      this.nativeKeys.set(listenerId, keys);
    }
    return keys;
  }

  private forgetOld(): void {
    const count = Atomics.load(this.count, 0);
    if (count === this.seen) return;
    this.seen = count;
    this.keys.clear();
    this.nativeKeys.clear();
  }

  /** Newest first. */
  roots(): readonly Uint8Array[] {
    // A copy: cryptographic functions do not take views of shared memory.
    const bytes = Uint8Array.from(new Uint8Array(this.buffer, COUNT_BYTES));
    return Array.from({ length: ROOTS_KEPT }, (_, index) =>
      bytes.subarray(index * ROOT_BYTES, (index + 1) * ROOT_BYTES),
    );
  }
}
