import { describe, expect, it } from 'vitest';
import type { L7Policy, L7Rule } from './l7-policy.ts';
import { type RuledPolicy, shadowedPolicies } from './l7-policy-order.ts';

const base = { projectId: 'p', name: '', description: '', createdAtMs: 0, updatedAtMs: 0 };

function aPolicy(id: string, changes: Partial<L7Policy> = {}): L7Policy {
  return {
    ...base,
    id,
    listenerId: 'listener',
    action: 'REDIRECT_TO_POOL',
    priority: 1,
    redirectPoolId: 'pool',
    redirectPools: [],
    poolStickiness: null,
    poolsExtension: null,
    redirectListenerId: null,
    redirectUrl: null,
    fixedResponse: null,
    ...changes,
  };
}

function aRule(type: L7Rule['type'], value: string): L7Rule {
  const form = { key: null, value, conditions: [] };
  return { ...base, id: `${type} ${value}`, policyId: 'policy', type, compareType: 'EQUAL_TO', ...form };
}

const host = aRule('HOST_NAME', 'www.example.test');
const path = aRule('PATH', '/a');

function shadowed(policies: readonly RuledPolicy[], isAdvanced = true): readonly string[] {
  return [...shadowedPolicies(policies, isAdvanced)];
}

describe('policies that no request reaches', () => {
  it('are those with the rules of one that is tried earlier, in whatever order they were written', () => {
    const late = { policy: aPolicy('late', { priority: 20 }), rules: [path, host] };
    const early = { policy: aPolicy('early', { priority: 10 }), rules: [host, path] };
    expect(shadowed([late, early])).toEqual(['late']);
  });

  it('are none where the sets differ, also by one rule', () => {
    const one = { policy: aPolicy('one'), rules: [host] };
    const two = { policy: aPolicy('two', { priority: 2 }), rules: [host, path] };
    expect(shadowed([one, two])).toEqual([]);
  });

  it('are none of those that have no rules yet', () => {
    expect(
      shadowed([
        { policy: aPolicy('a'), rules: [] },
        { policy: aPolicy('b'), rules: [] },
      ]),
    ).toEqual([]);
  });

  it('without advanced forwarding the older one is tried first', () => {
    const younger = { policy: aPolicy('a', { createdAtMs: 2 }), rules: [host] };
    const older = {
      policy: aPolicy('b', { createdAtMs: 1 }),
      rules: [aRule('HOST_NAME', 'WWW.example.test')],
    };
    expect(shadowed([younger, older], false)).toEqual(['a']);
  });
});
