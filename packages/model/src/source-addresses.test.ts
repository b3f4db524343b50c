import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceAddress } from './load-balancer.ts';
import {
  checkSubnetsInUse,
  freeCount,
  settleSources,
  type SourceRequest,
  sourcesPerZone,
  usualBackendSubnets,
} from './source-addresses.ts';
import { describeSubnets } from './subnet.ts';
import { usableAddresses, usableCount } from './subnet-addresses.ts';

const subnets = describeSubnets(['127.0.40.0/30', '127.0.41.0/29', '2001:db8::/126'], (name) => name);
const [small, wide, six] = subnets.map(({ networkId }) => networkId) as [string, string, string];

function request(changes: Partial<SourceRequest['loadBalancer']>, perZone: number, ...taken: string[]) {
  const loadBalancer = {
    availabilityZones: ['az1'],
    backendSubnetIds: [small],
    sourceAddresses: [],
    ...changes,
  };
  return { loadBalancer, perZone, subnets, taken: new Set(taken) };
}

function addresses(wish: SourceRequest): readonly string[] {
  const outcome = settleSources(wish);
  return outcome.ok
    ? outcome.value.map(({ zone, address }) => `${zone} ${address}`)
    : [outcome.problem.message];
}

describe('usable addresses', () => {
  it.each([
    ['10.0.0.0/30', ['10.0.0.1', '10.0.0.2']],
    ['10.0.0.6/31', ['10.0.0.6', '10.0.0.7']],
    ['10.0.0.9/32', ['10.0.0.9']],
    ['255.255.255.252/30', ['255.255.255.253', '255.255.255.254']],
    ['2001:db8::/126', ['2001:db8::1', '2001:db8::2', '2001:db8::3']],
    ['2001:db8::9/128', ['2001:db8::9']],
  ])('of %s', (cidr, expected) => {
    expect([...usableAddresses({ cidr })]).toEqual(expected);
    expect(usableCount({ cidr })).toBe(expected.length);
  });

  it('of a network with more of them than numbers can count', () => {
    expect(usableCount({ cidr: '2001:db8::/32' })).toBe(Number.MAX_SAFE_INTEGER);
    expect(usableAddresses({ cidr: '2001:db8::/32' }).next().value).toBe('2001:db8::1');
  });
});

describe('source addresses', () => {
  it('are two, and one more for each HTTPS listener', () => {
    expect([0, 1, 5].map(sourcesPerZone)).toEqual([2, 3, 7]);
  });

  it('are the first free ones, per zone', () => {
    const wish = request({ availabilityZones: ['a', 'b'], backendSubnetIds: [wide] }, 2, '127.0.41.2');
    expect(addresses(wish)).toEqual(['a 127.0.41.1', 'a 127.0.41.3', 'b 127.0.41.4', 'b 127.0.41.5']);
  });

  it('of both families are taken where there are subnets of both', () => {
    expect(addresses(request({ backendSubnetIds: [small, six] }, 2))).toEqual([
      'az1 127.0.40.1',
      'az1 127.0.40.2',
      'az1 2001:db8::1',
      'az1 2001:db8::2',
    ]);
  });

  it('that are too few are a problem that names the subnet, the need and what is free', () => {
    const outcome = settleSources(request({}, 3, '127.0.40.1'));
    expect(outcome).toMatchObject({ ok: false, problem: { status: 400, code: 'ELB.8934' } });
    expect(outcome.ok ? '' : outcome.problem.message).toContain(
      `3 more IP addresses are needed in the backend subnets; subnet 127.0.40.0/30 (network ${small}): 1 free`,
    );
  });

  it('come from the next subnet when the first is full', () => {
    expect(addresses(request({ backendSubnetIds: [small, wide] }, 3))).toEqual([
      'az1 127.0.40.1',
      'az1 127.0.40.2',
      'az1 127.0.41.1',
    ]);
  });

  it('that are there stay, and the newest goes when fewer are needed', () => {
    const own = (...list: string[]): readonly SourceAddress[] =>
      list.map((address) => ({ zone: 'az1', networkId: wide, address }));
    const before = own('127.0.41.6', '127.0.41.2', '127.0.41.4');
    const fields = { backendSubnetIds: [wide], sourceAddresses: before };
    expect(addresses(request(fields, 2))).toEqual(['az1 127.0.41.6', 'az1 127.0.41.2']);
    expect(addresses(request(fields, 4))).toEqual([
      'az1 127.0.41.6',
      'az1 127.0.41.2',
      'az1 127.0.41.4',
      'az1 127.0.41.1',
    ]);
    expect(addresses(request({ ...fields, availabilityZones: ['az2'] }, 1))).toEqual(['az2 127.0.41.1']);
    expect(addresses(request(fields, 3, '127.0.41.2'))).toEqual([
      'az1 127.0.41.6',
      'az1 127.0.41.4',
      'az1 127.0.41.1',
    ]);
  });

  it('of unknown subnets are none', () => {
    expect(addresses(request({ backendSubnetIds: ['elsewhere'] }, 3))).toEqual([]);
  });

  it('are never given twice, settle at once, and lie in the subnets of the load balancer', () => {
    const ids = fc.subarray([small, wide, six], { minLength: 1 });
    const zones = fc.subarray(['a', 'b'], { minLength: 1 });
    fc.assert(
      fc.property(
        ids,
        zones,
        fc.integer({ min: 0, max: 4 }),
        (backendSubnetIds, availabilityZones, perZone) => {
          const wish = request({ backendSubnetIds, availabilityZones }, perZone, '127.0.41.1');
          const outcome = settleSources(wish);
          if (!outcome.ok) return;
          const { value: sourceAddresses } = outcome;
          const all = sourceAddresses.map(({ address }) => address);
          expect(new Set(all).size).toBe(all.length);
          expect(all).not.toContain('127.0.41.1');
          expect(sourceAddresses.every(({ networkId }) => backendSubnetIds.includes(networkId))).toBe(true);
          const again = settleSources({ ...wish, loadBalancer: { ...wish.loadBalancer, sourceAddresses } });
          expect(again).toEqual(outcome);
        },
      ),
    );
  });
});

it('a subnet whose addresses are in use cannot be dropped', () => {
  const sources = [{ zone: 'az1', networkId: small, address: '127.0.40.1' }];
  expect(checkSubnetsInUse(sources, [small, wide])).toBeNull();
  expect(checkSubnetsInUse(sources, [wide])).toMatchObject({ status: 409, code: 'ELB.8907' });
});

it('free addresses are counted, and the usual subnets are one of each family', () => {
  expect(freeCount(subnets[0]!, new Set(['127.0.40.2', '10.0.0.1', '::1']))).toBe(1);
  expect(usualBackendSubnets(subnets)).toEqual([small, six]);
});
