import { hash as digest } from 'node:crypto';
import {
  sampleCertificate,
  sampleHttpListener,
  sampleHttpsListener,
  sampleLoadBalancer,
  sampleMember,
  sampleMonitor,
  samplePolicy,
  samplePool,
  sampleRule,
} from '@elbow/model/testing';
import type { Hash } from '@elbow/plan';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedRows } from './changed-rows.ts';
import { CompileMemo } from './compile-memo.ts';
import { compileLoadBalancer } from './compile.ts';
import { sampleTree } from './testing/sample-tree.ts';
import type { LoadBalancerTree } from './tree.ts';

const hash: Hash = (text) => digest('sha256', text, 'hex');
const settings = { isAccessLogEnabled: false, zone: null };
const loadBalancer = sampleLoadBalancer();

function bytesOf(tree: LoadBalancerTree, memo: CompileMemo): string {
  const { entries, conditions, chunks } = compileLoadBalancer(tree, hash, { ...settings, memo });
  return JSON.stringify({ entries, conditions, chunks: [...chunks] });
}

type Rows = Pick<LoadBalancerTree, 'listeners' | 'pools' | 'members' | 'policies' | 'rules'>;
type Step = { readonly [K in keyof Rows]: { readonly at: number; readonly row: Rows[K][number] } };

function name(prefix: string, max: number): fc.Arbitrary<string> {
  return fc.nat(max).map((number) => `${prefix}-${number}`);
}

/** Rows that come into the place of those with their ids; what a step does not change stays the same object. */
const anyStep: fc.Arbitrary<Step> = fc.record({
  listeners: placed(
    fc
      .record({ id: name('listener', 2), port: fc.integer({ min: 1, max: 4 }), advanced: fc.boolean() })
      .map(({ advanced, ...rest }) => sampleHttpListener({ ...rest, isAdvancedForwardingEnabled: advanced })),
  ),
  pools: placed(
    fc
      .record({ id: name('pool', 3), protocol: fc.constantFrom('HTTP' as const, 'HTTPS' as const) })
      .map((fields) => samplePool(fields)),
  ),
  members: placed(
    fc
      .record({ id: name('member', 9), poolId: name('pool', 3), weight: fc.integer({ min: 0, max: 5 }) })
      .map((fields) => sampleMember(fields)),
  ),
  policies: placed(
    fc
      .record({
        id: name('policy', 12),
        listenerId: name('listener', 2),
        priority: fc.integer({ min: 1, max: 20 }),
        action: fc.constantFrom('REDIRECT_TO_POOL' as const, 'REDIRECT_TO_LISTENER' as const),
        redirectPoolId: name('pool', 3),
        redirectListenerId: fc.option(name('listener', 5)),
      })
      .map((fields) => samplePolicy(fields)),
  ),
  rules: placed(
    fc
      .record({
        id: name('rule', 12),
        policyId: name('policy', 12),
        type: fc.constantFrom('PATH' as const, 'HOST_NAME' as const),
        value: fc.constantFrom('/a', '/bb', '/ccc'),
      })
      .map((fields) => sampleRule(fields)),
  ),
});

/** A row and where it is put; in a place of 9 and more it is taken away. */
function placed<T>(row: fc.Arbitrary<T>): fc.Arbitrary<{ readonly at: number; readonly row: T }> {
  return fc.record({ at: fc.nat(11), row });
}

function follow(tree: LoadBalancerTree, step: Step): LoadBalancerTree {
  const rows: Rows = {
    listeners: put(tree.listeners, step.listeners),
    pools: put(tree.pools, step.pools),
    members: put(tree.members, step.members),
    policies: put(tree.policies, step.policies),
    rules: put(tree.rules, step.rules),
  };
  return { ...tree, ...rows };
}

function put<T extends { readonly id: string }>(
  rows: readonly T[],
  { at, row }: { readonly at: number; readonly row: T },
): readonly T[] {
  const others = rows.filter(({ id }) => id !== row.id);
  return at >= 9 ? others : others.toSpliced(at, 0, row);
}

const start = sampleTree({ loadBalancer, listeners: [sampleHttpsListener()], policies: [], rules: [] });

