import { aListener, runCommand, startElbow, testAuthority } from '@elbow/testkit';
import type { BuiltListener, Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fit, policies, type Versions } from './policy-table.ts';
import { rsaAuthority, storeServer } from './tls-setup.ts';

// Row "Security Policy", in the words of the programs that people judge servers by. sslscan sees every policy; testssl.sh,
// which takes half a minute for one on a busy machine, sees the versions of the widest and the narrowest, and versions and
// suites of all of them in the full run.

const name = 'both.example.test';
const port = 8443;
const versionsByLabel: Readonly<Record<string, Versions>> = {
  'TLS 1': '1.0',
  'TLS 1.1': '1.1',
  'TLS 1.2': '1.2',
  'TLS 1.3': '1.3',
};
const isFull = process.env['ELBOW_FULL'] !== undefined;
const seenByTestssl = isFull
  ? policies.map(([policy]) => policy)
  : ['tls-1-0-with-1-3', 'tls-1-2-strict-no-cbc'];
let elbow: Elbow;
const listeners = new Map<string, BuiltListener>();

beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
  const [rsa, ec] = [await rsaAuthority(), await testAuthority()];
  const pair = [
    await storeServer(elbow, await rsa.issue([name], 'rsa'), name),
    await storeServer(elbow, await ec.issue([name], 'ec'), name),
  ];
  for (const [policy] of policies) {
    const fields = { sni_container_refs: pair.map(({ id }) => id), tls_ciphers_policy: policy };
    listeners.set(policy, await aListener(elbow, { port, fields }));
  }
}, 120_000);
afterAll(() => elbow?.stop());

const checksLeftOut = ['--no-heartbleed', '--no-groups', '--no-check-certificate'];

describe.each(policies)('sslscan of %s', (policy, versions, suites) => {
  it('finds the versions and suites of the table, and no insecure renegotiation', async () => {
    const { vip } = listeners.get(policy)!;
    const words = ['--no-colour', ...checksLeftOut, `--sni-name=${name}`, `${vip}:${port}`];
    const { stdout } = await runCommand('sslscan', words, { timeoutMs: 60_000 });
    const enabled = [...stdout.matchAll(/^(\S+)\s+enabled$/gm)].map(([, label]) => label);
    expect(enabled).toEqual(versions.map((version) => `TLSv${version}`));
    const accepted = [...stdout.matchAll(/^(?:Preferred|Accepted)\s+TLSv(\S+)\s+\d+ bits\s+(\S+)/gm)];
    for (const version of versions) {
      const found = accepted.filter(([, of]) => of === version).map(([, , suite]) => suite);
      expect([version, found.toSorted()]).toEqual([version, fit(suites, version).toSorted()]);
    }
    expect(accepted.filter(([, of]) => !versions.includes(of as Versions))).toEqual([]);
    expect(stdout).toMatch(/renegotiation not supported|Secure session renegotiation supported/);
    expect(stdout).not.toContain('Insecure session renegotiation');
  });
});

/** What testssl.sh says of a listener. */
async function testssl(policy: string, ...checks: readonly string[]): Promise<string> {
  const { vip } = listeners.get(policy)!;
  const quiet = ['--color', '0', '--quiet', '--warnings', 'batch', '--nodns', 'none'];
  const words = [...quiet, '--openssl', '/usr/bin/openssl', ...checks, '--ip', vip, `${name}:${port}`];
  return (await runCommand('testssl', words, { timeoutMs: 170_000 })).stdout;
}

describe.each(policies.filter(([policy]) => seenByTestssl.includes(policy)))(
  'testssl.sh of %s',
  (policy, versions, suites) => {
    it('finds the versions of the table', async () => {
      const found = await testssl(policy, '--protocols');
      const offered = [...found.matchAll(/^ ((?:SSLv|TLS )\S+)\s+offered/gm)].map(
        ([, label]) => versionsByLabel[label!] ?? label,
      );
      expect(offered).toEqual(versions);
      expect(found).toMatch(/SSLv2\s+not offered/);
      expect(found).toMatch(/SSLv3\s+not offered/);
    }, 180_000);

    // In this mode it asks by way of openssl, which has no suites for the older versions; those are seen by sslscan.
    it.runIf(isFull)(
      'finds the suites of the table in TLS 1.2 and 1.3',
      async () => {
        const found = await testssl(policy, '--fast', '--cipher-per-proto');
        for (const version of ['1.2', '1.3'] as const) {
          const section = new RegExp(`^TLS ${version} *\\n((?: x.*\\n)*)`, 'm').exec(found)?.[1] ?? 'none';
          const names = [...section.matchAll(/^ x\S+\s+(\S+)/gm)].map(([, suite]) => suite);
          const expected = versions.includes(version) ? fit(suites, version) : [];
          expect([version, names.toSorted()]).toEqual([version, expected.toSorted()]);
        }
      },
      180_000,
    );
  },
);
