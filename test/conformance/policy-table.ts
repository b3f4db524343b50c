// What each built-in security policy offers, as the cloud publishes it.

const ecdsa = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
];
const a = [
  ...ecdsa,
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'AES128-SHA256',
  'AES256-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-SHA',
  'AES256-SHA',
];
const inherit = [
  ...a.slice(0, 15),
  'DHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-SHA',
  'AES256-SHA',
  'DHE-RSA-AES256-SHA',
];
const strict = a.filter((suite) => !suite.endsWith('-SHA'));
const forward = [
  ...ecdsa,
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
];
export const noCbc = forward.filter((suite) => suite.includes('GCM'));
export const tls13 = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
];

export type Versions = '1.0' | '1.1' | '1.2' | '1.3';

/** The published table: versions, and suites in the server's order without those that no OpenSSL of today has. */
export const policies: readonly (readonly [
  name: string,
  versions: readonly Versions[],
  suites: readonly string[],
])[] = [
  ['tls-1-0', ['1.0', '1.1', '1.2'], a],
  ['tls-1-0-inherit', ['1.0', '1.1', '1.2'], inherit],
  ['tls-1-1', ['1.1', '1.2'], a],
  ['tls-1-2', ['1.2'], a],
  ['tls-1-2-strict', ['1.2'], strict],
  ['tls-1-2-fs', ['1.2'], forward],
  ['tls-1-0-with-1-3', ['1.0', '1.1', '1.2', '1.3'], [...a, ...tls13]],
  ['tls-1-2-fs-with-1-3', ['1.2', '1.3'], [...forward, ...tls13]],
  ['hybrid-policy-1-0', ['1.1', '1.2'], a],
  ['tls-1-2-strict-no-cbc', ['1.2'], noCbc],
];

/** Suites that a version has at all: those of TLS 1.3 are its own, SHA-2 and GCM came with TLS 1.2. */
export function fit(suites: readonly string[], version: Versions): readonly string[] {
  const is13 = (suite: string): boolean => suite.startsWith('TLS_');
  if (version === '1.3') return suites.filter(is13);
  return suites.filter((suite) => !is13(suite) && (version === '1.2' || suite.endsWith('-SHA')));
}
