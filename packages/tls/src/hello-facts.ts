import { createHash } from 'node:crypto';
import { type ClientHello, Extension, listOf } from './client-hello.ts';
import { suiteName } from './suite-names.ts';

/** What a client's first message tells of the client, in the forms that members know. */
export interface HelloFacts {
  /** Suites offered, by their OpenSSL names, separated by `:`; unknown ones as `0x` and four hex digits. */
  readonly ciphers: string;
  /** MD5 over versions, suites, extensions, groups and point formats in the order of the client. */
  readonly ja3: string;
  /** The same idea with sorted lists, ALPN and signature algorithms, as FoxIO published it for TLS over TCP. */
  readonly ja4: string;
}

export function helloFacts(hello: ClientHello): HelloFacts {
  return {
    ciphers: hello.suites.filter(isNotGrease).map(suiteName).join(':'),
    ja3: ja3Of(hello),
    ja4: ja4Of(hello),
  };
}

function ja3Of({ version, suites, extensions }: ClientHello): string {
  const groups = listOf(extensions.get(Extension.groups), { prefix: 2, width: 2 });
  const formats = listOf(extensions.get(Extension.pointFormats), { prefix: 1, width: 1 });
  const lists = [suites, [...extensions.keys()], groups].map((list) => list.filter(isNotGrease));
  const text = [[version], ...lists, formats].map((list) => list.join('-')).join(',');
  return createHash('md5').update(text).digest('hex');
}

function ja4Of({ version, suites, extensions }: ClientHello): string {
  const offered = listOf(extensions.get(Extension.versions), { prefix: 1, width: 2 }).filter(isNotGrease);
  const highest = Math.max(version, ...offered);
  const types = [...extensions.keys()].filter(isNotGrease);
  const ciphers = suites.filter(isNotGrease);
  const head = [
    `t${ja4Versions[highest] ?? '00'}`,
    extensions.has(Extension.serverName) ? 'd' : 'i',
    twoDigits(ciphers.length),
    twoDigits(types.length),
    ja4Alpn(extensions.get(Extension.alpn)),
  ].join('');
  const signatures = listOf(extensions.get(Extension.signatures), { prefix: 2, width: 2 }).filter(
    isNotGrease,
  );
  const kept = types.filter((type) => type !== Extension.serverName && type !== Extension.alpn);
  const tail = signatures.length === 0 ? '' : `_${signatures.map(hex4).join(',')}`;
  return `${head}_${shortHash(sortedHex(ciphers))}_${shortHash(sortedHex(kept) + tail)}`;
}

const ja4Versions: Readonly<Record<number, string>> = { 0x304: '13', 0x303: '12', 0x302: '11', 0x301: '10' };

/** First and last character of the first protocol; of its hex form where they are not letters or digits. */
function ja4Alpn(extension: Buffer | undefined): string {
  const length = extension?.[2] ?? 0;
  const first = extension?.subarray(3, 3 + length);
  if (first === undefined || first.length === 0) return '00';
  const text = first.toString('latin1');
  const shown = /^[a-z0-9](?:.*[a-z0-9])?$/is.test(text) ? text : first.toString('hex');
  return shown[0]! + shown.at(-1)!;
}

function sortedHex(values: readonly number[]): string {
  return values.map(hex4).toSorted().join(',');
}

function shortHash(text: string): string {
  if (text === '') return '000000000000';
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function twoDigits(count: number): string {
  return String(Math.min(count, 99)).padStart(2, '0');
}

/** Values that clients send so that servers stay used to unknown ones (RFC 8701). */
function isNotGrease(value: number): boolean {
  return (value & 0x0f0f) !== 0x0a0a || value >>> 8 !== (value & 0xff);
}
