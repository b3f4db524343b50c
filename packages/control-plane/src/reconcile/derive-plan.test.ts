import { compileLoadBalancer } from '@elbow/compiler';
import { sampleHttpListener, sampleLoadBalancer, sampleMember, sampleTree } from './testing/sample-tree.ts';
import { assemblePlan, emptyPlan } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import type { Contribution } from './contribution.ts';
import { contributionOf } from './contribution.ts';
import { derivePlan, isSameManifest } from './derive-plan.ts';
import { hash } from './testing/scripted-node.ts';

function contribution(
  revision: number,
  lb: string,
  port: number,
  changes: Parameters<typeof sampleTree>[0] = {},
): Contribution {
  const listeners = [sampleHttpListener({ id: `listener-${lb}`, loadBalancerId: lb, port })];
  const tree = sampleTree({ loadBalancer: sampleLoadBalancer({ id: lb }), listeners, ...changes });
  return { revision, ...compileLoadBalancer(tree, hash) };
}

describe('derivePlan', () => {
  it('lists a shared pool once, in its newest form', () => {
    const old = contribution(5, 'a', 80);
    const newer = contribution(6, 'b', 81, { members: [sampleMember({ port: 9000 })] });
    for (const order of [
      [
        ['a', old],
        ['b', newer],
      ],
      [
        ['b', newer],
        ['a', old],
      ],
    ] as const) {
      const { plan } = derivePlan(6, new Map(order));
      expect(plan.manifest.entries.map(({ id }) => id)).toEqual(['listener-a', 'listener-b', 'pool-1']);
      expect([...plan.chunks.values()].find((chunk) => chunk.kind === 'pool')).toMatchObject({
        members: [{ port: 9000 }],
      });
    }
  });

  it('gives a socket to one listener and says what became of the other', () => {
    const { plan, conditions } = derivePlan(
      1,
      new Map([
        ['a', contribution(1, 'a', 80)],
        ['b', contribution(1, 'b', 80)],
      ]),
    );
    expect(conditions).toEqual([
      {
        kind: 'listener',
        id: 'listener-b',
        reason: 'not served: 127.0.0.2 port 80 belongs to listener listener-a',
      },
    ]);
    const received = { manifest: plan.manifest, chunks: Object.fromEntries(plan.chunks) };
    expect(assemblePlan(emptyPlan, received, hash)).toMatchObject({ ok: true });
    expect([...plan.chunks.values()].filter((chunk) => chunk.kind === 'listener')).toHaveLength(1);
  });

  it('tells manifests apart by revision and by every entry', () => {
    const [one, two] = [1, 2].map(
      (revision) => derivePlan(revision, new Map([['a', contribution(1, 'a', 80)]])).plan.manifest,
    );
    expect(isSameManifest(one!, structuredClone(one!))).toBe(true);
    expect(isSameManifest(one!, two!)).toBe(false);
    expect(
      isSameManifest(one!, { ...one!, entries: one!.entries.map((entry) => ({ ...entry, hash: null })) }),
    ).toBe(false);
  });
});

describe('contributionOf', () => {
  it('turns a bug of the compiler into a condition on its own listeners', () => {
    const events: string[] = [];
    const broken = () => {
      throw new Error('a bug');
    };
    const made = contributionOf(sampleTree(), 3, {
      hash: broken,
      log: (_, message) => void events.push(message),
    });
    expect(made.entries).toEqual([{ kind: 'listener', id: 'listener-https', hash: null }]);
    expect(made.conditions[0]?.reason).toContain('internal error');
    expect(events).toHaveLength(1);
  });
});
