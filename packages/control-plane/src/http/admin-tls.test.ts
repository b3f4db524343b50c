import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, unlink } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeAddress, makeAuthority } from '@elbow/testkit';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminEndpoint, adminTls } from './admin-tls.ts';
import { startServer } from './server.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'elbow-admin-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('the admin pair', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1'])('is not needed at %s', async (host) => {
    expect(await adminTls(dataDir, host)).toBeNull();
  });

  it('is made once, for the owner only, and names the host', async () => {
    const pair = await adminTls(dataDir, '192.0.2.1');
    expect(await adminTls(dataDir, '192.0.2.1')).toEqual(pair);
    expect((await stat(join(dataDir, 'admin-key.pem'))).mode & 0o777).toBe(0o600);
    const certificate = new X509Certificate(pair?.cert ?? '');
    expect(certificate.checkIP('192.0.2.1')).toBe('192.0.2.1');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it.each(['0.0.0.0', '2001:db8::1'])('is made for %s too', async (host) => {
    const certificate = new X509Certificate((await adminTls(dataDir, host))?.cert ?? '');
    expect(certificate.subjectAltName).toContain(host === '0.0.0.0' ? '127.0.0.1' : '2001:DB8:0:0:0:0:0:1');
  });

  it('is trusted by a client that is given it, and by no other', async () => {
    const host = freeAddress();
    const pair = await adminTls(dataDir, '0.0.0.0');
    const server = await startServer({ host, port: 0, tls: pair, fetch: () => new Response('hello') });
    const options = { host, port: server.address.port, servername: 'localhost' };
    expect(await statusOf({ ...options, ca: pair?.cert })).toBe(200);
    await expect(statusOf(options)).rejects.toThrow(/self-signed/);
    await server.close();
  });

  it('of an operator is taken when it is whole', async () => {
    const own = await makeAuthority('admin');
    await writeFile(join(dataDir, 'admin-certificate.pem'), own.certificatePem);
    await writeFile(join(dataDir, 'admin-key.pem'), own.keyPem);
    expect(await adminTls(dataDir, '192.0.2.1')).toEqual({ cert: own.certificatePem, key: own.keyPem });
    await writeFile(join(dataDir, 'admin-key.pem'), (await makeAuthority('another')).keyPem);
    await expect(adminTls(dataDir, '192.0.2.1')).rejects.toThrow(/do not belong together/);
    await unlink(join(dataDir, 'admin-key.pem'));
    await expect(adminTls(dataDir, '192.0.2.1')).rejects.toThrow(/one is missing/);
  });
});

it('the endpoint says how to call it', () => {
  expect(adminEndpoint({ host: '127.0.0.1', port: 8700 })).toBe('http://127.0.0.1:8700');
  expect(adminEndpoint({ host: '2001:db8::1', port: 443 })).toBe('https://[2001:db8::1]:443');
});

function statusOf(options: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, path: '/', agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end();
  });
}
