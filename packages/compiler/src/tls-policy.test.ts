import { createSecureContext, getCiphers } from 'node:tls';
import {
  type SystemSecurityPolicyName,
  systemSecurityPolicies,
  systemSecurityPolicyByName,
  unavailableSuites,
} from '@elbow/model';
import { describe, expect, it } from 'vitest';
import { compileTlsPolicy } from './tls-policy.ts';

function compiled(name: SystemSecurityPolicyName) {
  return compileTlsPolicy(systemSecurityPolicyByName(name)!)!;
}

describe('compileTlsPolicy', () => {
  it.each<[SystemSecurityPolicyName, string, string, number]>([
    ['tls-1-0', 'TLSv1', 'TLSv1.2', 18],
    ['tls-1-1', 'TLSv1.1', 'TLSv1.2', 18],
    ['tls-1-2', 'TLSv1.2', 'TLSv1.2', 18],
    ['tls-1-0-inherit', 'TLSv1', 'TLSv1.2', 20],
    ['tls-1-2-strict', 'TLSv1.2', 'TLSv1.2', 12],
    ['tls-1-2-fs', 'TLSv1.2', 'TLSv1.2', 8],
    ['tls-1-0-with-1-3', 'TLSv1', 'TLSv1.3', 23],
    ['tls-1-2-fs-with-1-3', 'TLSv1.2', 'TLSv1.3', 13],
    ['hybrid-policy-1-0', 'TLSv1.1', 'TLSv1.2', 18],
    ['tls-1-2-strict-no-cbc', 'TLSv1.2', 'TLSv1.2', 4],
  ])('%s reaches from %s to %s with %i suites', (name, minVersion, maxVersion, count) => {
    const policy = compiled(name);
    expect(policy).toMatchObject({ minVersion, maxVersion, versionsLeftOut: [] });
    const suites = policy.ciphers.split(':').filter((suite) => !suite.startsWith('@'));
    expect(suites).toHaveLength(count);
    expect(new Set(suites).size).toBe(count);
  });

  it('leaves out versions that no suite fits, and policies of which nothing is left', () => {
    const protocols = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
    expect(compileTlsPolicy({ protocols, ciphers: ['AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256'] })).toEqual(
      {
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
        versionsLeftOut: [],
        ciphers: 'AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256',
      },
    );
    const gap = compileTlsPolicy({
      protocols: ['TLSv1.1', 'TLSv1.3'],
      ciphers: ['AES128-SHA', 'AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256'],
    });
    expect(gap).toEqual({
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.3',
      versionsLeftOut: ['TLSv1.2'],
      ciphers: 'AES128-SHA:TLS_AES_128_GCM_SHA256:@SECLEVEL=0',
    });
    expect(compileTlsPolicy({ protocols: ['TLSv1.3'], ciphers: ['AES128-SHA'] })).toBeNull();
    expect(compileTlsPolicy({ protocols: ['TLSv1.2'], ciphers: ['RC4-SHA'] })).toBeNull();
  });

  it.each(systemSecurityPolicies.map((policy) => policy.name))(
    '%s is taken by the OpenSSL of this runtime',
    (name) => {
      expect(() => createSecureContext(compiled(name))).not.toThrow();
    },
  );

  it('leaves out exactly the suites that this OpenSSL lacks', () => {
    const known = new Set(getCiphers().map((cipher) => cipher.toUpperCase()));
    const published = new Set(systemSecurityPolicies.flatMap((policy) => policy.ciphers));
    expect([...published].filter((suite) => !known.has(suite)).sort()).toEqual([...unavailableSuites].sort());
  });

  it('names the ECDSA suites first, then RSA, then those of TLS 1.3 one by one', () => {
    expect(compiled('tls-1-2-fs-with-1-3').ciphers).toBe(
      'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256:' +
        'ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:' +
        'ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:' +
        'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256:@SECLEVEL=0',
    );
  });

  it('keeps the security level of policies that need no lower one', () => {
    const kept = systemSecurityPolicies.filter(({ name }) => !compiled(name).ciphers.includes('@'));
    expect(kept.map(({ name }) => name).sort()).toEqual([
      'tls-1-2',
      'tls-1-2-fs',
      'tls-1-2-strict',
      'tls-1-2-strict-no-cbc',
    ]);
  });
});
