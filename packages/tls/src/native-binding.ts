import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OpenedIdentity } from './server-identity.ts';

/** What a connection reports, as bits; several may come at once. */
export const nativeEvent = {
  secured: 1,
  early: 2,
  ended: 4,
  truncated: 8,
  drained: 16,
  failed: 32,
  plain: 64,
} as const;

/** Results of `write` below zero: the connection is broken, or the kernel is full. */
export const BROKEN = -1;
export const BLOCKED = -2;

/** A set of TLS settings, kept alive by whoever holds it: this handle, listeners, connections. */
export type NativeContextHandle = { readonly isNativeContext: true };

export interface NativeIdentity extends OpenedIdentity {
  readonly id: string;
}

/** A certificate with its key, read once and shared by all contexts that have it. */
export type NativeIdentityHandle = { readonly isNativeIdentity: true };

export interface NativeContextOptions {
  readonly identities: readonly NativeIdentityHandle[];
  readonly named: readonly { readonly identity: NativeIdentityHandle; readonly names: readonly string[] }[];
  readonly matchesAnyDepth: boolean;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** SSL_OP_ bits, added to those the addon always sets. */
  readonly secureOptions: number;
  readonly ciphers: string;
  readonly suites: string;
  readonly groups: string;
  /** Signature algorithms; empty: those of OpenSSL. */
  readonly signatures: string;
  /** Protocol names, each after one byte with its length (RFC 7301 §3.1). */
  readonly protocols: string;
  readonly ticketKeys: readonly Uint8Array[];
  readonly sessionSeconds: number;
  readonly sessionIdContext: string;
  /** 0: none is taken. */
  readonly earlyDataBytes: number;
  readonly keepsHello: boolean;
  /** Empty: clients are not asked for a certificate. */
  readonly clientAuthoritiesPem: string;
  readonly revocationsPem: string;
}

export interface NativeStartOptions {
  /** Where decrypted bytes are put for `onEvent`; larger than what one read may bring, 96 KiB. */
  readonly plain: Uint8Array;
  /** Where `facts` leaves what it found; see native-facts.ts. */
  readonly facts: Uint32Array;
  readonly filter: Uint8Array | null;
  readonly helloMs: number;
  readonly handshakeMs: number;
  readonly mostHandshakes: number;
  readonly mostWaiting: number;
  /** @returns whether the client may come in; else it sees a reset */
  onAccept(listener: number, connection: number, address: string, port: number): boolean;
  /** @param length bytes in `plain`; with `plain` the file descriptor that is now the callee's */
  onEvent(connection: number, events: number, length: number, reason: string | null): void;
}

export interface NativeListenOptions {
  readonly address: string;
  readonly port: number;
  readonly backlog: number;
  readonly reusePort: boolean;
  readonly ipv6Only: boolean;
}

/** The functions of the addon; connections, listeners and contexts are handles. */
export interface NativeBinding {
  readonly opensslVersion: string;
  start(options: NativeStartOptions): void;
  /** @throws when certificate and key cannot be read or do not belong together */
  createIdentity(identity: NativeIdentity): NativeIdentityHandle;
  createContext(options: NativeContextOptions): NativeContextHandle;
  setTicketKeys(context: NativeContextHandle, keys: readonly Uint8Array[]): void;
  /** @returns the listener and its port */
  listen(options: NativeListenOptions, context: NativeContextHandle | null): readonly [number, number];
  setContext(listener: number, context: NativeContextHandle): void;
  closeListener(listener: number): void;
  /**
   * @param isLast `end` comes next
   * @returns the length of `bytes` when all left, BROKEN, or BLOCKED minus the bytes taken
   */
  write(connection: number, bytes: Uint8Array, isLast: boolean): number;
  waiting(connection: number): number;
  end(connection: number): boolean;
  setReading(connection: number, isReading: boolean): void;
  close(connection: number, resets: boolean): void;
  /** @returns the name the client asked for; the other facts are then in the words given to `start` */
  facts(connection: number): string | null;
  /** As OpenSSL names it; null when the connection is gone, as with the others below. */
  cipherName(connection: number): string | null;
  /** Of the certificate that was shown, or may have been before the session was resumed. */
  certificateId(connection: number): string | null;
  /** DER of what the client showed. */
  peerCertificate(connection: number): Buffer | null;
  verdictText(verdict: number): string;
  /** The client's first message in its records, where the context keeps it; once. */
  takeHello(connection: number): Buffer | null;
  /** @returns handshakes under way, open connections */
  counts(): readonly [number, number];
  /** @returns bytes written to `output`, or a number below zero: they do not fit */
  encodeNow(coding: number, level: number, body: Uint8Array, output: Uint8Array): number;
  /** The same on another thread, which has `body` and `output` to itself until `done`. */
  encodeLater(
    coding: number,
    level: number,
    body: Uint8Array,
    output: Uint8Array,
    done: (byteCount: number) => void,
  ): void;
}

export type NativeLoad =
  | { readonly binding: NativeBinding; readonly reason: null }
  | { readonly binding: null; readonly reason: string };

const addonFile = fileURLToPath(new URL('../native/build/elbow-tls.node', import.meta.url));
let loaded: NativeLoad | null = null;

/** Loads the addon of this thread, once. */
export function loadNativeBinding(): NativeLoad {
  loaded ??= load();
  return loaded;
}

function load(): NativeLoad {
  if (!existsSync(addonFile)) return refuse('it is not built: run `node packages/tls/native/build.mjs`');
  try {
    const binding = createRequire(import.meta.url)(addonFile) as NativeBinding;
    if (binding.opensslVersion.split('.')[0] === '3') return { binding, reason: null };
    return refuse(`it needs OpenSSL 3, this Node has ${binding.opensslVersion}`);
  } catch (error) {
    return refuse(`it does not load: ${(error as Error).message}`);
  }
}

function refuse(reason: string): NativeLoad {
  return { binding: null, reason: `no native TLS engine: ${reason}` };
}
