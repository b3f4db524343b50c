import { createSecureContext, getCiphers } from 'node:tls';
import { securityPolicies } from '@elbow/model';
import { describe, expect, it } from 'vitest';
import { compileTlsPolicy, unavailableSuites } from './tls-policy.ts';

describe('compileTlsPolicy', () => {
  it.each([
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
    const policy = compileTlsPolicy(name);
    expect(policy).toMatchObject({ minVersion, maxVersion });
    const suites = policy!.ciphers.split(':').filter((suite) => !suite.startsWith('@'));
    expect(suites).toHaveLength(count);
    expect(new Set(suites).size).toBe(count);
  });

  it('knows no policy of another name', () => {
    expect(compileTlsPolicy('tls-1-3')).toBeNull();
    expect(compileTlsPolicy('__proto__')).toBeNull();
  });

  it.each(securityPolicies.map((policy) => policy.name))(
    '%s is taken by the OpenSSL of this runtime',
    (name) => {
      expect(() => createSecureContext(compileTlsPolicy(name)!)).not.toThrow();
    },
  );

  it('leaves out exactly the suites that this OpenSSL lacks', () => {
    const known = new Set(getCiphers().map((cipher) => cipher.toUpperCase()));
    const published = new Set(securityPolicies.flatMap((policy) => policy.ciphers));
    expect([...published].filter((suite) => !known.has(suite)).sort()).toEqual([...unavailableSuites].sort());
  });

  it('names the ECDSA suites first, then RSA, then those of TLS 1.3 one by one', () => {
    expect(compileTlsPolicy('tls-1-2-fs-with-1-3')?.ciphers).toBe(
      'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256:' +
        'ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:' +
        'ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:' +
        'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256:@SECLEVEL=0',
    );
  });

  it('keeps the security level of policies that need no lower one', () => {
    const kept = securityPolicies.filter(({ name }) => !compileTlsPolicy(name)?.ciphers.includes('@'));
    expect(kept.map(({ name }) => name).sort()).toEqual([
      'tls-1-2',
      'tls-1-2-fs',
      'tls-1-2-strict',
      'tls-1-2-strict-no-cbc',
    ]);
  });
});
