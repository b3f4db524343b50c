import { hash as digest } from 'node:crypto';
import { type Listener, type Member, systemSecurityPolicies } from '@elbow/model';
import {
  sampleCertificate,
  sampleHttpListener,
  sampleHttpsListener,
  sampleIpGroup,
  sampleLoadBalancer,
  sampleMember,
  sampleMonitor,
  samplePolicy,
  samplePool,
  sampleRule,
} from '@elbow/model/testing';
import { assemblePlan, emptyPlan, type Hash } from '@elbow/plan';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLoadBalancer } from './compile.ts';
import { sampleTree } from './testing/sample-tree.ts';

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
  monitors: fc.uniqueArray(anyMonitor(), { selector: ({ poolId }) => poolId, maxLength: 4 }),
  policies: fc.uniqueArray(anyPolicy(), { selector: ({ id }) => id, maxLength: 6 }),
  rules: fc.uniqueArray(anyRule(), { selector: ({ id }) => id, maxLength: 6 }),
  ipGroups: fc.uniqueArray(anyIpGroup(), { selector: ({ id }) => id, maxLength: 3 }),
  certificates: fc.uniqueArray(anyCertificate(), { selector: ({ id }) => id, maxLength: 3 }),
  securityPolicies: fc.constant([]),
});

function name(prefix: string, max: number): fc.Arbitrary<string> {
  return fc.nat(max).map((number) => `${prefix}-${number}`);
}

/** With pools, listeners and groups that may not exist, and texts that no request can have. */
function anyPolicy() {
  return fc
    .record({
      id: name('policy', 8),
      port: fc.integer({ min: -1, max: 4 }),
      action: fc.constantFrom(
        'REDIRECT_TO_POOL',
        'REDIRECT_TO_LISTENER',
        'FIXED_RESPONSE',
        'REDIRECT_TO_URL',
      ),
      pool: name('pool', 5),
      target: name('listener', 4),
      statusCode: fc.constantFrom(200, 301, 1000),
      messageBody: fc.string({ unit: 'binary' }),
      weight: fc.integer({ min: -1, max: 101 }),
    })
    .map(({ id, port, action, pool, target, statusCode, messageBody, weight }) =>
      samplePolicy({
        id,
        listenerId: `listener-${port}`,
        action,
        redirectPoolId: pool,
        redirectPools: weight > 50 ? [{ poolId: pool, weight }] : [],
        redirectListenerId: target,
        fixedResponse:
          action === 'FIXED_RESPONSE'
            ? {
                statusCode,
                contentType: 'text/plain',
                messageBody,
                trafficLimit: null,
                insertHeaders: null,
                removeHeaders: null,
              }
            : null,
      }),
    );
}

function anyRule() {
  return fc
    .record({
      id: name('rule', 8),
      policyId: name('policy', 8),
      type: fc.constantFrom('HOST_NAME', 'PATH', 'SOURCE_IP', 'HEADER'),
      value: fc.oneof(
        fc.constantFrom('/a', '10.0.0.0/8', 'x.test'),
        fc.string({ unit: 'binary', maxLength: 8 }),
      ),
    })
    .map(sampleRule);
}

function anyIpGroup() {
  const ip = fc.oneof(fc.constantFrom('10.0.0.0/8', '::1', '10.0.0.1-10.0.0.9'), fc.string({ maxLength: 8 }));
  return fc
    .record({
      id: name('group', 3),
      entries: fc.array(
        ip.map((text) => ({ ip: text, description: '' })),
        { maxLength: 4 },
      ),
    })
    .map(sampleIpGroup);
}

function anyListener(): fc.Arbitrary<Listener> {
  const values = fc.record({
    port: fc.integer({ min: -1, max: 65_537 }),
    seconds: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.double()),
    pool: fc.option(name('pool', 4)),
    certificate: name('certificate', 3),
    policy: fc.constantFrom('tls-9', '__proto__', ...systemSecurityPolicies.map((policy) => policy.name)),
    isHttps: fc.boolean(),
    sni: fc.array(name('certificate', 3), { maxLength: 3 }),
    authority: fc.option(name('certificate', 3)),
    group: fc.option(name('group', 4)),
    access: fc.constantFrom('white', 'black'),
  });
  return values.map(
    ({ port, seconds, pool, certificate, policy, isHttps, sni, authority, group, access }) => {
      const accessControl =
        group === null ? null : ({ ipGroupIds: [group], isEnabled: true, type: access } as const);
      const common = {
        id: `listener-${port}`,
        port,
        defaultPoolId: pool,
        clientTimeoutSeconds: seconds,
        accessControl,
      };
      return isHttps
        ? sampleHttpsListener({
            ...common,
            certificateId: certificate,
            securityPolicy: policy,
            sniCertificateIds: sni,
            clientCaCertificateId: authority,
          })
        : sampleHttpListener(common);
    },
  );
}

function anyPool() {
  // Rows of later versions may hold protocols that the types of this one do not know.
  const protocol = fc.constantFrom('HTTP', 'HTTPS', 'TCP').map((text) => text as 'HTTP');
  const algorithm = fc.constantFrom(
    'ROUND_ROBIN' as const,
    'LEAST_CONNECTIONS' as const,
    'SOURCE_IP' as const,
  );
  const sessionPersistence = fc.constantFrom(
    null,
    { type: 'HTTP_COOKIE', minutes: 20 } as const,
    { type: 'APP_COOKIE', cookieName: 'a b', minutes: 20 } as const,
  );
  const slowStart = fc.constantFrom(null, { isEnabled: true, durationSeconds: 30 });
  return fc
    .record({ id: name('pool', 4), protocol, algorithm, sessionPersistence, slowStart })
    .map(samplePool);
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

/** Values that no API lets through included. */
function anyMonitor() {
  return fc
    .record({
      poolId: name('pool', 4),
      type: fc.constantFrom('TCP' as const, 'HTTP' as const, 'GRPC' as const),
      isAdminStateUp: fc.boolean(),
      intervalSeconds: fc.integer({ min: 0, max: 60 }),
      port: fc.option(fc.integer({ min: -1, max: 65_536 })),
      urlPath: fc.constantFrom('/', '/a b', 'x'),
      expectedCodes: fc.option(fc.constantFrom('200', '200-204,301', '0', '204-200', 'x')),
    })
    .map(sampleMonitor);
}

function anyCertificate() {
  return fc
    .record({
      id: name('certificate', 3),
      domain: fc.constantFrom(null, 'a.test', '*.A.test,b.test', 'not a name'),
      keyType: fc.constantFrom('RSA' as const, 'EC' as const),
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
          policies: shuffle(tree.policies),
          rules: shuffle(tree.rules),
          ipGroups: shuffle(tree.ipGroups),
          monitors: shuffle(tree.monitors),
          certificates: shuffle(tree.certificates),
          securityPolicies: shuffle(tree.securityPolicies),
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
