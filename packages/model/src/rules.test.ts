import { describe, expect, it } from 'vitest';
import { checkDomainsAreCertified, domainListProblem } from './certificate-rules.ts';
import { checkNotAdminAddress, checkPoolFits, checkPortIsFree } from './listener-rules.ts';
import { memberAddress } from './member-rules.ts';
import { canonicalChain, pemBlocks } from './pem.ts';
import { checkQuota } from './quota-rules.ts';
import { systemSecurityPolicies } from './system-security-policy.ts';
import { defaultQuotas } from './settings.ts';

describe('a listener', () => {
  it('shares no port; the words are a contract with cloud controllers', () => {
    const listener = { loadBalancerId: 'lb', port: 443 };
    expect(checkPortIsFree(listener, [{ loadBalancerId: 'lb', port: 80 }])).toBeNull();
    expect(checkPortIsFree(listener, [listener])).toMatchObject({
      code: 'ELB.8907',
      message: expect.stringContaining('already has a listener'),
    });
  });

  it('keeps off the admin address, wildcards included', () => {
    const at = (host: string, port = 8700) => checkNotAdminAddress(port, '127.0.0.1', { host, port: 8700 });
    expect([at('127.0.0.1')?.status, at('0.0.0.0')?.status, at('127.0.0.2'), at('127.0.0.1', 1)]).toEqual([
      409,
      409,
      null,
      null,
    ]);
  });

  it('takes pools of a fitting protocol', () => {
    const http = { protocol: 'HTTP' } as const;
    const https = { protocol: 'HTTPS', isHttp2Enabled: false } as const;
    for (const protocol of ['HTTP', 'HTTPS'] as const)
      expect(checkPoolFits('f', { id: 'p', protocol }, https)).toBeNull();
    for (const protocol of ['HTTPS', 'GRPC'] as const)
      expect(checkPoolFits('f', { id: 'p', protocol }, http)?.message).toContain('HTTP listeners take HTTP');
  });

  it('takes GRPC pools only while HTTP/2 is on', () => {
    const pool = { id: 'p', protocol: 'GRPC' } as const;
    const refused = { status: 400, message: expect.stringContaining('needs http2_enable') };
    expect(checkPoolFits('f', pool, { protocol: 'HTTPS', isHttp2Enabled: false })).toMatchObject(refused);
    expect(checkPoolFits('f', pool, { protocol: 'HTTPS', isHttp2Enabled: true })).toBeNull();
  });
});

describe('a member address', () => {
  const admin = { host: '127.0.0.1', port: 8700 };
  const strict = { admin, allowsLoopbackMembers: false, allowsLinkLocalMembers: false };
  const lax = { admin, allowsLoopbackMembers: true, allowsLinkLocalMembers: true };

  it('follows the settings', () => {
    for (const address of ['127.0.0.9', '::1', '169.254.1.1', '169.254.169.254']) {
      expect(memberAddress(address, 80, strict).ok).toBe(false);
      expect(memberAddress(address, 80, lax).ok).toBe(true);
    }
    for (const address of ['0.0.0.0', '224.0.0.1', '255.255.255.255'])
      expect(memberAddress(address, 80, lax).ok).toBe(false);
  });

  it('is never the admin port, however it is spelled', () => {
    const ok = (address: string, host: string): boolean =>
      memberAddress(address, 8700, { ...lax, admin: { host, port: 8700 } }).ok;
    expect(ok('127.0.0.1', '127.0.0.1')).toBe(false);
    expect(ok('::ffff:127.0.0.1', '127.0.0.1')).toBe(false);
    expect(ok('127.0.0.5', '0.0.0.0')).toBe(false);
    expect(ok('::1', 'localhost')).toBe(false);
    expect(ok('127.0.0.5', '127.0.0.1')).toBe(true);
  });
});

describe('certificate domains', () => {
  it.each([
    ['a.test', null],
    ['*.a.test,b.test', null],
    ['localhost', null],
    ['*', 'not a domain name'],
    ['a.*.test', 'not a domain name'],
    ['a..test', 'not a domain name'],
    ['-a.test', 'not a domain name'],
    ['a_b.test', 'not a domain name'],
    [',', 'not a domain name'],
    [Array(101).fill('a.test').join(','), 'at most 100'],
  ])('%s: %s', (text, reason) => {
    const found = domainListProblem(text);
    if (reason === null) expect(found).toBeNull();
    else expect(found).toContain(reason);
  });

  it('are names that the certificate holds, a star standing for one label', () => {
    const held = { commonName: 'a.test', subjectAlternativeNames: ['a.test', '*.b.test'] };
    const ok = (domain: string | null): boolean => checkDomainsAreCertified({ ...held, domain }) === null;
    expect(['A.test', 'x.b.test', '*.b.test', null].map(ok)).toEqual([true, true, true, true]);
    expect(['b.test', 'x.y.b.test', '*.a.test', 'c.test'].map(ok)).toEqual([false, false, false, false]);
  });
});

describe('PEM', () => {
  const body = 'QUJD'.repeat(20);
  const good = `-----BEGIN CERTIFICATE-----\n${body.slice(0, 64)}\n${body.slice(64)}\n-----END CERTIFICATE-----\n`;

  it.each([
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['blank lines', good.replaceAll('\n', '\n\n')],
    ['no line breaks', good.replaceAll('\n', '')],
    ['no final newline', good.trim()],
    ['text around it', `Bag Attributes\n${good}# end`],
  ])('with %s is read and written in canonical form', (_what, text) => {
    expect(canonicalChain(text)).toBe(good);
  });

  it('keeps the order and leaves other blocks out of the chain', () => {
    const key = good.replaceAll('CERTIFICATE', 'PRIVATE KEY');
    expect(canonicalChain(good + key + good)).toBe(good + good);
    expect(pemBlocks(good + key).map(({ label }) => label)).toEqual(['CERTIFICATE', 'PRIVATE KEY']);
    expect(pemBlocks('-----BEGIN A-----AAAA-----END B-----')).toEqual([]);
  });
});

it('a quota of -1 is none', () => {
  expect(checkQuota('pool', 10, { ...defaultQuotas, pool: 10 })).toMatchObject({
    status: 409,
    code: 'ELB.8905',
  });
  expect(checkQuota('pool', 9, { ...defaultQuotas, pool: 10 })).toBeNull();
  expect(checkQuota('pool', 1e6, { ...defaultQuotas, pool: -1 })).toBeNull();
});

it('security policies hold as many ciphers as published', () => {
  expect(
    Object.fromEntries(systemSecurityPolicies.map(({ name, ciphers }) => [name, ciphers.length])),
  ).toEqual({
    'tls-1-0': 18,
    'tls-1-0-inherit': 33,
    'tls-1-1': 18,
    'tls-1-2': 18,
    'tls-1-2-strict': 12,
    'tls-1-2-fs': 8,
    'tls-1-0-with-1-3': 23,
    'tls-1-2-fs-with-1-3': 13,
    'hybrid-policy-1-0': 18,
    'tls-1-2-strict-no-cbc': 4,
  });
});
