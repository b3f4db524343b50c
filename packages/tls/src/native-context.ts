import { hkdfSync } from 'node:crypto';
import type { TlsVersion } from '@elbow/plan';
import { contextOptions } from './context-options.ts';
import type { GenerationSettings } from './generation.ts';
import type { NativeContextOptions } from './native-binding.ts';
import type { LoadedIdentity } from './native-identities.ts';
import type { ServerIdentity } from './server-identity.ts';

/** What a listener's TLS side is made from, on the native engine: as on the other, and what only this one can. */
export interface NativeSettings extends Omit<GenerationSettings, 'endpoints'> {
  /** {@link nativeTicketKey}; the first encrypts, all decrypt. Empty: no resumption. */
  readonly ticketKeys: readonly Uint8Array[];
  /** Early data is never taken from clients that are asked for a certificate. */
  readonly takesEarlyData: boolean;
}

/** One full TLS record: what clients send as early data at most. */
const EARLY_DATA_BYTES = 16_384;
const TICKET_KEY_BYTES = 80;

const versionNumbers: Readonly<Record<TlsVersion, number>> = {
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

export type LoadIdentity = (identity: ServerIdentity) => LoadedIdentity;

/** The settings in the form the addon takes; what both engines have in common is decided in one place. */
export function nativeContextOptions(settings: NativeSettings, load: LoadIdentity): NativeContextOptions {
  const suites = settings.ciphers.split(':').filter((name) => name !== '');
  const takesEarlyData = settings.takesEarlyData && settings.clients === null;
  const { ecdhCurve, sigalgs, secureOptions, sessionTimeout } = contextOptions(settings, []);
  return {
    identities: [load(settings.identity).handle],
    named: namesByIdentity(settings.names, load),
    matchesAnyDepth: settings.nameMatch === 'longest_suffix',
    minVersion: versionNumbers[settings.minVersion],
    maxVersion: versionNumbers[settings.maxVersion],
    secureOptions: secureOptions ?? 0,
    ciphers: suites.filter((name) => !name.startsWith('TLS_')).join(':'),
    suites: suites.filter((name) => name.startsWith('TLS_')).join(':'),
    groups: ecdhCurve ?? '',
    signatures: sigalgs ?? '',
    protocols: (settings.isHttp2Enabled ? ['h2', 'http/1.1'] : ['http/1.1']).map(withLength).join(''),
    ticketKeys: settings.ticketKeys,
    sessionSeconds: sessionTimeout ?? 0,
    sessionIdContext: settings.sessionIdContext,
    earlyDataBytes: takesEarlyData ? EARLY_DATA_BYTES : 0,
    keepsHello: settings.keepsHelloFacts,
    clientAuthoritiesPem: settings.clients?.authoritiesPem ?? '',
    revocationsPem: settings.clients?.revocationsPem ?? '',
  };
}

/**
 * A ticket key of a listener: 16 bytes of name, 32 of HMAC-SHA-256 key, 32 of AES-256 key; the same in all workers.
 * @param root a random secret of the period, 32 bytes
 */
export function nativeTicketKey(root: Uint8Array, listenerId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, listenerId, 'native tls session tickets', TICKET_KEY_BYTES));
}

/** Each certificate once, with all its names. */
function namesByIdentity(names: NativeSettings['names'], load: LoadIdentity): NativeContextOptions['named'] {
  const known = new Map<LoadedIdentity, string[]>();
  for (const [name, identities] of names)
    for (const identity of identities) {
      const loaded = load(identity);
      known.set(loaded, [...(known.get(loaded) ?? []), name]);
    }
  return [...known].map(([{ handle }, own]) => ({ identity: handle, names: own }));
}

function withLength(protocol: string): string {
  return String.fromCharCode(protocol.length) + protocol;
}
