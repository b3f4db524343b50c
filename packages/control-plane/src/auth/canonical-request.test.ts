import { describe, expect, it } from 'vitest';
import {
  canonicalRequests,
  parseAuthorization,
  type RawRequest,
  sha256,
  signatureOf,
  stringToSign,
} from './canonical-request.ts';

const secretKey = 'exampleSecretKey0000000000000000000000001';
const project = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const date = '20240102T030405Z';
const sdkNames = ['content-type', 'host', 'x-project-id', 'x-sdk-date'];
const sdkHeaders: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  host: 'elb.example.test',
  'x-project-id': project,
  'x-sdk-date': date,
};
const poolPath = `/v3/${project}/elb/pools/6d6f0c52-2d0c-4b6d-9f0e-0d8f2f3b9a10`;

function request(method: string, target: string, headers = sdkHeaders): RawRequest {
  return { method, target, header: (name) => headers[name] ?? null };
}

/** Computed by the cloud's own signer and by an independent one. */
const vectors = [
  {
    name: 'a query with raw stars and repeated names',
    request: request(
      'GET',
      `/v3/${project}/elb/listeners?limit=2&name=web%202&name=a*1~x&protocol_port=443&http2_enable=false`,
    ),
    names: sdkNames,
    body: '',
    hash: '6d2747f101185ce8c0e7d67465ce34a9c8955b228ac1f69161d7a40e9ce3124d',
    signature: 'c9a00b6cfaceb5812b01d5b1de76da77d8a40f9407e07950740145d72ef8d848',
  },
  {
    name: 'a body beyond ASCII',
    request: request('POST', `/v3/${project}/elb/loadbalancers`),
    names: sdkNames,
    body: '{"loadbalancer":{"name":"负载-é","availability_zone_list":["az1"],"vip_subnet_cidr_id":"11111111-2222-4333-8444-555555555555"}}',
    hash: 'd739e9a5aeb3370a858e5028a32a6584cef688a4d573c9d4f1b06cbae7dd786f',
    signature: 'b02145c7c6a6aaefdc6b617d308cbea944e6fbb4d04274a726e4931917910a4c',
  },
  {
    name: 'a DELETE',
    request: request('DELETE', poolPath),
    names: sdkNames,
    body: '',
    hash: '012bf6cc788002a8d04f78709e2dd31cf5841ff73c04694d304531e1442ef97f',
    signature: 'ed10357ff11a0823f6e20819dbf096412891a171b633997e714ed7803cdda22f',
  },
  {
    name: 'Terraform: no host, a body that ends in a line feed',
    request: request('PUT', poolPath, {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'golangsdk/2.0.0',
      'x-sdk-date': date,
    }),
    names: ['accept', 'content-type', 'user-agent', 'x-sdk-date'],
    body: '{"pool":{"name":"web"}}\n',
    hash: '8903a51b0f15e308bdb67acf05c590e8e85068b343356037ae6e358f230fce8a',
    signature: '94a7615106c627733048ec1ccc977f501bd3100980410cf32a017010f9f743be',
  },
];

describe('the canonical request', () => {
  it.each(vectors)('of $name', ({ request: signed, names, body, hash, signature }) => {
    const [canonical = ''] = canonicalRequests(signed, names, sha256(body));
    expect(sha256(canonical)).toBe(hash);
    expect(signatureOf(secretKey, stringToSign(date, canonical))).toBe(signature);
  });

  it('is the published text', () => {
    expect(canonicalRequests(vectors[0]!.request, sdkNames, sha256(''))[0]?.split('\n')).toEqual([
      'GET',
      `/v3/${project}/elb/listeners/`,
      'http2_enable=false&limit=2&name=a%2A1~x&name=web%202&protocol_port=443',
      'content-type:application/json',
      'host:elb.example.test',
      `x-project-id:${project}`,
      `x-sdk-date:${date}`,
      '',
      'content-type;host;x-project-id;x-sdk-date',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ]);
  });

  it('exists twice when the order of values depends on their encoding', () => {
    const lines = canonicalRequests(request('GET', '/p?name=%E8%B4%9F&name=none'), [], '').map(
      (text) => text.split('\n')[2],
    );
    expect(lines).toEqual(['name=none&name=%E8%B4%9F', 'name=%E8%B4%9F&name=none']);
  });

  it.each(['/a%ZZ', '/a?b=%E4%B8', '/%ff'])('of %s does not exist: it is not UTF-8', (target) => {
    expect(canonicalRequests(request('GET', target), sdkNames, '')).toEqual([]);
  });
});

describe('the Authorization header', () => {
  const signature = 'a'.repeat(64);

  it('is taken apart', () => {
    const text = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=${signature}`;
    expect(parseAuthorization(text)).toEqual({
      accessKey: 'AK',
      signedHeaders: ['host', 'x-sdk-date'],
      signature,
    });
  });

  it.each([
    '',
    'Bearer abc',
    `SDK-HMAC-SM3 Access=AK, SignedHeaders=host, Signature=${signature}`,
    `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=${signature.toUpperCase()}`,
    `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=${signature}0`,
    `SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=${signature}`,
    `SDK-HMAC-SHA256 Access=AK, SignedHeaders=, Signature=${signature}`,
  ])('%j is refused', (text) => {
    expect(parseAuthorization(text)).toBeNull();
  });
});
