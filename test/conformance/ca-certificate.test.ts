import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aListener, makeAuthority, runOrThrow, sClient, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, CertificateAuthority, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeListener, storeAuthorities } from './tls-setup.ts';

// Row "CA Certificate": whose clients may come in.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let folder: string;
let one: CertificateAuthority;
let two: CertificateAuthority;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-ca-'));
  elbow = await startElbow();
  backend = await scriptedBackend();
  [one, two] = [await makeAuthority('one'), await makeAuthority('two')];
  const bundle = await storeAuthorities(elbow, one.certificatePem, two.certificatePem);
  listener = await aListener(elbow, {
    members: [backend],
    fields: { client_ca_tls_container_ref: bundle.id },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

interface Issued {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A certificate of `issuer`, with extensions and words of the test's own. */
async function issue(
  name: string,
  issuer: Issued,
  extensions: string,
  ...words: readonly string[]
): Promise<Issued> {
  const at = (end: string): string => join(folder, `${name}.${end}`);
  writeFileSync(at('ext'), extensions);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key')];
  await runOrThrow('openssl', ['req', ...key, '-subj', `/CN=${name}`, '-out', at('csr')]);
  const signing = [
    '-CA',
    issuer.certificateFile,
    '-CAkey',
    issuer.keyFile,
    '-CAcreateserial',
    '-extfile',
    at('ext'),
  ];
  await runOrThrow('openssl', ['x509', '-req', '-in', at('csr'), '-out', at('pem'), ...signing, ...words]);
  return { certificateFile: at('pem'), keyFile: at('key') };
}

async function statusFor({ certificateFile, keyFile }: Issued): Promise<string> {
  // At its default level openssl does not even load a certificate signed over SHA-1.
  const words = ['-ign_eof', '-cipher', 'DEFAULT@SECLEVEL=0', '-cert', certificateFile, '-key', keyFile];
  const request = 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n';
  const { output } = await sClient(listener, words, request);
  return /HTTP\/1\.1 (\d{3}) /.exec(output)?.[1] ?? output;
}

const leaf = 'basicConstraints=CA:FALSE\n';

describe('a client', () => {
  it('of any authority of the bundle comes in', async () => {
    expect(await statusFor(await one.issue(['a']))).toBe('200');
    expect(await statusFor(await two.issue(['b']))).toBe('200');
  });

  it.each<[string, string, readonly string[], string]>([
    ['with a certificate for clients', `${leaf}extendedKeyUsage=clientAuth\n`, [], '200'],
    ['with a certificate for servers only', `${leaf}extendedKeyUsage=serverAuth\n`, [], '400'],
    ['with one that has run out', leaf, ['-days', '-1'], '400'],
    [
      'with one that is signed over SHA-1, though the policy needs the lowest security level',
      leaf,
      ['-sha1'],
      '400',
    ],
  ])('%s', async (name, extensions, words, status) => {
    const client = await issue(name.replaceAll(/\W+/g, '-').slice(0, 40), one, extensions, ...words);
    expect(await statusFor(client)).toBe(status);
  });

  it('comes in below an intermediate of the bundle, which needs its root beside it', async () => {
    const extensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';
    const root = await makeAuthority('root');
    const middle = await issue('middle', root, extensions);
    const pem = await runOrThrow('openssl', ['x509', '-in', middle.certificateFile]);
    const before = listener.listener['client_ca_tls_container_ref'];
    const alone = { type: 'client', certificate: pem };
    const refused = await elbow.api.call('POST', 'certificates', { certificate: alone });
    expect(refused.json.error_msg).toContain('certificate 1 is an intermediate whose issuer is not there');
    const bundle = await storeAuthorities(elbow, pem, root.certificatePem);
    await changeListener(elbow, listener.listener.id, { client_ca_tls_container_ref: bundle.id });
    expect(await statusFor(await issue('below', middle, leaf))).toBe('200');
    expect(await statusFor(await one.issue(['a']))).toBe('400');
    await changeListener(elbow, listener.listener.id, { client_ca_tls_container_ref: before });
  });
});

describe('the bundle', () => {
  it('has eleven authorities at most', async () => {
    const post = (count: number) =>
      elbow.api.call('POST', 'certificates', {
        certificate: { type: 'client', certificate: one.certificatePem.repeat(count) },
      });
    expect((await post(11)).status).toBe(201);
    const { status, json } = await post(12);
    expect([status, json.error_msg]).toEqual([
      400,
      expect.stringContaining('holds 12 certificates; the limit is 11'),
    ]);
  });

  it('is not what a server certificate is, and stays while it is used', async () => {
    const ca = listener.listener['client_ca_tls_container_ref'];
    const swapped = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, {
      listener: { default_tls_container_ref: ca },
    });
    expect(swapped.status).toBe(400);
    const removed = await elbow.api.call('DELETE', `certificates/${ca}`);
    expect([removed.status, removed.json.error_code]).toEqual([409, 'ELB.8907']);
    expect(removed.json.error_msg).toContain(listener.listener.id);
  });
});
