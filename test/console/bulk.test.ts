import { aListener, type BuiltListener, makeAuthority, type WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Several at once: what is in use is named and kept, what the server refuses is told with its reason, the rest goes.

let site: Site;
let built: BuiltListener;
beforeAll(async () => {
  site = await openConsole();
  built = await aListener(site.elbow, {
    members: [{ address: '127.0.0.9', port: 9 }],
    fields: { name: 'shop', enhance_l7policy_enable: true },
  });
});
afterAll(() => site?.close());

const dialog = () => site.page.getByRole('dialog');
const range = (text: string) => site.page.getByText(text, { exact: true });

async function select(count: number, action = 'Delete'): Promise<void> {
  await site.page.getByRole('checkbox', { name: 'Select every row of this page' }).check();
  await act(count, action);
}

async function act(count: number, action = 'Delete'): Promise<void> {
  const bar = site.page.getByRole('region', { name: `${count} selected` });
  await bar.getByRole('button', { name: action, exact: true }).click();
  await dialog().waitFor();
}

async function confirm(): Promise<void> {
  await dialog().getByLabel('Type DELETE to confirm').fill('DELETE');
  await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
}

const namesOf = async (path: string): Promise<readonly string[]> => {
  const { json } = await site.elbow.api.call('GET', path);
  const [rows] = Object.values(json as Readonly<Record<string, readonly WireResource[]>>);
  return (rows ?? []).map(({ name }) => name as string);
};

async function aPool(name: string, fields: object = {}): Promise<WireResource> {
  const usual = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
  return site.elbow.api.create('pool', { ...usual, ...fields, name });
}

async function aPolicy(fields: object): Promise<WireResource> {
  const { status, json } = await site.elbow.api.call('POST', 'l7policies', { l7policy: fields });
  expect(status).toBe(201);
  return json.l7policy;
}

describe('several', () => {
  it('backend server groups: those of listeners are named, one of a policy is refused with the reason', async () => {
    const { api } = site.elbow;
    await api.update('pool', built.pool.id, { name: 'bulk-used' });
    await aPool('bulk-empty');
    const full = await aPool('bulk-full');
    await api.addMember(full.id, { address: '127.0.0.9', protocol_port: 9 });
    const routed = await aPool('bulk-routed', { loadbalancer_id: built.loadBalancer.id });
    await aPolicy({
      listener_id: built.listener.id,
      name: 'to-routed',
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: routed.id,
      rules: [{ type: 'PATH', compare_type: 'EQUAL_TO', value: '/routed' }],
    });
    await site.goto('/pools?q=bulk-');
    await range('4 in total').waitFor();
    await select(4);
    await dialog().getByText('Their 1 server(s) and their health checks go with them.').waitFor();
    const kept = dialog().getByRole('alert').filter({ hasText: 'they are kept' });
    await kept.getByText('bulk-used').waitFor();
    await kept.getByRole('link', { name: 'shop' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('pools-bulk-delete');
    site.expectError(/409/);
    await confirm();
    await dialog().getByText('1 of 3 were refused').waitFor();
    await dialog()
      .getByText(/^bulk-routed: .*polic/)
      .waitFor();
    expect(await namesOf('pools?search=bulk-')).toEqual(['bulk-used', 'bulk-routed']);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await site.page.getByRole('region', { name: '2 selected' }).waitFor();
  });

  it('certificates: one that a group verifies its servers with is refused', async () => {
    const { api } = site.elbow;
    const authorities = await Promise.all(['one', 'two', 'three'].map((name) => makeAuthority(name)));
    const stored: WireResource[] = [];
    for (const [at, { certificatePem }] of authorities.entries())
      stored.push(
        await api.create('certificate', { type: 'client', name: `bulk-${at}`, certificate: certificatePem }),
      );
    const verifying = await aPool('verifying', { protocol: 'HTTPS' });
    const memberTls = { verify: true, ca_certificate_id: stored[1]?.id, ca_pem: null, server_name: null };
    const { status } = await api.call('PUT', `/elbow/v1/pools/${verifying.id}/member-tls`, {
      member_tls: memberTls,
    });
    expect(status).toBe(200);
    await api.update('certificate', built.certificate?.id ?? '', { name: 'bulk-shown' });
    await site.goto('/certificates?q=bulk-');
    await range('4 in total').waitFor();
    await select(4);
    await dialog().getByRole('alert').getByText('bulk-shown').waitFor();
    await dialog().getByRole('link', { name: 'HTTPS/8443' }).waitFor();
    await site.screenshot('certificates-bulk-delete');
    site.expectError(/409/);
    await confirm();
    await dialog().getByText('1 of 3 were refused').waitFor();
    await dialog()
      .getByText(/^bulk-1: .*verify members/)
      .waitFor();
    expect((await namesOf('certificates?search=bulk-')).toSorted()).toEqual(['bulk-1', 'bulk-shown']);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('IP address groups: one that is put to use meanwhile is refused', async () => {
    const { api } = site.elbow;
    const groups: WireResource[] = [];
    for (const name of ['bulk-a', 'bulk-b', 'bulk-c'])
      groups.push(await api.create('ipgroup', { name, ip_list: [{ ip: '127.0.0.0/8', description: '' }] }));
    await site.goto('/ip-groups?q=bulk-');
    await range('3 in total').waitFor();
    await select(3);
    const ipgroup = { ipgroup_id: groups[1]?.id, enable_ipgroup: true, type: 'white' };
    await api.update('listener', built.listener.id, { ipgroup });
    site.expectError(/409/);
    await confirm();
    await dialog().getByText('1 of 3 were refused').waitFor();
    await dialog()
      .getByText(/^bulk-b: .*listener/)
      .waitFor();
    expect(await namesOf('ipgroups?search=bulk-')).toEqual(['bulk-b']);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await site.page.getByRole('region', { name: '1 selected' }).waitFor();
    await api.update('listener', built.listener.id, { ipgroup: null });
  });

  it('servers: a weight for all, and the one that is gone is named', async () => {
    const { api } = site.elbow;
    const pool = await aPool('weights');
    const made: WireResource[] = [];
    for (const port of [1, 2, 3])
      made.push(
        await api.addMember(pool.id, { name: `s${port}`, address: '127.0.0.9', protocol_port: port }),
      );
    await site.goto(`/pools/${pool.id}/members`);
    await range('3 in total').waitFor();
    await select(3, 'Change weight');
    await dialog().getByRole('spinbutton', { name: 'Weight' }).fill('44');
    await api.removeMember(pool.id, made[1]?.id ?? '');
    site.expectError(/404/);
    await dialog().getByRole('button', { name: 'Apply' }).click();
    await dialog().getByText('1 of 3 were refused').waitFor();
    await dialog()
      .getByText(/^127\.0\.0\.9:2: /)
      .waitFor();
    await site.checkAccessibility();
    expect((await api.members(pool.id)).map(({ weight }) => weight)).toEqual([44, 44]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('forwarding policies: the one that is gone is named, the others go', async () => {
    const { api } = site.elbow;
    const made: WireResource[] = [];
    for (const name of ['bulk-x', 'bulk-y'])
      made.push(
        await aPolicy({
          listener_id: built.listener.id,
          name,
          action: 'FIXED_RESPONSE',
          fixed_response_config: { status_code: '403', content_type: 'text/plain', message_body: name },
          rules: [{ type: 'PATH', compare_type: 'EQUAL_TO', value: `/${name}` }],
        }),
      );
    await site.goto(`/listeners/${built.listener.id}/policies?q=bulk-`);
    for (const name of ['bulk-x', 'bulk-y'])
      await site.page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await act(2);
    await dialog()
      .getByText(/go to the next policy that matches/)
      .waitFor();
    await site.screenshot('policies-bulk-delete');
    await api.call('DELETE', `l7policies/${made[0]?.id}`);
    site.expectError(/404/);
    await confirm();
    await dialog().getByText('1 of 2 were refused').waitFor();
    await dialog()
      .getByText(/^bulk-x: /)
      .waitFor();
    expect(await namesOf(`l7policies?listener_id=${built.listener.id}`)).toEqual(['to-routed']);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('listeners: a protected one is kept, their policies go, their groups stay', async () => {
    const { api } = site.elbow;
    const place = { loadbalancer_id: built.loadBalancer.id, protocol: 'HTTP' };
    const pool = await aPool('stays', { loadbalancer_id: built.loadBalancer.id });
    await api.create('listener', { ...place, name: 'bulk-1', protocol_port: 8081, default_pool_id: pool.id });
    const gone = await api.create('listener', { ...place, name: 'bulk-2', protocol_port: 8082 });
    await api.create('listener', {
      ...place,
      name: 'bulk-3',
      protocol_port: 8083,
      protection_status: 'consoleProtection',
    });
    await site.goto(`/lbs/${built.loadBalancer.id}/listeners?q=bulk-`);
    await range('3 in total').waitFor();
    await select(3);
    await dialog().getByText('Modification protection keeps:').waitFor();
    await dialog().getByText('HTTP/8083').waitFor();
    await site.checkAccessibility();
    await site.screenshot('listeners-bulk-delete');
    await api.remove('listener', gone.id);
    site.expectError(/404/);
    await confirm();
    await dialog().getByText('1 of 2 were refused').waitFor();
    await dialog()
      .getByText(/^bulk-2: /)
      .waitFor();
    expect(await namesOf('listeners?search=bulk-')).toEqual(['bulk-3']);
    expect(await namesOf('pools?name=stays')).toEqual(['stays']);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });
});
