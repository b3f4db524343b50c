import { aListener, expectStatus, sClient, startElbow, testAuthority } from '@elbow/testkit';
import type { BuiltListener, Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fit, noCbc, policies, tls13, type Versions } from './policy-table.ts';
import { changeListener, rsaAuthority, storeServer } from './tls-setup.ts';

// Row "Security Policy": versions and suites, found out as a scanner does: offer everything, note what the server
// chooses, take that away, and ask again, until nothing is left. The order of the answers is the server's preference.

const options: Readonly<Record<Versions, string>> = {
  '1.0': '-tls1',
  '1.1': '-tls1_1',
  '1.2': '-tls1_2',
  '1.3': '-tls1_3',
};

const name = 'dual.example.test';
let elbow: Elbow;
let listener: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  const [rsa, ec] = [await rsaAuthority(), await testAuthority()];
  const pair = [
    await storeServer(elbow, await rsa.issue([name], 'rsa'), name),
    await storeServer(elbow, await ec.issue([name], 'ec'), name),
  ];
  listener = await aListener(elbow, {
    fields: { sni_container_refs: pair.map(({ id }) => id), tls_ciphers_policy: 'tls-1-2' },
  });
});
afterAll(() => elbow?.stop());

async function scan(version: Versions): Promise<{ suites: readonly string[]; alert: number | null }> {
  const suites: string[] = [];
  for (;;) {
    const offered = version === '1.3' ? offer13(suites) : offerOlder(suites);
    if (offered === null) return { suites, alert: 40 };
    const seen = await sClient(listener, ['-servername', name, options[version], ...offered]);
    if (seen.suite === null) return { suites, alert: seen.alert };
    suites.push(seen.suite);
  }
}

function offerOlder(without: readonly string[]): readonly string[] {
  return ['-cipher', ['ALL', ...without.map((suite) => `!${suite}`), '@SECLEVEL=0'].join(':')];
}

function offer13(without: readonly string[]): readonly string[] | null {
  const left = tls13.filter((suite) => !without.includes(suite));
  return left.length === 0
    ? null
    : ['-ciphersuites', left.toReversed().join(':'), '-cipher', 'ALL:@SECLEVEL=0'];
}

describe.each(policies)('%s', (policy, versions, suites) => {
  beforeAll(() => changeListener(elbow, listener.listener.id, { tls_ciphers_policy: policy }));

  it.each(['1.0', '1.1', '1.2', '1.3'] as const)('TLS %s', async (version) => {
    const seen = await scan(version);
    expect(seen.suites).toEqual(versions.includes(version) ? fit(suites, version) : []);
    // protocol_version where there is no such version, handshake_failure where no suite is left.
    expect(seen.alert).toBe(versions.includes(version) ? 40 : 70);
  });
});

it('lists what it offers, and names what it cannot as unavailable', async () => {
  const { json } = expectStatus(await elbow.api.call('GET', 'system-security-policies'), 200);
  const listed = json.system_security_policies.map(
    (policy: { name: string; protocols: string; ciphers: string }) => [
      policy.name,
      policy.protocols
        .split(' ')
        .map((version: string) => (version === 'TLSv1' ? '1.0' : version.slice(4)))
        .toReversed(),
      policy.ciphers.split(':'),
    ],
  );
  expect(listed.toSorted()).toEqual(policies.toSorted());
  const capabilities = await elbow.api.call('GET', '/elbow/v1/capabilities');
  const { names } = capabilities.json.capabilities.unavailable_ciphers;
  expect(names).toHaveLength(13);
  for (const suite of names) expect(suite).toMatch(/RC4|DES-CBC3|CAMELLIA|DSS/);
});

describe('a policy of the user’s own', () => {
  it('wins over the built-in one, reaches listeners when it changes, and gives way when it is taken off', async () => {
    const { id } = listener.listener;
    await changeListener(elbow, id, { tls_ciphers_policy: 'tls-1-2-strict-no-cbc' });
    const wish = {
      name: 'own',
      protocols: ['TLSv1.1', 'TLSv1.3'],
      ciphers: ['AES256-SHA', 'AES128-SHA', 'TLS_AES_128_CCM_SHA256'],
    };
    const made = await elbow.api.call('POST', 'security-policies', { security_policy: wish });
    const policy = expectStatus(made, 201).json.security_policy;
    await changeListener(elbow, id, { security_policy_id: policy.id });
    expect(await scan('1.1')).toEqual({ suites: ['AES128-SHA', 'AES256-SHA'], alert: 40 });
    expect((await scan('1.2')).suites).toEqual([]);
    expect((await scan('1.3')).suites).toEqual(['TLS_AES_128_CCM_SHA256']);

    const change = { protocols: ['TLSv1.2'], ciphers: ['ECDHE-RSA-CHACHA20-POLY1305'] };
    expectStatus(
      await elbow.api.call('PUT', `security-policies/${policy.id}`, { security_policy: change }),
      200,
    );
    expect((await scan('1.2')).suites).toEqual(['ECDHE-RSA-CHACHA20-POLY1305']);
    expect(await scan('1.1')).toEqual({ suites: [], alert: 70 });

    expect((await elbow.api.call('DELETE', `security-policies/${policy.id}`)).status).toBe(409);
    await changeListener(elbow, id, { security_policy_id: null });
    expect((await scan('1.2')).suites).toEqual(noCbc);
    expectStatus(await elbow.api.call('DELETE', `security-policies/${policy.id}`), 204);
  });

  it('leaves an open connection what it negotiated, and lets no session go on with a suite that is gone', async () => {
    const { id } = listener.listener;
    await changeListener(elbow, id, { tls_ciphers_policy: 'tls-1-2' });
    const client = await listener.connect();
    await changeListener(elbow, id, { tls_ciphers_policy: 'tls-1-2-fs-with-1-3' });
    client.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer()).status).toBe(503);
    client.close();
  });
});

it('refuses renegotiation', async () => {
  await changeListener(elbow, listener.listener.id, { tls_ciphers_policy: 'tls-1-2' });
  const { output } = await sClient(listener, ['-tls1_2'], 'R\n');
  expect(output).toContain('RENEGOTIATING');
  expect(output).toMatch(/no renegotiation/);
});

it('has no compression', async () => {
  expect((await sClient(listener, ['-tls1_2', '-comp'])).output).toContain('Compression: NONE');
});

it('speaks only the protocols that it offers', async () => {
  const { alert, isComplete } = await sClient(listener, ['-tls1_2', '-alpn', 'spdy/3']);
  expect([isComplete, alert]).toEqual([false, 120]);
});
