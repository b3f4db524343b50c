import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateAuthority, makeAuthority, makeRevocations } from '@elbow/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectRevocations } from './inspect-revocations.ts';

const nowMs = Date.now();
let folder: string;
let ec: CertificateAuthority;
let rsa: CertificateAuthority;
let crl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-crl-'));
  [ec, rsa] = await Promise.all([makeAuthority('ec'), makeAuthority('rsa', 'rsa')]);
  const [one, other] = await Promise.all([ec.issue(['one.test']), ec.issue(['other.test'])]);
  crl = await makeRevocations(ec, [one, other]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reasonOf(text: string, authorities: string): string {
  const outcome = inspectRevocations(text, authorities, nowMs);
  return outcome.ok ? 'fine' : outcome.problem.message;
}

describe('inspectRevocations', () => {
  it('tells of each list whose it is, how long it holds and how many are on it', async () => {
    const both = `${ec.certificatePem}${rsa.certificatePem}`;
    const text = `comment\r\n${crl.replaceAll('\n', '\r\n')}${await makeRevocations(rsa, [])}`;
    const outcome = inspectRevocations(text, both, nowMs);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    expect(outcome.value.lists).toMatchObject([
      { issuer: 'CN=ec CA', revokedCount: 2 },
      { issuer: 'CN=rsa CA', revokedCount: 0 },
    ]);
    const [{ issuedAtMs, validUntilMs }] = outcome.value.lists as [(typeof outcome.value.lists)[number]];
    expect(Math.abs(issuedAtMs - nowMs)).toBeLessThan(600_000);
    expect(validUntilMs! - issuedAtMs).toBe(30 * 86_400_000);
    // Read by the judge of its form.
    const file = join(folder, 'crl');
    writeFileSync(file, outcome.value.pem);
    expect(execFileSync('openssl', ['crl', '-in', file, '-noout', '-text']).toString()).toContain('Revoked');
  });

  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['no list', () => ec.certificatePem, /holds no "-----BEGIN X509 CRL-----" block/],
    [
      'a list of somebody else',
      () => makeRevocations(rsa, []),
      /list 1 is not of an authority in the bundle/,
    ],
    [
      'bytes that are none',
      () => '-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n',
      /cannot be read/,
    ],
    ['a list that has run out', () => makeRevocations(ec, [], -1), /has run out at 20/],
    [
      'a list that was changed',
      () => {
        const der = Buffer.from(crl.replaceAll(/-----.*-----|\n/g, ''), 'base64');
        der[der.length - 1]! ^= 1;
        return `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`;
      },
      /signature that is not of its authority/,
    ],
  ])('refuses %s', async (_what, text, reason) => {
    expect(reasonOf(await text(), ec.certificatePem)).toMatch(reason);
  });

  it('refuses lists that leave an authority of the bundle out', () => {
    expect(reasonOf(crl, `${ec.certificatePem}${rsa.certificatePem}`)).toMatch(
      /no list of the authority CN=rsa CA/,
    );
  });

  it('answers whatever bytes it is given', () => {
    const der = Buffer.from(crl.replaceAll(/-----.*-----|\n/g, ''), 'base64');
    const change = fc.record({ at: fc.nat(der.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(der.length), (changes, length) => {
        const bytes = Buffer.from(der);
        for (const { at, to } of changes) bytes[at] = to;
        const base64 = bytes.subarray(0, length).toString('base64');
        const text = `-----BEGIN X509 CRL-----\n${base64}\n-----END X509 CRL-----\n`;
        expect(typeof reasonOf(text, ec.certificatePem)).toBe('string');
      }),
    );
    expect(readFileSync(ec.certificateFile, 'utf8')).toBe(ec.certificatePem);
  });
});
