import { describe, expect, it } from 'vitest';
import type { L7Policy, L7Rule } from './l7-policy.ts';
import { type RuledPolicy, shadowedPolicies } from './l7-policy-order.ts';
import { samplePolicy, sampleRule } from './testing/sample-rows.ts';

const aPolicy = (id: string, changes: Partial<L7Policy> = {}): L7Policy => samplePolicy({ id, ...changes });
const aRule = (type: L7Rule['type'], value: string): L7Rule =>
  sampleRule({ type, value, compareType: 'EQUAL_TO' });

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
