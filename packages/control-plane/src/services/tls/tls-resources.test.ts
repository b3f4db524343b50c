import { makeAuthority, testAuthority, type KeyType } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiFixture, type ApiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let place: { readonly loadbalancer_id: string; readonly protocol: 'HTTPS' };
let port = 9000;

beforeAll(async () => {
  api = await apiFixture();
  const owner = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
  place = { loadbalancer_id: owner.id, protocol: 'HTTPS' };
});
afterAll(() => api.close());
beforeEach(() => (port += 1));

async function serverCertificate(names: readonly string[], keyType: KeyType = 'ec', fields: object = {}) {
  const files = await (await testAuthority()).issue(names, keyType);
  const pem = { certificate: files.certificatePem, private_key: files.keyPem };
  return api.create('certificates', 'certificate', { ...pem, ...fields });
}

async function named(names: readonly string[], keyType?: KeyType) {
  return serverCertificate(names, keyType, { domain: names.join(',') });
}

async function authorities() {
  const { certificatePem } = await testAuthority();
  return api.create('certificates', 'certificate', { type: 'client', certificate: certificatePem });
}

async function create(fields: object) {
  const listener = { ...place, protocol_port: port, ...fields };
  return api.call('POST', 'listeners', { listener });
}

describe('certificates', () => {
  it('of type client hold authorities, no key and no domain', async () => {
    const { certificatePem } = await testAuthority();
    const made = await authorities();
    expect(made).toMatchObject({
      type: 'client',
      private_key: null,
      domain: null,
      common_name: 'testkit CA',
    });
    expect(made.certificate).toBe(certificatePem);
    const wrong = { type: 'client', certificate: certificatePem, domain: 'a.test' };
    const answer = await api.call('POST', 'certificates', { certificate: wrong });
    expect([answer.status, answer.json.error_msg]).toEqual([
      400,
      'invalid input for field certificate.domain: is only for certificates of type server',
    ]);
  });

  it('of type client are authorities', async () => {
    const leaf = await (await testAuthority()).issue(['leaf.test']);
    const answer = await api.call('POST', 'certificates', {
      certificate: { type: 'client', certificate: leaf.certificatePem },
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('certificate 1 is not that of a certificate authority');
  });

  it('come leaf first, each followed by its issuer', async () => {
    const authority = await testAuthority();
    const other = await makeAuthority('other');
    const leaf = await authority.issue(['chain.test']);
    const post = async (certificate: string) =>
      api.call('POST', 'certificates', { certificate: { certificate, private_key: leaf.keyPem } });
    expect((await post(leaf.certificatePem + authority.certificatePem)).status).toBe(201);
    const late = await post(leaf.certificatePem + other.certificatePem + authority.certificatePem);
    expect(late.json.error_msg).toContain('certificate 3 is the issuer of certificate 1');
    const reverse = await post(authority.certificatePem + leaf.certificatePem);
    expect(reverse.json.error_msg).toContain('the first certificate does not match the private key');
  });

  it('that are in use stay, whatever they are used for, and say by whom', async () => {
    const [own, sni, ca] = [
      await serverCertificate(['own.test']),
      await named(['sni.test']),
      await authorities(),
    ];
    const fields = {
      default_tls_container_ref: own.id,
      sni_container_refs: [sni.id],
      client_ca_tls_container_ref: ca.id,
    };
    const { json } = await create(fields);
    for (const { id } of [own, sni, ca]) {
      const answer = await api.call('DELETE', `certificates/${id}`);
      expect(answer.status).toBe(409);
      expect(answer.json.error_msg).toContain(json.listener.id);
    }
    const listener = `listeners/${json.listener.id}`;
    expect((await api.call('DELETE', listener)).status).toBe(204);
    for (const { id } of [own, sni, ca])
      expect((await api.call('DELETE', `certificates/${id}`)).status).toBe(204);
  });

  it('keep a domain, and one that fits, while they are used for SNI', async () => {
    const [own, a, b] = [
      await serverCertificate(['own.test']),
      await named(['a.test']),
      await named(['b.test']),
    ];
    await create({ default_tls_container_ref: own.id, sni_container_refs: [a.id, b.id] });
    const empty = await api.call('PUT', `certificates/${a.id}`, { certificate: { domain: '' } });
    expect([empty.status, empty.json.error_code]).toEqual([409, 'ELB.8907']);
    const files = await (await testAuthority()).issue(['b.test', 'c.test']);
    const pem = { certificate: files.certificatePem, private_key: files.keyPem, domain: 'b.test' };
    const crowded = await api.call('PUT', `certificates/${a.id}`, { certificate: pem });
    expect([crowded.status, crowded.json.error_msg]).toEqual([400, expect.stringContaining('domain b.test')]);
    const fine = await api.call('PUT', `certificates/${a.id}`, { certificate: { ...pem, domain: 'c.test' } });
    expect(fine.status).toBe(200);
  });
});

describe('SNI of a listener', () => {
  it('is stored and shown, with wildcard as the default', async () => {
    const [own, sni] = [await serverCertificate(['own.test']), await named(['*.sni.test'])];
    const { json } = await create({ default_tls_container_ref: own.id, sni_container_refs: [sni.id] });
    expect(json.listener).toMatchObject({ sni_container_refs: [sni.id], sni_match_algo: 'wildcard' });
    const changed = await api.call('PUT', `listeners/${json.listener.id}`, {
      listener: { sni_container_refs: [], sni_match_algo: 'longest_suffix' },
    });
    expect(changed.json.listener).toMatchObject({ sni_container_refs: [], sni_match_algo: 'longest_suffix' });
  });

  it('takes an RSA and an EC certificate for one name, and not two of a kind', async () => {
    const own = await serverCertificate(['own.test']);
    const [rsa, ec, another] = [
      await named(['dual.test'], 'rsa'),
      await named(['dual.test']),
      await named(['dual.test', 'x.test']),
    ];
    const base = { default_tls_container_ref: own.id };
    expect((await create({ ...base, sni_container_refs: [rsa.id, ec.id] })).status).toBe(201);
    port += 1;
    const refused = await create({ ...base, sni_container_refs: [ec.id, another.id] });
    expect([refused.status, refused.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(refused.json.error_msg).toContain(
      `domain dual.test is held by certificates ${ec.id}, ${another.id}`,
    );
  });

  it('takes certificates that exist, are of type server and have a domain', async () => {
    const own = await serverCertificate(['own.test']);
    const with_ = (id: string) => create({ default_tls_container_ref: own.id, sni_container_refs: [id] });
    expect((await with_(own.id)).json.error_msg).toContain('has no domain');
    expect((await with_((await authorities()).id)).json.error_msg).toContain('one of type server is needed');
    expect((await with_('0'.repeat(32))).status).toBe(404);
  });

  it('has 200 names at most', async () => {
    const own = await serverCertificate(['own.test']);
    const many = async (start: number) => named(Array.from({ length: 100 }, (_, i) => `n${start + i}.test`));
    const sets = [await many(0), await many(100)];
    const full = { default_tls_container_ref: own.id, sni_container_refs: sets.map(({ id }) => id) };
    expect((await create(full)).status).toBe(201);
    port += 1;
    const one = await named(['more.test']);
    const refused = await create({ ...full, sni_container_refs: [...full.sni_container_refs, one.id] });
    expect(refused.json.error_msg).toContain('201 domains; the limit is 200');
  });
});

describe('client authorities of a listener', () => {
  it('are a certificate of type client, taken away with null', async () => {
    const [own, ca] = [await serverCertificate(['own.test']), await authorities()];
    const wrong = await create({ default_tls_container_ref: own.id, client_ca_tls_container_ref: own.id });
    expect(wrong.json.error_msg).toContain('one of type client is needed');
    const swapped = await create({ default_tls_container_ref: ca.id });
    expect(swapped.json.error_msg).toContain('one of type server is needed');
    const { json } = await create({ default_tls_container_ref: own.id, client_ca_tls_container_ref: ca.id });
    expect(json.listener.client_ca_tls_container_ref).toBe(ca.id);
    const changed = await api.call('PUT', `listeners/${json.listener.id}`, {
      listener: { client_ca_tls_container_ref: null },
    });
    expect(changed.json.listener.client_ca_tls_container_ref).toBeNull();
  });
});

describe('header switches for TLS', () => {
  it('are merged key by key', async () => {
    const own = await serverCertificate(['own.test']);
    const first = { 'X-Forwarded-TLS-Protocol': true, 'X-Forwarded-TLS-Protocol-alias': 'x-tls-version' };
    const { json } = await create({ default_tls_container_ref: own.id, insert_headers: first });
    expect(json.listener.insert_headers).toMatchObject({ ...first, 'X-Forwarded-TLS-Cipher': false });
    const more = { 'X-Forwarded-TLS-Protocol': false, 'X-Forwarded-Clientcert-subjectdn-enable': true };
    const changed = await api.call('PUT', `listeners/${json.listener.id}`, {
      listener: { insert_headers: more },
    });
    expect(changed.json.listener.insert_headers).toMatchObject({
      ...more,
      'X-Forwarded-TLS-Protocol-alias': 'x-tls-version',
    });
  });
});

describe('security policies', () => {
  const good = {
    name: 'own',
    protocols: ['TLSv1.3', 'TLSv1.2'],
    ciphers: ['AES128-SHA', 'TLS_AES_128_GCM_SHA256'],
  };
  const post = (fields: object) =>
    api.call('POST', 'security-policies', { security_policy: { ...good, ...fields } });

  it('are made, shown, listed, changed and removed', async () => {
    const made = await post({});
    expect(made.status).toBe(201);
    const policy = made.json.security_policy;
    // Stored in the server's order, whatever order they came in.
    expect(policy).toMatchObject({ name: 'own', protocols: ['TLSv1.2', 'TLSv1.3'], listeners: [] });
    const path = `security-policies/${policy.id}`;
    expect((await api.call('GET', path)).json.security_policy).toEqual(policy);
    const list = await api.call('GET', 'security-policies?name=own');
    expect(list.json.security_policies).toHaveLength(1);
    const changed = await api.call('PUT', path, { security_policy: { name: 'new', protocols: ['TLSv1.2'] } });
    expect(changed.json.security_policy).toMatchObject({ name: 'new', protocols: ['TLSv1.2'] });
    expect((await api.call('DELETE', path)).status).toBe(204);
    expect((await api.call('GET', path)).status).toBe(404);
  });

  it.each<[object, string]>([
    [{ protocols: [] }, 'security_policy.protocols: must be a list of one or more of TLSv1, '],
    [{ protocols: ['TLSv1.4'] }, 'TLSv1.4 is not a protocol'],
    [{ ciphers: [] }, 'security_policy.ciphers: must be a list'],
    [{ ciphers: ['RC4-MD5'] }, 'RC4-MD5 is not a cipher'],
    [{ ciphers: ['DES-CBC3-SHA', 'AES128-SHA'] }, 'DES-CBC3-SHA: the TLS library of this installation'],
    [{ protocols: ['TLSv1.3'], ciphers: ['AES128-SHA'] }, 'none of the ciphers can be used with TLSv1.3'],
    [{ protocols: ['TLSv1'], ciphers: ['AES128-GCM-SHA256'] }, 'none of the ciphers can be used with TLSv1'],
    [{ listeners: [] }, 'security_policy.listeners: is set by the load balancer'],
    [{ surprise: 1 }, 'security_policy.surprise: is not a known field'],
  ])('refuse %j', async (fields, reason) => {
    const { status, json } = await post(fields);
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(reason);
  });

  it('win over the built-in policy, stay while a listener uses them, and go back with null', async () => {
    const own = await serverCertificate(['own.test']);
    const policy = (await post({})).json.security_policy;
    const { json } = await create({ default_tls_container_ref: own.id, security_policy_id: policy.id });
    expect(json.listener).toMatchObject({ security_policy_id: policy.id, tls_ciphers_policy: 'tls-1-2' });
    const path = `security-policies/${policy.id}`;
    expect((await api.call('GET', path)).json.security_policy.listeners).toEqual([{ id: json.listener.id }]);
    const refused = await api.call('DELETE', path);
    expect([refused.status, refused.json.error_code]).toEqual([409, 'ELB.8907']);
    expect(refused.json.error_msg).toContain(json.listener.id);
    const listener = `listeners/${json.listener.id}`;
    await api.call('PUT', listener, { listener: { security_policy_id: null } });
    expect((await api.call('DELETE', path)).status).toBe(204);
    const unknown = await api.call('PUT', listener, { listener: { security_policy_id: policy.id } });
    expect(unknown.status).toBe(404);
  });
});

it('a plain listener has none of it', async () => {
  const ca = await authorities();
  const plain = { ...place, protocol: 'HTTP' };
  const { json } = await create({ ...plain, protocol: 'HTTP' });
  for (const fields of [
    { client_ca_tls_container_ref: ca.id },
    { sni_container_refs: [ca.id] },
    { security_policy_id: '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10' },
  ]) {
    const answer = await api.call('PUT', `listeners/${json.listener.id}`, { listener: fields });
    expect(answer.json.error_msg).toMatch(/is only for HTTPS listeners/);
  }
});
