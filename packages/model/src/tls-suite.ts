export type TlsProtocol = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Oldest first. */
export const tlsProtocols: readonly TlsProtocol[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/**
 * Every suite of the published policies by its OpenSSL name, in the server's order of preference, with the columns of
 * the published table that hold it. `u`: users may put it in a policy of their own.
 */
const table: readonly (readonly [name: string, columns: string])[] = [
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 'abcdefgu'],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 'abcdefgu'],
  ['ECDHE-ECDSA-CHACHA20-POLY1305', 'u'],
  ['ECDHE-ECDSA-AES128-SHA256', 'abcdefu'],
  ['ECDHE-ECDSA-AES256-SHA384', 'abcdefu'],
  ['ECDHE-ECDSA-AES128-SHA', 'abeu'],
  ['ECDHE-ECDSA-AES256-SHA', 'abeu'],
  ['ECDHE-RSA-AES256-GCM-SHA384', 'abcdefgu'],
  ['ECDHE-RSA-AES128-GCM-SHA256', 'abcdefgu'],
  ['ECDHE-RSA-CHACHA20-POLY1305', 'u'],
  ['AES128-GCM-SHA256', 'abceu'],
  ['AES256-GCM-SHA384', 'abceu'],
  ['ECDHE-RSA-AES128-SHA256', 'abcdefu'],
  ['AES128-SHA256', 'abceu'],
  ['AES256-SHA256', 'abceu'],
  ['ECDHE-RSA-AES256-SHA384', 'abcdefu'],
  ['ECDHE-RSA-AES128-SHA', 'abeu'],
  ['DHE-RSA-AES128-SHA', 'b'],
  ['ECDHE-RSA-AES256-SHA', 'abeu'],
  ['AES128-SHA', 'abeu'],
  ['AES256-SHA', 'abeu'],
  ['DHE-DSS-AES128-SHA', 'b'],
  ['CAMELLIA128-SHA', 'bu'],
  ['EDH-RSA-DES-CBC3-SHA', 'b'],
  ['DES-CBC3-SHA', 'bu'],
  ['ECDHE-RSA-RC4-SHA', 'b'],
  ['RC4-SHA', 'b'],
  ['DHE-RSA-AES256-SHA', 'b'],
  ['DHE-DSS-AES256-SHA', 'b'],
  ['DHE-RSA-CAMELLIA256-SHA', 'b'],
  ['DHE-DSS-CAMELLIA256-SHA', 'b'],
  ['CAMELLIA256-SHA', 'bu'],
  ['EDH-DSS-DES-CBC3-SHA', 'b'],
  ['DHE-RSA-CAMELLIA128-SHA', 'b'],
  ['DHE-DSS-CAMELLIA128-SHA', 'b'],
  ['TLS_AES_128_GCM_SHA256', 'efu'],
  ['TLS_AES_256_GCM_SHA384', 'efu'],
  ['TLS_CHACHA20_POLY1305_SHA256', 'efu'],
  ['TLS_AES_128_CCM_SHA256', 'efu'],
  ['TLS_AES_128_CCM_8_SHA256', 'efu'],
];

/** Suites of one column, in the server's order. */
export function suitesOfColumn(column: string): readonly string[] {
  return table.filter(([, columns]) => columns.includes(column)).map(([name]) => name);
}

/** What policies of users may hold. */
export const customSuites: readonly string[] = suitesOfColumn('u');

/** The order is the table's, whatever order they were written in. */
export function inServerOrder(suites: readonly string[]): readonly string[] {
  const wanted = new Set(suites);
  return table.filter(([name]) => wanted.has(name)).map(([name]) => name);
}

/** Published, but absent from the OpenSSL of the runtime: RC4, triple DES, Camellia and DSS. */
export const unavailableSuites: ReadonlySet<string> = new Set(
  table.map(([name]) => name).filter((name) => /RC4|DES-CBC3|CAMELLIA|DSS/.test(name)),
);

/**
 * Suites named `TLS_…` are those of TLS 1.3 and of no other version. Among the older ones, authenticated encryption
 * and hashes beyond SHA-1 came with TLS 1.2 (RFC 5246).
 */
export function suiteFits(suite: string, protocol: TlsProtocol): boolean {
  if (suite.startsWith('TLS_')) return protocol === 'TLSv1.3';
  if (protocol === 'TLSv1.3') return false;
  return protocol === 'TLSv1.2' || suite.endsWith('-SHA');
}
