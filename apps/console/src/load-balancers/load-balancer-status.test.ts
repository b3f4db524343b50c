import type { LoadBalancerWire, MemberOfAnyPoolWire } from '@elbow/api';
import { describe, expect, it } from 'vitest';
import { nameOf, statusOf } from './load-balancer-status.ts';

const loadBalancer = {
  id: 'lb',
  admin_state_up: true,
  listeners: [{ id: 'listener' }],
  pools: [{ id: 'pool' }],
} as unknown as LoadBalancerWire;
const offline = (loadBalancerId: string) =>
  ({ id: 'm', loadbalancers: [{ id: loadBalancerId }] }) as unknown as MemberOfAnyPoolWire;
const quiet = { offlineMembers: [], troubles: [] };

describe('the status of a load balancer', () => {
  it('is running when nothing is wrong with it, whatever else is', () => {
    const troubles = [{ kind: 'listener', id: 'other', reason: 'taken' }];
    expect(statusOf(loadBalancer, { offlineMembers: [offline('other')], troubles })).toEqual({
      word: 'running',
    });
  });

  it('is degraded with the number of members that are down', () => {
    const around = { ...quiet, offlineMembers: [offline('lb'), offline('lb'), offline('other')] };
    expect(statusOf(loadBalancer, around)).toEqual({ word: 'degraded', offlineCount: 2 });
  });

  it.each(['lb', 'listener', 'pool'])(
    'is an error with the reason of the node for %s, before anything else',
    (id) => {
      const around = { offlineMembers: [offline('lb')], troubles: [{ kind: 'x', id, reason: 'port taken' }] };
      expect(statusOf(loadBalancer, around)).toEqual({ word: 'error', reason: 'port taken' });
    },
  );

  it('is disabled when it is switched off', () => {
    const around = { ...quiet, troubles: [{ kind: 'x', id: 'lb', reason: 'x' }] };
    expect(statusOf({ ...loadBalancer, admin_state_up: false }, around)).toEqual({ word: 'disabled' });
  });
});

it('goes by the id without a name', () => {
  expect([nameOf({ id: 'x', name: '' }), nameOf({ id: 'x', name: 'web' })]).toEqual(['x', 'web']);
});
