import type { SubnetAnswer } from '@elbow/api';
import { describe, expect, it } from 'vitest';
import { subnetNeeds } from './subnet-needs.ts';

function subnet(id: string, free: number, more: Partial<SubnetAnswer> = {}): SubnetAnswer {
  const sizes = { total: 10, used: 10 - free, free };
  const place = { vpc_id: 'vpc', cidr: '10.0.0.0/28', is_frontend: false, is_backend: true };
  return { id: `cidr-${id}`, network_id: id, ...place, ...sizes, ...more };
}

const two = { availability_zone_list: ['az1', 'az2'], elb_virsubnet_ids: ['a', 'b'] };

describe('what a load balancer needs of its subnets', () => {
  it('is two addresses per zone and one more for each HTTPS listener', () => {
    const listeners = [{ protocol: 'HTTPS' }, { protocol: 'HTTP' }] as const;
    expect(subnetNeeds(two, listeners, [subnet('a', 1), subnet('b', 4), subnet('c', 9)])).toMatchObject({
      needed: 6,
      neededMore: 2,
      free: 5,
      isShort: false,
    });
  });

  it('is short when the scarcer family has too few for one more', () => {
    const v6 = subnet('b', 1, { cidr: 'fd00::/120' });
    expect(subnetNeeds(two, [], [subnet('a', 9), v6])).toMatchObject({ free: 1, isShort: true });
  });

  it('is nothing where the host chooses', () => {
    expect(subnetNeeds(two, [], [subnet('a', 9, { is_backend: false })])).toBeNull();
  });
});
