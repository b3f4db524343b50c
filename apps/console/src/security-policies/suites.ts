import { suiteFits, type TlsProtocol, tlsProtocols } from '@elbow/model';

/** Newest first, as people choose. */
export const versions: readonly TlsProtocol[] = [...tlsProtocols].reverse();

/** `TLSv1` → `TLS 1.0` */
export function versionName(version: TlsProtocol): string {
  return version === 'TLSv1' ? 'TLS 1.0' : version.replace('TLSv', 'TLS ');
}

export type Weakness = 'sha1' | 'cbc' | 'noSecrecy';

/** Key exchanges that are made anew for every connection. */
export function hasForwardSecrecy(suite: string): boolean {
  return /^(?:ECDHE|DHE|EDH|TLS_)/.test(suite);
}

/** What speaks against a suite; SHA-1 says more than CBC, which it implies here. */
export function weaknessesOf(suite: string): readonly Weakness[] {
  const isModern = suite.startsWith('TLS_') || /GCM|CHACHA20|CCM/.test(suite);
  const mode: readonly Weakness[] = isModern ? [] : [suite.endsWith('-SHA') ? 'sha1' : 'cbc'];
  return hasForwardSecrecy(suite) ? mode : [...mode, 'noSecrecy'];
}

export type GroupName = 'TLSv1.3' | 'TLSv1.2' | 'old';

/** Suites that belong to the same versions. */
export interface SuiteGroup {
  readonly name: GroupName;
  readonly suites: readonly string[];
}

const groupNames: readonly GroupName[] = ['TLSv1.3', 'TLSv1.2', 'old'];

/** Those of the newest version first; within a group the order stays. */
export function groupSuites(suites: readonly string[]): readonly SuiteGroup[] {
  return groupNames
    .map((name) => ({ name, suites: suites.filter((suite) => groupOf(suite) === name) }))
    .filter((group) => group.suites.length > 0);
}

function groupOf(suite: string): GroupName {
  if (suiteFits(suite, 'TLSv1.3')) return 'TLSv1.3';
  return suiteFits(suite, 'TLSv1') ? 'old' : 'TLSv1.2';
}

/** Suites that clients of these versions can be offered. */
export function suitesFor(suites: readonly string[], chosen: readonly TlsProtocol[]): readonly string[] {
  return suites.filter((suite) => chosen.some((version) => suiteFits(suite, version)));
}

/** Versions that no suite of the choice can be used with. */
export function versionsWithout(
  suites: readonly string[],
  chosen: readonly TlsProtocol[],
): readonly TlsProtocol[] {
  return chosen.filter((version) => !suites.some((suite) => suiteFits(suite, version)));
}

/** Suites of TLS 1.3 go with every key; the older ones name the kind of key they need. */
export function suitsKey(suites: readonly string[], key: 'rsa' | 'ec'): boolean {
  return suites.some((suite) => suite.startsWith('TLS_') || suite.includes('ECDSA') === (key === 'ec'));
}
