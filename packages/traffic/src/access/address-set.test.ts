import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressSet, addressIndex } from './address-set.ts';
import { isAdmitted } from './is-admitted.ts';
import { parseRange } from './parse-range.ts';

const setOf = (...texts: readonly string[]) => new AddressSet(addressIndex(texts));

/** Written for clarity: every address is one number of 128 bits, mapped IPv4 as its IPv6 form. */
function numberOf(address: string): bigint {
  const words = parseRange(address)!;
  const mapped = words.family === 4 ? 0xffffn << 32n : 0n;
  return words.first.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n) | mapped;
}

function naiveHas(ranges: readonly (readonly [bigint, bigint])[], address: string): boolean {
  const value = numberOf(address);
  return ranges.some(([first, last]) => first <= value && value <= last);
}

const ipv4Text = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
/** Close together, so that ranges meet, touch and overlap. */
const ipv4 = fc
  .oneof(fc.integer({ min: 0x0a000000, max: 0x0a000040 }), fc.constantFrom(0, 0xffffffff))
  .map(ipv4Text);
const ipv6 = fc.oneof(
  fc.integer({ min: 0, max: 64 }).map((value) => `2001:db8::${value.toString(16)}`),
  fc.constantFrom(
    '::',
    '::1',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:db8:0:0:1::',
    '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
  ),
);
const mapped = ipv4.map((text) => `::ffff:${text}`);
const address = fc.oneof(ipv4, ipv6, mapped);

interface Entry {
  readonly text: string;
  readonly range: readonly [bigint, bigint];
}

const single: fc.Arbitrary<Entry> = address.map((text) => ({
  text,
  range: [numberOf(text), numberOf(text)],
}));
const network: fc.Arbitrary<Entry> = fc.tuple(address, fc.nat(128)).map(([text, bits]) => {
  const length = text.includes(':') ? (text.startsWith('::ffff:') ? 96 + (bits % 33) : bits) : bits % 33;
  const hostBits = BigInt((text.includes(':') ? 128 : 32) - length);
  const first = (numberOf(text) >> hostBits) << hostBits;
  return { text: `${text}/${length}`, range: [first, first + (1n << hostBits) - 1n] as const };
});
const fromTo: fc.Arbitrary<Entry> = fc
  .oneof(fc.tuple(ipv4, ipv4), fc.tuple(ipv6, ipv6))
  .map((pair) => pair.toSorted((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1)) as [string, string])
  .map(([first, last]) => ({ text: `${first}-${last}`, range: [numberOf(first), numberOf(last)] }));

describe('AddressSet', () => {
  it('answers as the naive evaluator does', () => {
    const entries = fc.array(fc.oneof(single, network, fromTo), { maxLength: 20 });
    fc.assert(
      fc.property(entries, fc.array(address, { minLength: 1, maxLength: 20 }), (list, asked) => {
        const set = setOf(...list.map(({ text }) => text));
        const ranges = list.map(({ range }) => range);
        for (const each of asked) {
          // ::/0 and the like cover mapped addresses on paper; here an IPv4 peer is never an IPv6 one.
          const family = each.includes('.')
            ? ranges.filter(([first]) => first >> 32n === 0xffffn)
            : ranges.filter(([first]) => first >> 32n !== 0xffffn);
          expect(set.has(each), `${each} in ${list.map(({ text }) => text).join(' ')}`).toBe(
            naiveHas(family, each),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('sees one address in every way to write it', () => {
    expect(setOf('0:0:0:0:0:0:0:1').has('::1')).toBe(true);
    expect(setOf('192.0.2.1').has('::ffff:192.0.2.1')).toBe(true);
    expect(setOf('::ffff:192.0.2.0/120').has('192.0.2.255')).toBe(true);
    expect(setOf('::ffff:c000:201').has('192.0.2.1')).toBe(true);
  });

  it('holds the ends of the address space', () => {
    expect(setOf('0.0.0.0/0').has('255.255.255.255')).toBe(true);
    expect(setOf('255.255.255.255', '0.0.0.0').size).toBe(2);
    expect(setOf('::/0').has('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')).toBe(true);
    expect(setOf('0.0.0.0/0').has('::2')).toBe(false);
  });

  it('merges what touches', () => {
    expect(setOf('10.0.0.0-10.0.0.3', '10.0.0.4/30', '10.0.0.8').size).toBe(1);
    expect(setOf('10.0.0.0', '10.0.0.2').size).toBe(2);
  });

  it('reads no nonsense', () => {
    const nonsense = [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '256.1.1.1',
      '1.2.3.4/33',
      '1.2.3.4/',
      '::/129',
      '1::2::3',
    ];
    const more = [
      ':::',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8::',
      '12345::',
      'g::',
      '1:',
      '::1:',
      '1:2:3:4:5:6:7:1.2.3.4',
      '1.2.3.4::',
      '::1.2.3',
      ':1::',
      '10.0.0.2-10.0.0.1',
      '10.0.0.1-::1',
      '10.0.0.1-',
      'x',
      ':',
      '1.2.3.4/-1',
      '::ffff:1.2.3.4/95',
      'fe80::1%eth0',
    ];
    for (const text of [...nonsense, ...more]) expect(parseRange(text), text).toBeNull();
    expect(setOf('0.0.0.0/0', '::/0').has('nonsense')).toBe(false);
  });
});

describe('isAdmitted', () => {
  const empty = setOf();
  const office = setOf('192.0.2.0/24');
  const access = (mode: 'all' | 'allow' | 'deny') => ({ mode, setIds: ['s'] });

  it('lets only those in that are allowed, and nobody for an empty list', () => {
    expect(isAdmitted(access('allow'), [office], '192.0.2.9')).toBe(true);
    expect(isAdmitted(access('allow'), [office], '198.51.100.1')).toBe(false);
    expect(isAdmitted(access('allow'), [empty], '192.0.2.9')).toBe(false);
    expect(isAdmitted(access('allow'), [empty, office], '192.0.2.9')).toBe(true);
  });

  it('keeps those out that are denied, and nobody for an empty list', () => {
    expect(isAdmitted(access('deny'), [office], '192.0.2.9')).toBe(false);
    expect(isAdmitted(access('deny'), [office], '198.51.100.1')).toBe(true);
    expect(isAdmitted(access('deny'), [empty], '192.0.2.9')).toBe(true);
  });

  it('lets everybody in where nothing is asked', () => {
    expect(isAdmitted(access('all'), [], 'anything')).toBe(true);
  });
});
