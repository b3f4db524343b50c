import { suitesOfColumn, type TlsProtocol } from './tls-suite.ts';

/** A built-in choice of TLS versions and suites, named by a listener's `tls_ciphers_policy`. */
export interface SystemSecurityPolicy extends TlsChoice {
  readonly name: SystemSecurityPolicyName;
}

/** TLS versions and suites, built in or of a user's making. */
export interface TlsChoice {
  /** Oldest first. */
  readonly protocols: readonly TlsProtocol[];
  /** OpenSSL names in the server's order of preference. */
  readonly ciphers: readonly string[];
}

interface Row {
  /** Of the published table of suites. */
  readonly column: string;
  readonly protocols: readonly TlsProtocol[];
}

const rows = {
  'tls-1-0': { column: 'a', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
  'tls-1-0-inherit': { column: 'b', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
  'tls-1-1': { column: 'a', protocols: ['TLSv1.1', 'TLSv1.2'] },
  'tls-1-2': { column: 'a', protocols: ['TLSv1.2'] },
  'tls-1-2-strict': { column: 'c', protocols: ['TLSv1.2'] },
  'tls-1-2-fs': { column: 'd', protocols: ['TLSv1.2'] },
  'tls-1-0-with-1-3': { column: 'e', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
  'tls-1-2-fs-with-1-3': { column: 'f', protocols: ['TLSv1.2', 'TLSv1.3'] },
  'hybrid-policy-1-0': { column: 'a', protocols: ['TLSv1.1', 'TLSv1.2'] },
  'tls-1-2-strict-no-cbc': { column: 'g', protocols: ['TLSv1.2'] },
} as const satisfies Readonly<Record<string, Row>>;

export type SystemSecurityPolicyName = keyof typeof rows;

export const defaultSecurityPolicy: SystemSecurityPolicyName = 'tls-1-2';

export const systemSecurityPolicies: readonly SystemSecurityPolicy[] = (
  Object.entries(rows) as [SystemSecurityPolicyName, Row][]
).map(([name, { column, protocols }]) => ({ name, protocols, ciphers: suitesOfColumn(column) }));

export function systemSecurityPolicyByName(name: string): SystemSecurityPolicy | null {
  return systemSecurityPolicies.find((policy) => policy.name === name) ?? null;
}
