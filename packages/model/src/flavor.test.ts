import { describe, expect, it } from 'vitest';
import { effectiveLimits } from './flavor.ts';

const small = '5b1d8c02-5a0c-4c6e-9c3f-000000000701';

describe('effective limits', () => {
  it.each([
    ['HTTPS', 0, 0, [200, 200_000, 2_000]],
    ['HTTPS', 150, 10, [150, 10, 2_000]],
    ['HTTPS', 5_000, 1_000_000, [200, 200_000, 2_000]],
    ['HTTP', 5_000, 0, [2_000, 200_000, 4_000]],
  ] as const)('of %s with cps %i and connection %i', (protocol, cps, connection, expected) => {
    const [perSecond, connections, requestsPerSecond] = expected;
    expect(effectiveLimits({ protocol, cps, connection }, { l7FlavorId: small })).toEqual({
      newConnectionsPerSecond: perSecond,
      connections,
      requestsPerSecond,
      bandwidth: 50_000,
    });
  });

  it('are the own ones without a flavor', () => {
    const listener = { protocol: 'HTTPS', cps: 7, connection: 0 } as const;
    expect(effectiveLimits(listener, { l7FlavorId: null })).toEqual({
      newConnectionsPerSecond: 7,
      connections: 0,
      requestsPerSecond: 0,
      bandwidth: 0,
    });
  });
});
