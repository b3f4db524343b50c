import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Balancer, makeBalancer } from './balancer.ts';
import { HashRing } from './hash-ring.ts';

const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] as const;

function aBalancer(algorithm: (typeof algorithms)[number], weights: readonly number[]) {
  const counts = new Int32Array(weights.length);
  let ticket = 0;
  const balancer = makeBalancer(algorithm, {
    weights,
    tickets: { takeTicket: () => ticket++ },
    before: null,
    cells: () => weights.map((_, place) => ({ words: counts, place, block: 0 })),
    endings: null,
    ring: () => new HashRing(weights.map((_, member) => `member-${String(member).padStart(3, '0')}`)),
  });
  return { balancer, counts, tickets: () => ticket };
}

/** The members of a first pick and of all retries after it. */
function allTries(balancer: Balancer, client: string): number[] {
  const tried: number[] = [];
  for (let member = balancer.pick(client); member !== -1; ) {
    tried.push(member);
    member = balancer.pickOther(tried, client);
  }
  return tried;
}

describe.each(algorithms)('%s', (algorithm) => {
  const weights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 });

  it('tries every member that may be used once, whatever the weights, and no other', () => {
    fc.assert(
      fc.property(weights, fc.ipV4(), (each, client) => {
        const usable = [...each.keys()].filter((member) => each[member]! > 0);
        const { balancer, tickets } = aBalancer(algorithm, each);
        expect(allTries(balancer, client).toSorted((a, b) => a - b)).toEqual(usable);
        expect(tickets()).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('never picks a member of weight 0 while another can take the request', () => {
    fc.assert(
      fc.property(weights, (each) => {
        const { balancer, counts } = aBalancer(algorithm, each);
        for (let request = 0; request < 50; request++) {
          const member = balancer.pick(`192.0.2.${request}`);
          if (member === -1) expect(each.every((weight) => weight === 0)).toBe(true);
          else {
            expect(each[member]).toBeGreaterThan(0);
            counts[member]!++;
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('ROUND_ROBIN', () => {
  it('shares 1,000 requests exactly by weights of 5, 3 and 2', () => {
    const { balancer } = aBalancer('ROUND_ROBIN', [5, 3, 2]);
    const seen = [0, 0, 0];
    for (let request = 0; request < 1000; request++) seen[balancer.pick('')]!++;
    expect(seen).toEqual([500, 300, 200]);
  });
});

describe('SOURCE_IP', () => {
  it('keeps an address with its member and knows weights as all or nothing', () => {
    const [one, other] = [aBalancer('SOURCE_IP', [1, 1, 1]), aBalancer('SOURCE_IP', [100, 3, 7])];
    for (const client of ['192.0.2.1', '192.0.2.2', '2001:db8::1']) {
      const member = one.balancer.pick(client);
      expect([one.balancer.pick(client), other.balancer.pick(client)]).toEqual([member, member]);
    }
  });
});
