import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;

const entry = (ip: string, description = '') => ({ ip, description });

async function aGroup(...ips: readonly string[]): Promise<{ id: string }> {
  return api.create('ipgroups', 'ipgroup', { ip_list: ips.map((ip) => ({ ip })) });
}

async function aListener(fields: object = {}): Promise<{ id: string }> {
  const lb = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
  return api.create('listeners', 'listener', {
    loadbalancer_id: lb.id,
    protocol: 'HTTP',
    protocol_port: 8080,
    ...fields,
  });
}

describe('an IP group that makes no sense', () => {
  beforeAll(async () => {
    api = await apiFixture();
  });
  afterAll(() => api.close());

  it.each([
    [{}, 'ipgroup.ip_list', 'is required'],
    [{ ip_list: 'x' }, 'ipgroup.ip_list', 'must be a list'],
    [{ ip_list: ['10.0.0.1'] }, 'ipgroup.ip_list[0]', 'must be an object'],
    [{ ip_list: [{}] }, 'ipgroup.ip_list[0].ip', 'is required'],
    [{ ip_list: [{ ip: '::1' }, { ip: '10.0.0.300' }] }, 'ipgroup.ip_list[1].ip', 'must be an IPv4'],
    [{ ip_list: [{ ip: '10.0.0.9-10.0.0.1' }] }, 'ipgroup.ip_list[0].ip', 'b above a'],
    [{ ip_list: [{ ip: '10.0.0.1-10.0.0.1' }] }, 'ipgroup.ip_list[0].ip', 'b above a'],
    [{ ip_list: [{ ip: '10.0.0.0/33' }] }, 'ipgroup.ip_list[0].ip', 'CIDR'],
    [{ ip_list: [{ ip: '10.0.0.1', description: '<b>' }] }, 'ipgroup.ip_list[0].description', 'one line'],
    [{ ip_list: [{ ip: '10.0.0.1', remark: '' }] }, 'ipgroup.ip_list[0].remark', 'not a known field'],
  ])('refuses %j', async (fields, field, reason) => {
    const before = await api.call('GET', 'ipgroups');
    const { status, json } = await api.call('POST', 'ipgroups', { ipgroup: fields });
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(`invalid input for field ${field}: `);
    expect(json.error_msg).toContain(reason);
    expect((await api.call('GET', 'ipgroups')).json.ipgroups).toEqual(before.json.ipgroups);
  });
});

