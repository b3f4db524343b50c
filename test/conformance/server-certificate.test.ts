import { connect } from 'node:tls';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aListener,
  makeAuthority,
  runOrThrow,
  scriptedBackend,
  sClient,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { BuiltListener, CertificateFiles, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeServer } from './tls-setup.ts';

// Row "Server Certificate": what may be stored, what clients are shown, and how it is replaced.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let second: BuiltListener;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-server-certificate-'));
  elbow = await startElbow();
  backend = await scriptedBackend();
  listener = await aListener(elbow, { members: [backend] });
  second = await aListener(elbow, {
    members: [backend],
    fields: { default_tls_container_ref: listener.certificate!.id },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

/** A self-signed pair by openssl, with words of the test's own. */
async function selfSigned(name: string, ...words: readonly string[]): Promise<CertificateFiles> {
  const files = { certificateFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
  const fixed = [
    'req',
    '-x509',
    '-subj',
    `/CN=${name}`,
    '-out',
    files.certificateFile,
    '-keyout',
    files.keyFile,
  ];
  await runOrThrow('openssl', [...fixed, ...words]);
  const [certificatePem, keyPem] = [files.certificateFile, files.keyFile].map((file) =>
    readFileSync(file, 'latin1'),
  );
  return { ...files, certificatePem: certificatePem!, keyPem: keyPem! };
}

const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

function post(certificate: object) {
  return elbow.api.call('POST', 'certificates', { certificate });
}

describe('what is stored', () => {
  it('is read as people paste it, returned as it was given, and shown leaf first', async () => {
    const authority = await testAuthority();
    const leaf = await authority.issue(['pasted.example.test']);
    const pasted = `Bag Attributes\n${leaf.certificatePem.replaceAll('\n', '\r\n')}\r\n\r\n${authority.certificatePem}\n`;
    const { status, json } = await post({ certificate: pasted, private_key: leaf.keyPem });
    expect(status).toBe(201);
    expect(json.certificate.certificate).toBe(pasted);
    expect(json.certificate).toMatchObject({
      common_name: 'pasted.example.test',
      subject_alternative_names: ['pasted.example.test'],
      private_key: '******',
    });
    const built = await aListener(elbow, { fields: { default_tls_container_ref: json.certificate.id } });
    const { output } = await sClient(built, ['-showcerts']);
    expect(output).toMatch(/ 0 s:CN = pasted\.example\.test\n[^]*\n 1 s:CN = testkit CA\n/);
  });

  it('tells fingerprint and expiry of the leaf', async () => {
    const leaf = await (await testAuthority()).issue(['facts.example.test']);
    const { json } = await post({ certificate: leaf.certificatePem, private_key: leaf.keyPem });
    const x509 = (...words: readonly string[]) =>
      runOrThrow('openssl', ['x509', '-in', leaf.certificateFile, '-noout', ...words]);
    const fingerprint = (await x509('-fingerprint', '-sha256'))
      .replace(/^.*=/, '')
      .replaceAll(':', '')
      .trim();
    expect(json.certificate.fingerprint).toBe(fingerprint.toLowerCase());
    const end = new Date((await x509('-enddate')).replace('notAfter=', '')).getTime();
    expect(new Date(json.certificate.expire_time).getTime()).toBe(end);
  });

  it('may have run out: it is served all the same, and its expiry says so', async () => {
    const pair = await selfSigned('old.example.test', ...ec, '-nodes');
    const words = ['x509', '-in', pair.certificateFile, '-signkey', pair.keyFile, '-days', '-1'];
    const { status, json } = await post({
      certificate: await runOrThrow('openssl', words),
      private_key: pair.keyPem,
    });
    expect(status).toBe(201);
    expect(new Date(json.certificate.expire_time).getTime()).toBeLessThan(Date.now());
    const built = await aListener(elbow, { fields: { default_tls_container_ref: json.certificate.id } });
    expect((await sClient(built, [])).commonName).toBe('old.example.test');
  });

  it.each<[string, string, () => Promise<object>]>([
    [
      'a key of another certificate',
      'private_key: the first certificate does not match the private key',
      async () => {
        const authority = await testAuthority();
        const [one, other] = [await authority.issue(['one.test']), await authority.issue(['two.test'])];
        return { certificate: one.certificatePem, private_key: other.keyPem };
      },
    ],
    [
      'an encrypted key',
      'private_key: is encrypted',
      async () => {
        const pair = await selfSigned('locked', ...ec, '-passout', 'pass:secret');
        return { certificate: pair.certificatePem, private_key: pair.keyPem };
      },
    ],
    [
      'DER',
      'certificate: holds no "-----BEGIN CERTIFICATE-----" block; convert DER',
      async () => {
        const pair = await selfSigned('der', ...ec, '-nodes');
        const base64 = pair.certificatePem.replaceAll(/-----.*-----|\n/g, '');
        return { certificate: Buffer.from(base64, 'base64').toString('latin1'), private_key: pair.keyPem };
      },
    ],
    [
      'a weak key',
      'certificate: certificate 1 has an RSA key of 1024 bits; at least 2048 are needed',
      async () => {
        const pair = await selfSigned('weak', '-newkey', 'rsa:1024', '-nodes');
        return { certificate: pair.certificatePem, private_key: pair.keyPem };
      },
    ],
    [
      'an unusual curve',
      'certificate: certificate 1 has a key on curve secp256k1',
      async () => {
        const pair = await selfSigned(
          'curve',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:secp256k1',
          '-nodes',
        );
        return { certificate: pair.certificatePem, private_key: pair.keyPem };
      },
    ],
    [
      'a domain that it does not hold',
      'certificate.domain: other.test is not a name of the certificate, which holds held.test',
      async () => {
        const pair = await (await testAuthority()).issue(['held.test']);
        return { certificate: pair.certificatePem, private_key: pair.keyPem, domain: 'other.test' };
      },
    ],
  ])('is not %s, and the answer says what is wrong', async (_, reason, make) => {
    const { status, json } = await post(await make());
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(reason);
  });

  it('keeps its key to itself', async () => {
    const { id } = listener.certificate!;
    for (const path of [
      `certificates/${id}`,
      'certificates',
      `loadbalancers/${listener.loadBalancer.id}/statuses`,
    ])
      expect((await elbow.api.call('GET', path)).text).not.toContain('PRIVATE KEY-----');
  });

  it('stays while listeners use it, and the answer names them', async () => {
    const { status, json } = await elbow.api.call('DELETE', `certificates/${listener.certificate!.id}`);
    expect([status, json.error_code]).toEqual([409, 'ELB.8907']);
    for (const user of [listener, second]) expect(json.error_msg).toContain(user.listener.id);
  });
});

describe('a certificate that is replaced', () => {
  const serial = async (built: BuiltListener): Promise<string> => {
    const { output } = await sClient(built, ['-servername', serverName]);
    return runOrThrow('openssl', ['x509', '-noout', '-serial'], { input: output });
  };

  it('is shown by all its listeners in new handshakes; open connections stay as they are and are not cut', async () => {
    const client = await listener.connect();
    const before = await serial(listener);
    const fresh = await (await makeAuthority('renewal')).issue([serverName]);
    const pem = { certificate: fresh.certificatePem, private_key: fresh.keyPem };
    await elbow.api.update('certificate', listener.certificate!.id, pem);
    const after = await serial(listener);
    expect(after).not.toBe(before);
    expect(await serial(second)).toBe(after);
    client.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer()).status).toBe(200);
    client.write('GET /2 HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer(1)).status).toBe(200);
    client.close();
  });

  it('is replaced whole or not at all', async () => {
    const before = await serial(listener);
    const other = await (await testAuthority()).issue(['half.test']);
    const half = await elbow.api.call('PUT', `certificates/${listener.certificate!.id}`, {
      certificate: { certificate: other.certificatePem },
    });
    expect(half.status).toBe(400);
    expect(await serial(listener)).toBe(before);
  });
});

describe('sessions', () => {
  /** Handshakes one after another, each with the ticket of the first; how many resumed. */
  async function resumed(count: number, session: Buffer): Promise<number> {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const socket = connect({
        host: listener.vip,
        port: listener.port,
        rejectUnauthorized: false,
        servername: serverName,
        session,
        maxVersion: 'TLSv1.2',
      });
      await new Promise<void>((resolve, reject) =>
        socket.once('secureConnect', resolve).once('error', reject),
      );
      if (socket.isSessionReused()) sum += 1;
      socket.destroy();
    }
    return sum;
  }

  async function ticket(): Promise<Buffer> {
    const socket = connect({
      host: listener.vip,
      port: listener.port,
      rejectUnauthorized: false,
      servername: serverName,
      maxVersion: 'TLSv1.2',
    });
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    const session = socket.getSession()!;
    socket.destroy();
    return session;
  }

  it('resume at every worker, and after the node process was killed', async () => {
    const session = await ticket();
    expect(await resumed(60, session)).toBe(60);
    const before = await elbow.kill9('node');
    await elbow.untilReplaced('node', before);
    await elbow.untilReady();
    expect(await resumed(20, session)).toBe(20);
  });
});

it('Ed25519 is served to clients that know it', async () => {
  const pair = await selfSigned('ed.example.test', '-newkey', 'ed25519', '-nodes');
  const stored = await storeServer(elbow, pair);
  const built = await aListener(elbow, { fields: { default_tls_container_ref: stored.id } });
  expect((await sClient(built, ['-tls1_3'])).commonName).toBe('ed.example.test');
});
