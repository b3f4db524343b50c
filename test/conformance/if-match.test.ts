import { expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// ETag and If-Match over real HTTP.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

describe('a version', () => {
  it('is kept from being overwritten unseen', async () => {
    const made = await elbow.api.create('loadbalancer', { name: 'v', availability_zone_list: ['az1'] });
    const path = `loadbalancers/${made.id}`;
    const etag = String(expectStatus(await elbow.api.call('GET', path), 200).headers['etag']);
    const change = (name: string, tag: string) =>
      elbow.api.call('PUT', path, { loadbalancer: { name } }, { headers: { 'if-match': tag } });
    const first = expectStatus(await change('first', etag), 200);
    const second = await change('second', etag);
    expect([second.status, second.json.error_code]).toEqual([412, 'ELB.8912']);
    expectStatus(await change('third', String(first.headers['etag'])), 200);
    expect((await elbow.api.show('loadbalancer', made.id)).name).toBe('third');
    expect((await elbow.api.call('DELETE', path, undefined, { headers: { 'if-match': etag } })).status).toBe(
      412,
    );
    expectStatus(await elbow.api.call('DELETE', path, undefined, { headers: { 'if-match': '*' } }), 204);
  });
});