describe('an IP group', () => {
  beforeEach(async () => {
    api = await apiFixture();
  });
  afterEach(() => api.close());

  it('is shown as it was written, what is the same merged', async () => {
    const ip_list = [
      entry('203.0.113.0/24', 'hq'),
      entry('::1'),
      entry('0:0:0:0:0:0:0:1', 'again'),
      entry('0.0.0.0/32'),
      entry('0.0.0.0'),
      entry('198.51.100.7-198.51.100.9'),
    ];
    const group = await api.create('ipgroups', 'ipgroup', { name: 'office', ip_list });
    expect(group).toMatchObject({
      name: 'office',
      description: '',
      enterprise_project_id: '0',
      listeners: [],
      ip_list: [ip_list[0], ip_list[1], ip_list[3], ip_list[5]],
    });
    const found = await api.call('GET', `ipgroups/${group.id}`);
    expect(found.json.ipgroup).toEqual(group);
    const byAddress = await api.call('GET', 'ipgroups?ip_list=198.51.100.7-198.51.100.9');
    expect(byAddress.json.ipgroups).toHaveLength(1);
  });

  it('is added to and taken from by what entries stand for', async () => {
    const { id } = await aGroup('10.0.0.0/8', '192.0.2.1');
    const added = await api.call('POST', `ipgroups/${id}/iplist/create-or-update`, {
      ipgroup: { name: 'n', ip_list: [entry('192.0.2.1/32', 'known'), entry('2001:db8::/32', 'new')] },
    });
    expect(added.json.ipgroup).toMatchObject({
      name: 'n',
      ip_list: [entry('10.0.0.0/8'), entry('192.0.2.1', 'known'), entry('2001:db8::/32', 'new')],
    });
    const rest = await api.call('POST', `ipgroups/${id}/iplist/batch-delete`, {
      ipgroup: { ip_list: [{ ip: '10.9.9.9/8' }, { ip: '2001:DB8::/32' }, { ip: '203.0.113.1' }] },
    });
    expect([rest.status, rest.json.ipgroup.ip_list]).toEqual([200, [entry('192.0.2.1', 'known')]]);
  });

  it('stays while a listener uses it, also one that has it switched off', async () => {
    const { id } = await aGroup();
    const listener = await aListener({ ipgroup: { ipgroup_id: id, enable_ipgroup: false } });
    expect((await api.call('GET', `ipgroups/${id}`)).json.ipgroup.listeners).toEqual([{ id: listener.id }]);
    const related = await api.call('GET', `ipgroups/${id}/related-listeners`);
    expect(related.json.listeners).toEqual([{ id: listener.id }]);
    const refused = await api.call('DELETE', `ipgroups/${id}`);
    expect([refused.status, refused.json.error_code]).toEqual([409, 'ELB.8907']);
    await api.call('PUT', `listeners/${listener.id}`, { listener: { ipgroup: null } });
    expect((await api.call('DELETE', `ipgroups/${id}`)).status).toBe(204);
  });

  it('has quotas: entries, listeners, groups of a listener, groups', async () => {
    const { defaultQuotas } = await import('@elbow/model');
    const quotas = { ...defaultQuotas, ipgroup: 2, ipgroup_max_length: 2, ipgroup_bindings: 1 };
    await api.close();
    api = await apiFixture({ settings: { quotas } });
    const { id } = await aGroup('10.0.0.1', '10.0.0.2');
    const other = await aGroup('10.0.0.3');
    const expectQuota = ({ status, json }: Awaited<ReturnType<ApiFixture['call']>>) =>
      expect([status, json.error_code]).toEqual([409, 'ELB.8905']);
    expectQuota(await api.call('POST', 'ipgroups', { ipgroup: { ip_list: [] } }));
    const more = { ipgroup: { ip_list: [{ ip: '10.0.0.9' }] } };
    expectQuota(await api.call('POST', `ipgroups/${id}/iplist/create-or-update`, more));
    const listener = await aListener({ ipgroup: { ipgroup_id: id } });
    const lb = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    const second = {
      loadbalancer_id: lb.id,
      protocol: 'HTTP',
      protocol_port: 80 + 8000,
      ipgroup: { ipgroup_id: id },
    };
    expectQuota(await api.call('POST', 'listeners', { listener: second }));
    const both = { listener: { ipgroup: { ipgroup_id: `${id},${other.id}` } } };
    expectQuota(await api.call('PUT', `listeners/${listener.id}`, both));
  });
});

describe('the access control of a listener', () => {
  beforeEach(async () => {
    api = await apiFixture();
  });
  afterEach(() => api.close());

  it('is changed in parts', async () => {
    const { id } = await aGroup();
    const listener = await aListener({ ipgroup: { ipgroup_id: id } });
    const change = async (ipgroup: object) =>
      (await api.call('PUT', `listeners/${listener.id}`, { listener: { ipgroup } })).json.listener.ipgroup;
    expect(await change({ type: 'black' })).toEqual({ ipgroup_id: id, enable_ipgroup: true, type: 'black' });
    expect(await change({ enable_ipgroup: false })).toEqual({
      ipgroup_id: id,
      enable_ipgroup: false,
      type: 'black',
    });
  });

  it('names groups that are there', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const listener = await aListener();
    const put = (ipgroup: object) => api.call('PUT', `listeners/${listener.id}`, { listener: { ipgroup } });
    expect(await put({ ipgroup_id: unknown })).toMatchObject({
      status: 404,
      json: { error_code: 'ELB.8904' },
    });
    expect((await put({ type: 'black' })).json.error_msg).toContain(
      'listener.ipgroup.ipgroup_id: is required',
    );
    expect((await put({ ipgroup_id: 'x' })).json.error_msg).toContain('listener.ipgroup.ipgroup_id');
    expect((await put({ ipgroup_id: unknown, type: 'grey' })).json.error_msg).toContain(
      'listener.ipgroup.type',
    );
  });
});
