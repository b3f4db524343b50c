import type { IncomingMessage } from 'node:http';
import { signRequest } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

/** A request as it comes from this peer. */
function from(peer: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const incoming = { url: '/metrics', socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  return Promise.resolve(api.app.request('http://elb.example.test/metrics', { headers }, { incoming }));
}

describe('/metrics', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
    'answers %s without credentials',
    async (peer) => {
      const response = await from(peer);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(await response.text()).toContain('elbow_build_info{version="0.0.0-test"} 1\n');
    },
  );

  it.each(['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1', 'unknown'])('asks %s who it is', async (peer) => {
    expect((await from(peer)).status).toBe(401);
    expect((await from(peer, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401);
  });

  it('answers others that have credentials', async () => {
    const url = new URL('http://elb.example.test/metrics');
    const key = { accessKey: api.account.accessKey, secretKey: api.account.secretKey.reveal() };
    const signable = { method: 'GET', url, headers: { host: url.host }, body: '' };
    const headers = signRequest(signable, key, new Date(api.clock.now()));
    expect((await from('192.0.2.1', headers)).status).toBe(200);
  });
});
