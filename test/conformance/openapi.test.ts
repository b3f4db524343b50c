import { aLoadBalancer, expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// The document is served to anybody, describes this version, and answers are as it says.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

it('is served without credentials', async () => {
  const answer = await elbow.api.call('GET', '/openapi.json', undefined, { isUnsigned: true });
  expect(expectStatus(answer, 200).json).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Elbow', version: expect.any(String) },
    components: {
      securitySchemes: { signature: { name: 'Authorization' }, token: { name: 'X-Auth-Token' } },
    },
  });
  expect(answer.headers['content-type']).toContain('application/json');
});

it('every path of it exists, and none is open that it calls protected', async () => {
  const { paths } = expectStatus(await elbow.api.call('GET', '/openapi.json'), 200).json;
  for (const [path, item] of Object.entries(
    paths as Record<string, Record<string, { security?: unknown }>>,
  )) {
    for (const [method, { security }] of Object.entries(item)) {
      const place = path
        .replace('{project_id}', elbow.credentials.project_id)
        .replaceAll(/\{\w+\}/g, '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10');
      const { status } = await elbow.api.call(method.toUpperCase(), place, undefined, { isUnsigned: true });
      expect([method, path, status === 401]).toEqual([method, path, security === undefined]);
    }
  }
});

it('a load balancer has the fields that it names', async () => {
  const { components } = expectStatus(await elbow.api.call('GET', '/openapi.json'), 200).json;
  const { properties } = components.schemas.LoadBalancer;
  const loadBalancer = await aLoadBalancer(elbow);
  expect(Object.keys(loadBalancer).sort()).toEqual(Object.keys(properties).sort());
});
