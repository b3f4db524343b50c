import { hash as digest } from 'node:crypto';
import type { Pool } from '@elbow/model';
import { sampleCertificate, sampleHttpListener, sampleIpGroup, samplePool } from '@elbow/model/testing';
import type { Hash, PoolChunk } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { CompileMemo } from './compile-memo.ts';
import { compileLoadBalancer } from './compile.ts';
import { sampleTree } from './testing/sample-tree.ts';

const hash: Hash = (text) => digest('sha256', text, 'hex');
const ca = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const trust = { isVerified: true, caPem: null, caCertificateId: null, serverName: null };

function compiled(
  pool: Partial<Pool>,
  certificates = [sampleCertificate({ id: 'bundle', certificatePem: ca })],
) {
  const tree = sampleTree({ pools: [samplePool(pool)], certificates, listeners: [sampleHttpListener()] });
  const { chunks, conditions } = compileLoadBalancer(tree, hash);
  const chunk = [...chunks.values()].find(({ kind }) => kind === 'pool') as PoolChunk | undefined;
  return { chunk, conditions };
}

describe('members of an HTTPS pool', () => {
  it.each([
    [null, { caPem: null, serverName: null }],
    [
      { ...trust, isVerified: false, caPem: ca, serverName: 'a.test' },
      { caPem: null, serverName: 'a.test' },
    ],
    [
      { ...trust, caPem: ca, serverName: 'a.test' },
      { caPem: ca, serverName: 'a.test' },
    ],
    [
      { ...trust, caCertificateId: 'bundle' },
      { caPem: ca, serverName: null },
    ],
  ])('trusted by %j are trusted by the plan', (memberTls, expected) => {
    expect(compiled({ protocol: 'HTTPS', memberTls }).chunk?.memberTls).toEqual(expected);
  });

  it('are not served unverified when their authorities are gone', () => {
    const memberTls = { ...trust, caCertificateId: 'gone' };
    const { chunk, conditions } = compiled({ protocol: 'HTTPS', memberTls });
    expect(chunk).toBeUndefined();
    expect(conditions.find(({ kind }) => kind === 'pool')?.reason).toContain('certificate gone is not there');
  });

  it('have nothing to show in other pools', () => {
    expect(compiled({ memberTls: { ...trust, caPem: ca } }).chunk?.memberTls).toBeNull();
  });
});

describe('members that cannot be connected to', () => {
  it('are left out only where that is switched on', () => {
    const wish = { isEnabled: true, failures: 3, seconds: 20 };
    expect(compiled({ passiveEjection: wish }).chunk?.passiveEjection).toEqual({
      failures: 3,
      durationMs: 20_000,
    });
    expect(compiled({ passiveEjection: { ...wish, isEnabled: false } }).chunk?.passiveEjection).toBeNull();
  });
});

describe('a memo', () => {
  it('knows the same row again, and another one with its id does not pass for it', () => {
    const memo = new CompileMemo();
    const compile = (entries: readonly string[], group = groupOf(entries)) => {
      const accessControl = { isEnabled: true, type: 'black', ipGroupIds: [group.id] } as const;
      const tree = sampleTree({ listeners: [sampleHttpListener({ accessControl })], ipGroups: [group] });
      const { chunks } = compileLoadBalancer(tree, hash, { isAccessLogEnabled: false, zone: null, memo });
      return { group, set: [...chunks.values()].find(({ kind }) => kind === 'addressSet') };
    };
    const first = compile(['192.0.2.1']);
    expect(compile([], first.group).set).toBe(first.set);
    expect(compile(['192.0.2.2']).set).toMatchObject({ entries: ['192.0.2.2'] });
  });
});

function groupOf(ips: readonly string[]) {
  return sampleIpGroup({ entries: ips.map((ip) => ({ ip, description: '' })) });
}
