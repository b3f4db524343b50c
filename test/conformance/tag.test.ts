import { type ApiAnswer, aListener, type Elbow, expectStatus, startElbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Tags after creation, as SDKs (v3) and Terraform (v2.0) change and read them: signed calls, answers and what is kept.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

function call(method: string, family: 'v3' | 'v2.0', path: string, body?: unknown): Promise<ApiAnswer> {
  const project = elbow.credentials.project_id;
  return elbow.api.call(method, `/${family}/${project}/${path}`, body);
}

const tag = (key: string, value: string) => ({ key, value });

describe('tags', () => {
  it('are replaced as Terraform does it: the old ones go, the new ones come', async () => {
    const { loadBalancer, listener } = await aListener(elbow, {
      protocol: 'HTTP',
      port: 8080,
      loadBalancer: { tags: [tag('env', 'test')] },
      fields: { tags: [tag('role', 'web')] },
    });
    for (const [type, id, old] of [
      ['loadbalancers', loadBalancer.id, tag('env', 'test')],
      ['listeners', listener.id, tag('role', 'web')],
    ] as const) {
      const path = `${type}/${id}/tags`;
      const fresh = [tag('größe', 'extra large'), tag('cost-center', '')];
      for (const [action, tags] of [
        ['delete', [old]],
        ['create', fresh],
      ] as const) {
        const answer = await call('POST', 'v2.0', `${path}/action`, { action, tags });
        expect([answer.status, answer.text]).toEqual([204, '']);
      }
      for (const family of ['v2.0', 'v3'] as const)
        expect(expectStatus(await call('GET', family, path), 200).json.tags).toEqual(fresh);
    }
  });

  it('survive the death of everything, and lists are narrowed by them', async () => {
    const { loadBalancer } = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const change = { action: 'create', tags: [tag('owner', 'shop team')] };
    expectStatus(await call('POST', 'v3', `loadbalancers/${loadBalancer.id}/tags/action`, change), 204);
    await elbow.kill9Everything();
    await elbow.start();
    const query = `tags=${encodeURIComponent('owner=shop team')}`;
    const found = await elbow.api.list('loadbalancer', `?${query}`);
    expect(found.map(({ id }) => id)).toEqual([loadBalancer.id]);
    expect(found[0]?.['tags']).toEqual([tag('owner', 'shop team')]);
    const asked = await call('POST', 'v2.0', 'loadbalancers/resource_instances/action', {
      action: 'filter',
      tags: [{ key: 'owner', values: ['shop team'] }],
      limit: 10,
      offset: 0,
    });
    expect(asked.json).toMatchObject({
      total_count: 1,
      resources: [{ resource_id: loadBalancer.id, tags: [tag('owner', 'shop team')] }],
    });
  });

  it('change nothing that is served', async () => {
    const { listener } = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const before = await elbow.askWorkers();
    const change = { action: 'create', tags: [tag('a', '1')] };
    expectStatus(await call('POST', 'v3', `listeners/${listener.id}/tags/action`, change), 204);
    expect((await elbow.askWorkers()).delivered).toBe(before.delivered);
  });

  it('are nobody’s business without credentials', async () => {
    const { loadBalancer } = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const project = elbow.credentials.project_id;
    for (const family of ['v3', 'v2.0']) {
      const path = `/${family}/${project}/loadbalancers/${loadBalancer.id}/tags`;
      const answer = await elbow.api.call('GET', path, undefined, { isUnsigned: true });
      expect(answer.status).toBe(401);
    }
  });
});
