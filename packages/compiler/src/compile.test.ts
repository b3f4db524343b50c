import { hash as digest } from 'node:crypto';
import { type Listener, type Member, securityPolicies } from '@elbow/model';
import { assemblePlan, emptyPlan, type Hash } from '@elbow/plan';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLoadBalancer } from './compile.ts';
import {
  sampleCertificate,
  sampleHttpListener,
  sampleHttpsListener,
  sampleLoadBalancer,
  sampleMember,
  samplePool,
  sampleTree,
} from './sample-tree.ts';

import type { LoadBalancerTree } from './tree.ts';

const hash: Hash = (text) => digest('sha256', text, 'hex');

/** Trees with references that may lead nowhere, values out of range, and protocols from anywhere. */
const anyTree: fc.Arbitrary<LoadBalancerTree> = fc.record({
  loadBalancer: fc
    .record({ up: fc.boolean(), vip: fc.constantFrom('127.0.0.2', '::1', 'nonsense', null) })
    .map(({ up, vip }) => sampleLoadBalancer({ isAdminStateUp: up, vipAddress: vip })),
  listeners: fc.uniqueArray(anyListener(), { selector: ({ port }) => port, maxLength: 6 }),
  pools: fc.uniqueArray(anyPool(), { selector: ({ id }) => id, maxLength: 4 }),
  members: fc.uniqueArray(anyMember(), { selector: ({ id }) => id, maxLength: 12 }),
  certificates: fc.uniqueArray(anyCertificate(), { selector: ({ id }) => id, maxLength: 3 }),
});

function name(prefix: string, max: number): fc.Arbitrary<string> {
  return fc.nat(max).map((number) => `${prefix}-${number}`);
}

function anyListener(): fc.Arbitrary<Listener> {
  const values = fc.record({
    port: fc.integer({ min: -1, max: 65_537 }),
    seconds: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.double()),
    pool: fc.option(name('pool', 4)),
    certificate: name('certificate', 3),
    policy: fc.constantFrom('tls-9', '__proto__', ...securityPolicies.map((policy) => policy.name)),
    isHttps: fc.boolean(),
  });
  return values.map(({ port, seconds, pool, certificate, policy, isHttps }) => {
    const common = { id: `listener-${port}`, port, defaultPoolId: pool, clientTimeoutSeconds: seconds };
    return isHttps
      ? sampleHttpsListener({ ...common, certificateId: certificate, securityPolicy: policy })
      : sampleHttpListener(common);
  });
}

function anyPool() {
  // Rows of later versions may hold protocols that the types of this one do not know.
  const protocol = fc.constantFrom('HTTP', 'HTTPS', 'TCP').map((text) => text as 'HTTP');
  return fc.record({ id: name('pool', 4), protocol }).map(samplePool);
}

function anyMember(): fc.Arbitrary<Member> {
  return fc
    .record({
      id: name('member', 30),
      poolId: name('pool', 4),
      address: fc.constantFrom('127.0.0.1', '::1', 'x'),
      port: fc.integer({ min: 0, max: 65_536 }),
      weight: fc.integer({ min: -1, max: 101 }),
    })
    .map(sampleMember);
}

function anyCertificate() {
  return fc
    .record({
      id: name('certificate', 3),
      certificatePem: fc.constantFrom(sampleCertificate().certificatePem, ''),
    })
    .map(sampleCertificate);
}

function bytesOf(tree: LoadBalancerTree): string {
  const { entries, conditions, chunks } = compileLoadBalancer(tree, hash);
  return JSON.stringify({ entries, conditions, chunks: [...chunks] });
}

describe('compileLoadBalancer', () => {
  it('makes of any tree what a node takes', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { entries, chunks } = compileLoadBalancer(tree, hash);
        const delivery = { manifest: { revision: 1, entries }, chunks: Object.fromEntries(chunks) };
        expect(assemblePlan(emptyPlan, delivery, hash)).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
  });

  it('says why for each entry without a hash', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { entries, conditions, chunks } = compileLoadBalancer(tree, hash);
        const kept = entries.filter((entry) => entry.hash === null).map(({ kind, id }) => `${kind} ${id}`);
        const explained = conditions.map(({ kind, id }) => `${kind} ${id}`);
        expect(kept.every((key) => explained.includes(key))).toBe(true);
        expect(conditions.every(({ reason }) => reason.length > 0)).toBe(true);
        expect(chunks.size).toBe(entries.length - kept.length);
      }),
    );
  });

  it('gives the same bytes twice, and for any order of the rows', () => {
    const shuffled = anyTree.chain((tree) =>
      fc.record({
        tree: fc.constant(tree),
        other: fc.record({
          loadBalancer: fc.constant(tree.loadBalancer),
          listeners: shuffle(tree.listeners),
          pools: shuffle(tree.pools),
          members: shuffle(tree.members),
          certificates: shuffle(tree.certificates),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ tree, other }) => {
        expect(bytesOf(structuredClone(tree))).toBe(bytesOf(tree));
        expect(bytesOf(other)).toBe(bytesOf(tree));
      }),
    );
  });

  it('changes exactly one chunk for one changed member', () => {
    const before = compileLoadBalancer(sampleTree(), hash);
    const members = [sampleMember(), sampleMember({ id: 'member-2', port: 9000 })];
    const after = compileLoadBalancer(sampleTree({ members }), hash);
    const changed = [...after.chunks].filter(([name]) => !before.chunks.has(name));
    expect(changed.map(([, chunk]) => chunk.kind)).toEqual(['pool']);
    expect(after.chunks.size).toBe(before.chunks.size);
  });

  it('ignores what no node needs to know', () => {
    const renamed = sampleMember({ name: 'other', updatedAtMs: 1 });
    expect(
      bytesOf(sampleTree({ members: [renamed], pools: [samplePool(), samplePool({ id: 'pool-unused' })] })),
    ).toBe(bytesOf(sampleTree({ members: [sampleMember()] })));
  });
});

function shuffle<T>(rows: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length });
}