describe('CompileMemo', () => {
  it('makes no difference to what comes out, whatever was compiled before', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 25 }), (steps) => {
        const memo = new CompileMemo();
        let tree: LoadBalancerTree = start;
        for (const step of steps) {
          tree = follow(tree, step);
          expect(bytesOf(tree, memo)).toBe(bytesOf(tree, new CompileMemo()));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('knows what a pool is made of beside its row and its members', () => {
    const memo = new CompileMemo();
    const memberTls = { isVerified: true, caPem: null, caCertificateId: 'bundle', serverName: null };
    const pools = [samplePool({ protocol: 'HTTPS', memberTls })];
    const certificates = [sampleCertificate({ id: 'bundle' })];
    const renewed = [
      sampleCertificate({ id: 'bundle', certificatePem: `${certificates[0]!.certificatePem}\n` }),
    ];
    const monitors = [sampleMonitor()];
    const tree = { ...start, pools, certificates, monitors: [] };
    const elsewhere = sampleLoadBalancer({ id: 'lb-2', vipAddress: '127.0.0.9' });
    const trees: readonly LoadBalancerTree[] = [
      tree,
      { ...tree, certificates: renewed },
      { ...tree, certificates: [] },
      { ...tree, monitors },
      { ...tree, monitors, loadBalancer: elsewhere },
      { ...tree, monitors: [sampleMonitor({ intervalSeconds: 7 })] },
    ];
    for (const each of trees) expect(bytesOf(each, memo)).toBe(bytesOf(each, new CompileMemo()));
    expect(new Set(trees.map((each) => bytesOf(each, memo))).size).toBe(trees.length);
  });

  it('follows a change of many policies at a time', () => {
    const memo = new CompileMemo();
    const listeners = [sampleHttpListener({ isAdvancedForwardingEnabled: true })];
    const listenerId = listeners[0]!.id;
    const some = (from: number, count: number, shift: number) =>
      Array.from({ length: count }, (_, at) =>
        samplePolicy({ id: `policy-${from + at}`, listenerId, priority: 10_000 - from - at + shift }),
      );
    const rules = Array.from({ length: 600 }, (_, at) =>
      sampleRule({ id: `rule-${at}`, policyId: `policy-${at}`, value: `/${at}` }),
    );
    const kept = some(0, 200, 0);
    for (const policies of [kept, [...kept, ...some(200, 300, 0)], some(100, 400, -300), [], kept]) {
      const tree = { ...start, listeners, policies, rules };
      expect(bytesOf(tree, memo)).toBe(bytesOf(tree, new CompileMemo()));
    }
  });

  it('makes only the block anew that a new policy stands in', () => {
    const memo = new CompileMemo();
    const listeners = [sampleHttpListener({ isAdvancedForwardingEnabled: true })];
    const listenerId = listeners[0]!.id;
    const policies = Array.from({ length: 500 }, (_, at) =>
      samplePolicy({ id: `policy-${at}`, listenerId, priority: 2 * at + 1 }),
    );
    const rules = policies.map(({ id }, at) =>
      sampleRule({ id: `rule-${at}`, policyId: id, value: `/${at}` }),
    );
    const hashed: string[] = [];
    const compile = (tree: LoadBalancerTree): void =>
      void compileLoadBalancer(tree, (text) => (hashed.push(text), hash(text)), { ...settings, memo });
    compile({ ...start, listeners, policies, rules });
    hashed.length = 0;
    const added = samplePolicy({ id: 'policy-new', listenerId, priority: 500 });
    const rule = sampleRule({ id: 'rule-new', policyId: 'policy-new', value: '/new' });
    compile({ ...start, listeners, policies: [...policies, added], rules: [...rules, rule] });
    const blocks = hashed.filter((text) => text.includes('"kind":"policyBlock"'));
    // Two when the new one begins a block.
    expect(blocks.length).toBeLessThanOrEqual(2);
    expect(blocks.some((text) => text.includes('"policy-new"'))).toBe(true);
  });
});

describe('changedRows', () => {
  it('tells what one list holds that the other does not', () => {
    const rows = Array.from({ length: 8 }, (_, at) => ({ at }));
    const anyList = fc.shuffledSubarray(rows);
    fc.assert(
      fc.property(anyList, anyList, (before, after) => {
        const { removed, added } = changedRows(before, after);
        expect(new Set(removed)).toEqual(new Set(before.filter((row) => !after.includes(row))));
        expect(new Set(added)).toEqual(new Set(after.filter((row) => !before.includes(row))));
      }),
    );
  });
});
