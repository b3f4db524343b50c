import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aListener,
  type BuiltListener,
  type CertificateAuthority,
  type CertificateFiles,
  type Elbow,
  expectStatus,
  makeAuthority,
  makeRevocations,
  sClient,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeAuthorities, storeServer } from './tls-setup.ts';

// Row "CA Certificate", one field more than the page has: what the authorities have revoked does not come in.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let folder: string;
let authority: CertificateAuthority;
let caId: string;
let kept: CertificateFiles;
let revoked: CertificateFiles;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-revoked-'));
  elbow = await startElbow({ workers: 2 });
  backend = await scriptedBackend();
  authority = await makeAuthority('revoking');
  [kept, revoked] = [await authority.issue(['kept']), await authority.issue(['revoked'])];
  caId = (await storeAuthorities(elbow, authority.certificatePem)).id;
  listener = await aListener(elbow, {
    members: [backend],
    fields: { client_ca_tls_container_ref: caId },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

async function put(crl: string | null, id = caId) {
  return elbow.api.call('PUT', `/elbow/v1/certificates/${id}/revocations`, { revocations: { crl } });
}

async function statusOf({ certificateFile, keyFile }: CertificateFiles): Promise<string> {
  const words = ['--cert', certificateFile, '--key', keyFile, '-o', '/dev/null', '-w', '%{http_code}'];
  return (await listener.curl('/', ...words)).stdout;
}

it('without a list everybody with a certificate of the authority comes in', async () => {
  expect([await statusOf(kept), await statusOf(revoked)]).toEqual(['200', '200']);
});

it('a list keeps those out that are on it, in new handshakes and with sessions from before', async () => {
  await put(null);
  const session = join(folder, 'session');
  const shown = ['-cert', revoked.certificateFile, '-key', revoked.keyFile];
  const ask = (...words: readonly string[]) =>
    sClient(
      listener,
      ['-servername', serverName, '-ign_eof', ...shown, ...words],
      'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
    );
  expect((await ask('-sess_out', session)).output).toContain('HTTP/1.1 200');
  expect((await ask('-sess_in', session)).isResumed).toBe(true);
  const answer = expectStatus(await put(await makeRevocations(authority, [revoked])), 200);
  expect(answer.json.revocations).toMatchObject({
    certificate_id: caId,
    lists: [{ issuer: 'CN=revoking CA', revoked: 1 }],
  });
  expect([await statusOf(kept), await statusOf(revoked)]).toEqual(['200', '400']);
  const again = await ask('-sess_in', session);
  expect(again.isResumed).toBe(false);
  expect(again.output).toContain('400 The SSL certificate error');
});

it('a new list counts instead of the old one, and can be taken away', async () => {
  expectStatus(await put(await makeRevocations(authority, [kept])), 200);
  expect([await statusOf(kept), await statusOf(revoked)]).toEqual(['400', '200']);
  const shown = expectStatus(await elbow.api.call('GET', `/elbow/v1/certificates/${caId}/revocations`), 200);
  expect(shown.json.revocations.crl).toContain('-----BEGIN X509 CRL-----');
  expectStatus(await put(null), 200);
  expect([await statusOf(kept), await statusOf(revoked)]).toEqual(['200', '200']);
});

describe('refused with the reason', () => {
  it.each<[string, () => string | Promise<string>, RegExp]>([
    [
      'a list of somebody else',
      async () => makeRevocations(await makeAuthority('else'), []),
      /not of an authority/,
    ],
    ['a list that has run out', () => makeRevocations(authority, [], -1), /has run out/],
    ['a text without a list', () => authority.certificatePem, /BEGIN X509 CRL/],
  ])('%s', async (_what, text, reason) => {
    const answer = expectStatus(await put(await text()), 400);
    expect(answer.text).toMatch(reason);
    expect(await statusOf(kept)).toBe('200');
  });

  it('lists of a server certificate, and of one that is not there', async () => {
    const server = await storeServer(elbow, await authority.issue(['s.test']));
    expectStatus(await put(null, server.id), 400);
    expectStatus(await put(null, '0'.repeat(32)), 404);
  });

  it('other authorities while the lists are those of the old ones', async () => {
    expectStatus(await put(await makeRevocations(authority, [])), 200);
    const other = await makeAuthority('other');
    const change = { certificate: { certificate: other.certificatePem } };
    const answer = expectStatus(await elbow.api.call('PUT', `certificates/${caId}`, change), 400);
    expect(answer.text).toContain('take them away first');
    expectStatus(await put(null), 200);
  });
});
