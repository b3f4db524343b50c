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

export interface NativeContextOptions {
  readonly identities: readonly NativeIdentity[];
  readonly named: readonly (NativeIdentity & { readonly names: readonly string[] })[];
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

export interface NativeRawFacts {
  readonly alpn: string | null;
  readonly version: string;
  readonly cipher: string;
  readonly serverName: string | null;
  readonly isResumed: boolean;
  /** 0: not offered, 1: refused, 2: accepted. */
  readonly earlyData: number;
  /** Of the certificate that was shown, or may have been before the session was resumed. */
  readonly certificateId: string;
  /** The client's first message in its records, where the context keeps it. */
  readonly hello: Buffer | null;
  /** These three are there when clients are asked for a certificate. */
  readonly leaf?: Buffer | null;
  readonly verifyCode?: number;
  readonly verifyReason?: string;
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
  createContext(options: NativeContextOptions): NativeContextHandle;
  setTicketKeys(context: NativeContextHandle, keys: readonly Uint8Array[]): void;
  /** @returns the listener and its port */
  listen(options: NativeListenOptions, context: NativeContextHandle): readonly [number, number];
  setContext(listener: number, context: NativeContextHandle): void;
  closeListener(listener: number): void;
  /** @returns the length of `bytes` when all left, BROKEN, or BLOCKED minus the bytes taken */
  write(connection: number, bytes: Uint8Array): number;
  waiting(connection: number): number;
  end(connection: number): boolean;
  setReading(connection: number, isReading: boolean): void;
  close(connection: number, resets: boolean): void;
  facts(connection: number): NativeRawFacts | null;
  /** @returns handshakes under way, open connections */
  counts(): readonly [number, number];
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
