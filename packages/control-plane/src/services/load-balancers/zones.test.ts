import { poll } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedNode } from '../../reconcile/testing/scripted-node.ts';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let node: ScriptedNode;
beforeAll(async () => {
  api = await apiFixture({ settings: { backendSubnets: ['10.0.0.0/29', '10.0.1.0/29', '2001:db8::/124'] } });
  node = await ScriptedNode.connect(api.socketPath, 'node-2', undefined, 'az2');
  await poll(() => api.reconciler.nodes().length === 1, { timeoutMs: 10_000, what: 'the node' });
});
beforeEach(() => api.clear());
afterAll(async () => {
  await node.close();
  await api.close();
});

async function networks(): Promise<readonly string[]> {
  const { json } = await api.call('GET', '/elbow/v1/subnets');
  const backend = json.subnets.filter(({ is_backend }: { is_backend: boolean }) => is_backend);
  return backend.map(({ network_id }: { network_id: string }) => network_id);
}

async function stored(id: string) {
  return api.store.read(async (reader) => {
    const row = await reader.find('loadBalancer', id);
    return row?.sourceAddresses.map(({ zone, address }) => `${zone} ${address}`);
  });
}

const make = (fields: object) =>
  api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'], ...fields });
const zones = (id: string, call: string, list: readonly string[]) =>
  api.call('POST', `loadbalancers/${id}/availability-zone/${call}`, { availability_zone_list: list });

describe('zones of a load balancer', () => {
  it('bring source addresses of their own, and give them back', async () => {
    const [first] = await networks();
    const { id } = await make({ elb_virsubnet_ids: [first] });
    expect(await stored(id)).toEqual(['az1 10.0.0.1', 'az1 10.0.0.2']);
    const added = await zones(id, 'batch-add', ['az2']);
    expect([added.status, added.json.loadbalancer.availability_zone_list]).toEqual([200, ['az1', 'az2']]);
    expect(await stored(id)).toEqual(['az1 10.0.0.1', 'az1 10.0.0.2', 'az2 10.0.0.3', 'az2 10.0.0.4']);
    const removed = await zones(id, 'batch-remove', ['az1']);
    expect(removed.json.loadbalancer.availability_zone_list).toEqual(['az2']);
    expect(await stored(id)).toEqual(['az2 10.0.0.3', 'az2 10.0.0.4']);
  });

  it('are refused when their subnets are too small, with nothing changed', async () => {
    const [first, second] = await networks();
    const { id } = await make({ elb_virsubnet_ids: [first] });
    await make({ elb_virsubnet_ids: [first] });
    await make({ elb_virsubnet_ids: [first] });
    const refused = await zones(id, 'batch-add', ['az2']);
    expect([refused.status, refused.json.error_code]).toEqual([400, 'ELB.8934']);
    expect(refused.json.error_msg).toContain('2 more IP addresses are needed');
    expect(refused.json.error_msg).toContain('subnet 10.0.0.0/29');
    expect((await api.call('GET', `loadbalancers/${id}`)).json.loadbalancer.availability_zone_list).toEqual([
      'az1',
    ]);
    await api.call('PUT', `loadbalancers/${id}`, { loadbalancer: { elb_virsubnet_ids: [first, second] } });
    expect((await zones(id, 'batch-add', ['az2'])).status).toBe(200);
    expect(await stored(id)).toEqual(['az1 10.0.0.1', 'az1 10.0.0.2', 'az2 10.0.1.1', 'az2 10.0.1.2']);
  });

  it('have addresses of each family that the load balancer has a subnet of', async () => {
    const shown = await make({});
    expect(shown.elb_virsubnet_type).toBe('dualstack');
    expect(await stored(shown.id)).toEqual([
      'az1 10.0.0.1',
      'az1 10.0.0.2',
      'az1 2001:db8::1',
      'az1 2001:db8::2',
    ]);
  });

  it('count when load balancers are made in a batch, which gets all of its addresses or none', async () => {
    const [first] = await networks();
    const answer = await api.call('POST', 'loadbalancers/batch-create', {
      loadbalancer: { availability_zone_list: ['az1', 'az2'], elb_virsubnet_ids: [first], number: 2 },
    });
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8934']);
    expect(await api.store.read((reader) => reader.count('loadBalancer', {}))).toBe(0);
  });

  it('count for copies too', async () => {
    const [first] = await networks();
    const { id } = await make({ elb_virsubnet_ids: [first] });
    const copy = await api.call('POST', `loadbalancers/${id}/clone`, {});
    expect(await stored(copy.json.loadbalancer_list[0].id)).toEqual(['az1 10.0.0.3', 'az1 10.0.0.4']);
  });
});

it('without backend subnets in the settings a load balancer has no source addresses', async () => {
  const plain = await apiFixture();
  const { id } = await plain.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
  const row = await plain.store.read((reader) => reader.find('loadBalancer', id));
  expect(row?.sourceAddresses).toEqual([]);
  const { json } = await plain.call('GET', '/elbow/v1/subnets');
  expect(json.subnets.every(({ is_backend }: { is_backend: boolean }) => !is_backend)).toBe(true);
  await plain.close();
});
