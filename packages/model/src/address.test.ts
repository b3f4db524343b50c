import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRange, canonicalAddress, isInNetwork } from './address.ts';

describe('the canonical form', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0a00:0001', '10.0.0.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it.each([
    '',
    '1',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    '1.2.3.4.5',
    '256.0.0.1',
    ' 1.2.3.4',
    '1.2.3.4 ',
    'fe80::1%eth0',
    '[::1]',
    'localhost',
    ':::',
    '1.2.3.4/8',
  ])('of %j does not exist', (text) => {
    expect(canonicalAddress(text)).toBeNull();
  });

  it('is its own canonical form', () => {
    const isStable = (text: string): boolean =>
      canonicalAddress(canonicalAddress(text) ?? '') === canonicalAddress(text);
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        (text) => canonicalAddress(text) === null || isStable(text),
      ),
    );
  });
});

describe('the range', () => {
  it.each([
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'reserved'],
    ['::', 'unspecified'],
    ['239.1.1.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['192.0.2.1', 'unicast'],
    ['10.0.0.1', 'unicast'],
    ['100.64.0.1', 'unicast'],
    ['fd00::1', 'unicast'],
    ['2001:4860::1', 'unicast'],
  ])('of %s is %s', (address, range) => {
    expect(addressRange(address)).toBe(range);
  });
});

it('networks hold addresses of their own family', () => {
  expect(isInNetwork('127.3.4.5', '127.0.0.0/8')).toBe(true);
  expect(isInNetwork('::1', '127.0.0.0/8')).toBe(false);
  expect(isInNetwork('2001:db8::5', '2001:db8::/64')).toBe(true);
  expect(isInNetwork('127.0.0.1', 'nonsense')).toBe(false);
});
