import { describe, expect, it } from 'vitest';
import { moved } from './use-sorting.ts';
import { inOrder, percentOf, shadowsOf, type WholePolicy } from './whole-policy.ts';

function policy(id: string, priority: number, path: string): WholePolicy {
  const rule = {
    id: `${id}-rule`,
    type: 'PATH',
    compare_type: 'STARTS_WITH',
    key: null,
    value: path,
    conditions: [],
  };
  const action = 'REDIRECT_TO_POOL';
  return {
    id,
    priority,
    action,
    created_at: '2026-02-03T00:00:00Z',
    rules: [rule],
  } as unknown as WholePolicy;
}

const idsOf = (policies: readonly WholePolicy[]) => policies.map(({ id }) => id);

describe('the order of policies', () => {
  const all = [policy('short', 2, '/a'), policy('long', 3, '/a/b'), policy('same', 1, '/a')];

  it('is their priority with advanced forwarding, and what their paths say without', () => {
    expect(idsOf(inOrder(all, true))).toEqual(['same', 'short', 'long']);
    expect(idsOf(inOrder(all, false))[0]).toBe('long');
  });

  it('leaves nothing to a later one with the same conditions', () => {
    const ordered = inOrder(all, true);
    const [same, short] = ordered;
    expect([...shadowsOf(ordered)]).toEqual([[short?.id, same]]);
  });
});

it('weights become percents that a person can read', () => {
  expect([3, 1].map((weight) => percentOf(weight, [3, 1]))).toEqual(['75', '25']);
  expect(percentOf(1, [1, 1, 1])).toBe('33.3');
  expect(percentOf(0, [0, 0])).toBe('0');
});

it('moves one thing of a list, within its ends', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b']);
});
