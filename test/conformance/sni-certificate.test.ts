import { aListener, sClient, startElbow, testAuthority } from '@elbow/testkit';
import type { BuiltListener, Elbow, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeListener, storeServer } from './tls-setup.ts';

// Row "SNI Certificate": the certificates that a listener has for names.

let elbow: Elbow;
let listener: BuiltListener;
let certificate: WireResource;

beforeAll(async () => {
  elbow = await startElbow();
  certificate = await storeServer(elbow, await (await testAuthority()).issue(['a.test']), 'a.test');
  listener = await aListener(elbow, { fields: { sni_container_refs: [certificate.id] } });
});
afterAll(() => elbow?.stop());

const shown = async (name: string) => (await sClient(listener, ['-servername', name])).commonName;
const fallback = 'www.example.test';

it('is shown for the names of its domain field, not for all that it holds', async () => {
  const files = await (await testAuthority()).issue(['first.test', 'second.test']);
  const partly = await storeServer(elbow, files, 'second.test');
  await changeListener(elbow, listener.listener.id, { sni_container_refs: [certificate.id, partly.id] });
  expect(await shown('a.test')).toBe('a.test');
  expect(await shown('second.test')).toBe('first.test');
  expect(await shown('first.test')).toBe(fallback);
});

it('follows a certificate that is replaced, its names included', async () => {
  expect(await shown('a.test')).toBe('a.test');
  const files = await (await testAuthority()).issue(['b.test']);
  const pem = { certificate: files.certificatePem, private_key: files.keyPem, domain: 'b.test' };
  await elbow.api.update('certificate', certificate.id, pem);
  expect(await shown('b.test')).toBe('b.test');
  expect(await shown('a.test')).toBe(fallback);
});

it('is one of 50 at most, and all 50 are found', async () => {
  const authority = await testAuthority();
  const files = await authority.issue(['*.many.test']);
  const ids: string[] = [];
  for (let i = 0; i < 51; i++) ids.push((await storeServer(elbow, files, `n${i}.many.test`)).id);
  const refused = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, {
    listener: { sni_container_refs: ids },
  });
  expect([refused.status, refused.json.error_msg]).toEqual([400, expect.stringContaining('at most 50')]);
  await changeListener(elbow, listener.listener.id, { sni_container_refs: ids.slice(0, 50) });
  for (const name of ['n0.many.test', 'n49.many.test']) expect(await shown(name)).toBe('*.many.test');
  expect(await shown('n50.many.test')).toBe(fallback);
});
