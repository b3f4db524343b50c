import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSubnets } from './subnet.ts';
import { chooseVip } from './vip.ts';

const subnets = describeSubnets(
  ['192.0.2.0/30', '127.0.0.0/8', '198.51.100.7/32'],
  (name) => `id of ${name}`,
);
const [small, loopback, single] = subnets.map(({ id }) => id);
const choose = (address: string | null, subnetId: string | null | undefined, taken: readonly string[] = []) =>
  chooseVip({ address, subnetId: subnetId ?? null }, subnets, new Set(taken));
const chosen = (...args: Parameters<typeof choose>): string | number => {
  const outcome = choose(...args);
  return outcome.ok ? outcome.value.address : outcome.problem.status;
};

describe('a VIP', () => {
  it('is the first free one from 127.0.0.2 on', () => {
    expect(chosen(null, null)).toBe('127.0.0.2');
    expect(chosen(null, null, ['127.0.0.2', '127.0.0.3', '127.0.0.5'])).toBe('127.0.0.4');
  });

  it('comes from the subnet that is named, without network and broadcast address', () => {
    expect(chosen(null, small)).toBe('192.0.2.1');
    expect(chosen(null, small, ['192.0.2.1', '192.0.2.2'])).toBe(409);
    expect(chosen(null, single)).toBe('198.51.100.7');
    expect(chosen(null, 'nothing')).toBe(404);
  });

  it.each([
    ['127.9.9.9', null, '127.9.9.9'],
    ['127.0.0.1', null, '127.0.0.1'],
    ['::ffff:127.0.0.7', null, '127.0.0.7'],
    ['127.9.9.9', small, 400],
    ['127.0.0.0', null, 400],
    ['127.255.255.255', null, 400],
    ['192.0.2.3', null, 400],
    ['203.0.113.1', null, 400],
    ['0177.0.0.1', null, 400],
    ['::1', null, 400],
  ])('%s in %s is %s', (address, subnetId, expected) => {
    expect(chosen(address, subnetId)).toBe(expected);
  });

  it('that is taken is refused', () => {
    expect(chosen('127.0.0.9', loopback, ['127.0.0.9'])).toBe(409);
  });

  it('is never one that is taken', () => {
    const suffix = fc.integer({ min: 2, max: 40 }).map((last) => `127.0.0.${last}`);
    fc.assert(
      fc.property(fc.array(suffix), (taken) => {
        const outcome = choose(null, loopback, taken);
        return outcome.ok && !taken.includes(outcome.value.address);
      }),
    );
  });
});
