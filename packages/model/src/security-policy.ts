/** A built-in choice of TLS versions and ciphers, named by a listener's `tls_ciphers_policy`. */
export interface SecurityPolicy {
  readonly name: SecurityPolicyName;
  /** Oldest first. */
  readonly protocols: readonly TlsProtocol[];
  /** OpenSSL names in the server's order of preference. */
  readonly ciphers: readonly string[];
  /** False while a node cannot offer it: the name is known and refused with a reason. */
  readonly isSupported: boolean;
}

export type TlsProtocol = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

const securityPolicyNames = [
  'tls-1-0',
  'tls-1-0-inherit',
  'tls-1-1',
  'tls-1-2',
  'tls-1-2-strict',
  'tls-1-2-fs',
  'tls-1-0-with-1-3',
  'tls-1-2-fs-with-1-3',
  'hybrid-policy-1-0',
  'tls-1-2-strict-no-cbc',
] as const;

export type SecurityPolicyName = (typeof securityPolicyNames)[number];

export const defaultSecurityPolicy: SecurityPolicyName = 'tls-1-2';

/** Columns of the published table, one letter per policy that holds the cipher; the order of rows is the preference. */
const cipherColumns: readonly (readonly [string, string])[] = [
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 'abcdefg'],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 'abcdefg'],
  ['ECDHE-ECDSA-AES128-SHA256', 'abcdef'],
  ['ECDHE-ECDSA-AES256-SHA384', 'abcdef'],
  ['ECDHE-ECDSA-AES128-SHA', 'abe'],
  ['ECDHE-ECDSA-AES256-SHA', 'abe'],
  ['ECDHE-RSA-AES256-GCM-SHA384', 'abcdefg'],
  ['ECDHE-RSA-AES128-GCM-SHA256', 'abcdefg'],
  ['AES128-GCM-SHA256', 'abce'],
  ['AES256-GCM-SHA384', 'abce'],
  ['ECDHE-RSA-AES128-SHA256', 'abcdef'],
  ['AES128-SHA256', 'abce'],
  ['AES256-SHA256', 'abce'],
  ['ECDHE-RSA-AES256-SHA384', 'abcdef'],
  ['ECDHE-RSA-AES128-SHA', 'abe'],
  ['DHE-RSA-AES128-SHA', 'b'],
  ['ECDHE-RSA-AES256-SHA', 'abe'],
  ['AES128-SHA', 'abe'],
  ['AES256-SHA', 'abe'],
  ['DHE-DSS-AES128-SHA', 'b'],
  ['CAMELLIA128-SHA', 'b'],
  ['EDH-RSA-DES-CBC3-SHA', 'b'],
  ['DES-CBC3-SHA', 'b'],
  ['ECDHE-RSA-RC4-SHA', 'b'],
  ['RC4-SHA', 'b'],
  ['DHE-RSA-AES256-SHA', 'b'],
  ['DHE-DSS-AES256-SHA', 'b'],
  ['DHE-RSA-CAMELLIA256-SHA', 'b'],
  ['DHE-DSS-CAMELLIA256-SHA', 'b'],
  ['CAMELLIA256-SHA', 'b'],
  ['EDH-DSS-DES-CBC3-SHA', 'b'],
  ['DHE-RSA-CAMELLIA128-SHA', 'b'],
  ['DHE-DSS-CAMELLIA128-SHA', 'b'],
  ['TLS_AES_128_GCM_SHA256', 'ef'],
  ['TLS_AES_256_GCM_SHA384', 'ef'],
  ['TLS_CHACHA20_POLY1305_SHA256', 'ef'],
  ['TLS_AES_128_CCM_SHA256', 'ef'],
  ['TLS_AES_128_CCM_8_SHA256', 'ef'],
];

const columnOf: Readonly<Record<SecurityPolicyName, string>> = {
  'tls-1-0': 'a',
  'tls-1-0-inherit': 'b',
  'tls-1-1': 'a',
  'tls-1-2': 'a',
  'tls-1-2-strict': 'c',
  'tls-1-2-fs': 'd',
  'tls-1-0-with-1-3': 'e',
  'tls-1-2-fs-with-1-3': 'f',
  'hybrid-policy-1-0': 'a',
  'tls-1-2-strict-no-cbc': 'g',
};

const protocolsOf: Readonly<Record<SecurityPolicyName, readonly TlsProtocol[]>> = {
  'tls-1-0': ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
  'tls-1-0-inherit': ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
  'tls-1-1': ['TLSv1.1', 'TLSv1.2'],
  'tls-1-2': ['TLSv1.2'],
  'tls-1-2-strict': ['TLSv1.2'],
  'tls-1-2-fs': ['TLSv1.2'],
  'tls-1-0-with-1-3': ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  'tls-1-2-fs-with-1-3': ['TLSv1.2', 'TLSv1.3'],
  'hybrid-policy-1-0': ['TLSv1.1', 'TLSv1.2'],
  'tls-1-2-strict-no-cbc': ['TLSv1.2'],
};

export const securityPolicies: readonly SecurityPolicy[] = securityPolicyNames.map((name) => ({
  name,
  protocols: protocolsOf[name],
  ciphers: cipherColumns.filter(([, columns]) => columns.includes(columnOf[name])).map(([cipher]) => cipher),
  // TLS 1.0 and 1.1 need another security level of the TLS library than listeners have.
  isSupported: protocolsOf[name].every((protocol) => protocol === 'TLSv1.2' || protocol === 'TLSv1.3'),
}));

export function securityPolicyByName(name: string): SecurityPolicy | null {
  return securityPolicies.find((policy) => policy.name === name) ?? null;
}
