import {
  type BuiltListener,
  aListener,
  scriptedBackend,
  type ScriptedBackend,
  testAuthority,
  untilMember,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let built: BuiltListener;
let one: ScriptedBackend;
let two: ScriptedBackend;
beforeAll(async () => {
  site = await openConsole();
  [one, two] = [await scriptedBackend({ name: 'one' }), await scriptedBackend({ name: 'two' })];
});
afterAll(async () => {
  await one?.stop();
  await two?.stop();
  await site?.close();
});

const dialog = (name: string | RegExp) => site.page.getByRole('dialog', { name });
const row = (text: string) => site.page.getByRole('row').filter({ hasText: text });
const tab = (name: string) => site.page.getByRole('tab', { name });
const place = ({ address, port }: ScriptedBackend) => `${address}:${port}`;
const pool = () => site.elbow.api.show('pool', poolId());
const poolId = () => new URL(site.page.url()).pathname.split('/')[2] ?? '';
const member = async (backend: ScriptedBackend) =>
  (await site.elbow.api.members(poolId())).find(({ address }) => address === backend.address);
const live = async (title: string): Promise<void> => {
  const notice = site.page.locator('.ant-notification-notice').filter({ hasText: title });
  await notice
    .getByText(/Live on every worker/)
    .first()
    .waitFor();
};

async function openMenu(backend: ScriptedBackend, item: string): Promise<void> {
  await row(place(backend))
    .getByRole('button', { name: /^More operations/ })
    .click();
  await site.page.getByRole('menuitem', { name: item }).click();
}

describe('backend server groups', () => {
  it('begin with an empty state', async () => {
    await site.goto('/pools');
    await site.page.getByRole('heading', { name: 'No backend server group yet' }).waitFor();
    await site.checkAccessibility();
  });

  it('are created, and lead to their servers', async () => {
    await site.page.getByRole('button', { name: 'Create backend server group' }).click();
    const form = dialog('Create backend server group');
    await form.getByRole('textbox', { name: 'Name' }).fill('web');
    await form.getByText('Weighted least connections').click();
    await site.checkAccessibility();
    await site.screenshot('pool-create');
    await form.getByText('Weighted round robin').click();
    await form.getByRole('button', { name: 'Create backend server group' }).click();
    await site.page.waitForURL('**/pools/*/members');
    await site.page.getByRole('heading', { name: 'No servers yet' }).waitFor();
    expect(await pool()).toMatchObject({ name: 'web', protocol: 'HTTP', type: 'ip' });
    await site.checkAccessibility();
  });

  it('take servers as lines, and say which line is wrong', async () => {
    await site.page.getByRole('button', { name: 'Add servers' }).click();
    const form = dialog('Add servers');
    const lines = form.getByRole('textbox', { name: 'Servers' });
    await lines.fill(`${place(one)} 5 first\n10.0.0.300:80\n10.0.0.1\n10.0.0.2:80 101\n${place(one)}`);
    await form.getByRole('button', { name: 'Add servers' }).click();
    await form.getByText('Line 2: 10.0.0.300 is not an address or host name.').waitFor();
    await form.getByText('Line 3: write address:port, then weight and name.').waitFor();
    await form.getByText('Line 4: the weight must be from 0 to 100.').waitFor();
    await form.getByText(`Line 5: ${place(one)} is named before.`).waitFor();
    await site.checkAccessibility();
    await site.screenshot('pool-add-servers');
    await lines.fill(`${place(one)} 5 first\n${place(two)} 5 second`);
    await form.getByRole('button', { name: 'Add servers' }).click();
    await row('second').waitFor();
    expect(await site.elbow.api.members(poolId())).toMatchObject([
      { name: 'first', address: one.address, weight: 5 },
      { name: 'second', address: two.address, weight: 5 },
    ]);
  });
});

describe('health checks', () => {
  beforeAll(async () => {
    const id = poolId();
    built = await aListener(site.elbow, { fields: { name: 'shop' } });
    await site.elbow.api.update('listener', built.listener.id, { default_pool_id: id });
  });

  it('are configured with what follows from the timing, and checked as they are typed', async () => {
    await site.page.getByRole('button', { name: 'Configure health check' }).click();
    const form = dialog('Configure health check');
    await form.getByText('taken out after about 19 s, a recovered one returns after about 19 s').waitFor();
    await site.checkAccessibility();
    await site.screenshot('pool-health-check');
    await form.getByRole('textbox', { name: 'Path' }).fill('health');
    await form.getByText('Starts with /, at most 80 characters.').waitFor();
    await form.getByRole('textbox', { name: 'Path' }).fill('/health');
    await form.getByRole('textbox', { name: 'Expected status' }).fill('200-299,900');
    await form.getByRole('textbox', { name: 'Path' }).focus();
    await form.locator('.ant-form-item-explain-error').filter({ hasText: 'Codes like 200' }).waitFor();
    await form.getByRole('textbox', { name: 'Expected status' }).fill('200-299');
    for (const [label, value] of [
      ['Interval', '1'],
      ['Timeout', '1'],
      ['Healthy after', '1'],
      ['Unhealthy after', '2'],
    ] as const)
      await form.getByRole('spinbutton', { name: new RegExp(label) }).fill(value);
    await form.getByText('taken out after about 3 s, a recovered one returns after about 1 s').waitFor();
    await form.getByText('The timeout is not below the interval').waitFor();
    await form.getByRole('button', { name: 'Save health check' }).click();
    await form.waitFor({ state: 'detached' });
    const monitor = (await site.elbow.api.list('healthmonitor'))[0];
    expect(monitor).toMatchObject({
      type: 'HTTP',
      url_path: '/health',
      expected_codes: '200-299',
      delay: 1,
      max_retries_down: 2,
    });
    await row('first').getByText('Healthy', { exact: true }).waitFor();
  });

  it('turn red with the reason and a way to fix it when the server stops', async () => {
    await one.stop();
    const id = (await member(one))?.id ?? '';
    await untilMember(site.elbow, { poolId: poolId(), id }, 'OFFLINE');
    await site.page.getByRole('button', { name: 'Refresh' }).click();
    await row('first').getByText('Unhealthy', { exact: true }).waitFor();
    await row('first').getByText(`Nothing listens on port ${one.port}`).waitFor();
    await site.page.getByText('1/2 healthy').waitFor();
    await site.screenshot('pool-members');
    await row('first').getByRole('button', { name: 'How to fix' }).click();
    await site.page.getByText(/Start the program/).waitFor();
    await site.page.getByText('CONNECT_REFUSED').waitFor();
    await site.checkAccessibility();
    await site.page.keyboard.press('Escape');
    await row('first').getByRole('button', { name: 'Expand row' }).click();
    await site.page.getByRole('cell', { name: 'shop', exact: true }).waitFor();
    await site.checkAccessibility();
    await row('first').getByRole('button', { name: 'Collapse row' }).click();
  });

  it('are made on demand, with a transcript of every step', async () => {
    await row('first').getByRole('button', { name: 'Check now' }).click();
    const probe = dialog(`Check of ${place(one)}`);
    await probe.getByRole('button', { name: 'Check now' }).click();
    await probe.getByText('The check failed').waitFor();
    await probe
      .getByText(/refused the connection/)
      .first()
      .waitFor();
    expect(await probe.locator('.transcript li').count()).toBeGreaterThan(1);
    await site.checkAccessibility();
    await site.screenshot('pool-check');
    await one.reopen();
    await probe.getByRole('button', { name: 'Check again' }).click();
    await probe.getByText('The check passed').waitFor();
    await probe.getByText(/200/).first().waitFor();
    await probe.getByRole('button', { name: 'Close' }).last().click();
    await untilMember(site.elbow, { poolId: poolId(), id: (await member(one))?.id ?? '' }, 'ONLINE');
  });
});

describe('the servers of a group', () => {
  const shares = async (count: number): Promise<{ one: number; two: number }> => {
    one.forget();
    two.forget();
    await built.curl(`/[1-${count}]`, '-o', '/dev/null');
    const of = (backend: ScriptedBackend) =>
      backend.requests.filter(({ target }) => target !== '/health').length;
    return { one: of(one), two: of(two) };
  };

  it('get requests by weights that are changed in place', async () => {
    await row('second').getByRole('button', { name: 'Edit: Weight of second' }).click();
    await site.page.getByRole('spinbutton', { name: 'Weight of second' }).fill('15');
    await site.page.keyboard.press('Enter');
    await live('1 server changed');
    expect((await member(two))?.['weight']).toBe(15);
    const { one: few, two: many } = await shares(40);
    expect(few).toBe(10);
    expect(many).toBe(30);
  });

  it('get none when they are drained', async () => {
    await openMenu(two, 'Drain');
    const confirm = dialog('Drain this server?');
    await confirm.getByText(/gets no new requests, and those in flight finish/).waitFor();
    await site.checkAccessibility();
    await confirm.getByRole('button', { name: 'Drain' }).click();
    await live('1 server is drained');
    await row('second').getByText('Weight 0').waitFor();
    expect(await shares(20)).toEqual({ one: 20, two: 0 });
  });

  it('are changed together', async () => {
    await site.page.getByRole('checkbox', { name: 'first' }).check();
    await site.page.getByRole('checkbox', { name: 'second' }).check();
    const bar = site.page.getByRole('region', { name: '2 selected' });
    await site.checkAccessibility();
    await bar.getByRole('button', { name: 'Change weight' }).click();
    const batch = dialog('Change the weight of 2 server(s)');
    await batch.getByRole('spinbutton', { name: 'Weight' }).fill('7');
    await site.checkAccessibility();
    await batch.getByRole('button', { name: 'Apply' }).click();
    await live('2 servers changed');
    expect((await site.elbow.api.members(poolId())).map(({ weight }) => weight)).toEqual([7, 7]);
  });

  it('are not removed while removal protection is on, and are afterwards', async () => {
    await site.elbow.api.update('pool', poolId(), { member_deletion_protection_enable: true });
    await site.goto(`/pools/${poolId()}/members`);
    await openMenu(two, 'Remove');
    await dialog('Remove this server?')
      .getByText(/Removal protection is on/)
      .waitFor();
    expect(await dialog('Remove this server?').getByRole('button', { name: 'Remove' }).isDisabled()).toBe(
      true,
    );
    await site.elbow.api.update('pool', poolId(), { member_deletion_protection_enable: false });
    await site.goto(`/pools/${poolId()}/members`);
    await openMenu(two, 'Remove');
    await dialog('Remove this server?').getByRole('button', { name: 'Remove' }).click();
    await row('second').waitFor({ state: 'detached' });
    expect(await member(two)).toBeUndefined();
  });
});

describe('the summary of a group', () => {
  const edit = (label: string) => site.page.getByRole('button', { name: `Edit: ${label}` });
  const form = (label: string) => site.page.getByRole('form', { name: label });
  const save = (label: string) => form(label).getByRole('button', { name: 'Save' }).click();

  it('changes stickiness in place, and says what is wrong with a cookie name', async () => {
    await tab('Summary').click();
    await edit('Sticky session').click();
    await form('Sticky session').getByRole('switch', { name: 'Sticky session' }).click();
    await form('Sticky session').getByText('Application cookie').click();
    await form('Sticky session').getByRole('textbox', { name: 'Cookie name' }).fill('a b');
    await form('Sticky session').getByText('Letters, digits, - _ . ; up to 1024.').waitFor();
    await site.checkAccessibility();
    await form('Sticky session').getByRole('textbox', { name: 'Cookie name' }).fill('SID');
    await save('Sticky session');
    await site.page.getByText('Application cookie SID').waitFor();
    expect((await pool())['session_persistence']).toMatchObject({ type: 'APP_COOKIE', cookie_name: 'SID' });
  });

  it('sets cookies of its own that clients see', async () => {
    await edit('Sticky session').click();
    await form('Sticky session').getByText('Load balancer cookie').click();
    await form('Sticky session').getByRole('spinbutton', { name: 'Stickiness duration' }).fill('30');
    await save('Sticky session');
    await site.page.getByText('Load balancer cookie, 30 min').waitFor();
    await live('Group web saved');
    expect((await built.curl('/', '-i')).stdout).toMatch(/Max-Age=1800/i);
  });

  it('turns slow start on, and both off with an algorithm that has neither', async () => {
    await edit('Slow start').click();
    await form('Slow start').getByRole('switch', { name: 'Slow start' }).click();
    await form('Slow start').getByRole('spinbutton', { name: 'Duration' }).fill('60');
    await save('Slow start');
    await site.page.getByText('Over 60 s').waitFor();
    expect((await pool())['slow_start']).toEqual({ enable: true, duration: 60 });
    await edit('Algorithm').click();
    await form('Algorithm').getByText('Source IP hash').click();
    await form('Algorithm')
      .getByText(/Sticky sessions are turned off with it.*Slow start is turned off with it/)
      .waitFor();
    await site.checkAccessibility();
    await site.screenshot('pool-summary');
    await save('Algorithm');
    await site.page.getByText('Not with source IP hash').waitFor();
    expect(await pool()).toMatchObject({
      lb_algorithm: 'SOURCE_IP',
      session_persistence: null,
      slow_start: null,
    });
  });

  it('has passive ejection, all-down forwarding and protections', async () => {
    await edit('Passive ejection').click();
    await form('Passive ejection').getByRole('switch', { name: 'Passive ejection' }).click();
    await form('Passive ejection').getByRole('spinbutton', { name: 'Failures in a row' }).fill('3');
    await save('Passive ejection');
    await site.page.getByText('After 3 failures in a row, for 30 s').waitFor();
    await site.page.getByRole('switch', { name: 'All-down forwarding' }).click();
    await site.page.getByRole('switch', { name: 'Removal protection' }).click();
    await edit('Modification protection').click();
    await form('Modification protection').getByRole('switch', { name: 'Modification protection' }).click();
    await form('Modification protection').getByRole('textbox', { name: 'Reason' }).fill('ask Ada');
    await save('Modification protection');
    await site.page.getByText('On: ask Ada').waitFor();
    const { json } = await site.elbow.api.call('GET', `/elbow/v1/pools/${poolId()}`);
    expect(json.pool.passive_ejection).toEqual({ enable: true, failures: 3, seconds: 30 });
    expect(await pool()).toMatchObject({
      pool_health: { minimum_healthy_member_count: 1 },
      member_deletion_protection_enable: true,
      protection_status: 'consoleProtection',
      protection_reason: 'ask Ada',
    });
    await site.checkAccessibility();
  });

  it('verifies servers of HTTPS groups against a stored CA', async () => {
    const authority = await testAuthority();
    await site.elbow.api.create('certificate', {
      type: 'client',
      name: 'server-ca',
      certificate: authority.certificatePem,
    });
    const secure = await site.elbow.api.create('pool', {
      name: 'secure',
      type: 'ip',
      protocol: 'HTTPS',
      lb_algorithm: 'ROUND_ROBIN',
    });
    await site.goto(`/pools/${secure.id}/summary`);
    const label = 'Verification of server certificates';
    await edit(label).click();
    await form(label).getByRole('switch').click();
    await save(label);
    await form(label).getByText('Choose a CA certificate or paste one.').waitFor();
    await site.checkAccessibility();
    await form(label).getByRole('combobox').click();
    await site.page.locator('.ant-select-item-option').filter({ hasText: 'server-ca' }).click();
    await save(label);
    await site.page.getByText('Verified against server-ca').waitFor();
    const { json } = await site.elbow.api.call('GET', `/elbow/v1/pools/${secure.id}`);
    expect(json.pool.member_tls).toMatchObject({ verify: true, ca_pem: null });
  });
});

describe('lists of groups', () => {
  it('show health, use and filters', async () => {
    await site.goto('/pools');
    await row('web').getByRole('link', { name: 'shop' }).waitFor();
    await row('web').getByText('1/1 healthy').waitFor();
    await site.checkAccessibility();
    await site.screenshot('pools');
    await site.goto('/pools?protocol=HTTPS');
    await row('secure').waitFor();
    await expect.poll(() => row('web').count()).toBe(0);
  });

  it('say what keeps a group from being deleted', async () => {
    await site.goto('/pools');
    await row('web').getByRole('button', { name: 'Delete web' }).click();
    const confirm = dialog('Delete group web?');
    await confirm.getByText('Removal protection is on.').waitFor();
    await confirm.getByRole('link', { name: 'shop' }).waitFor();
    await site.checkAccessibility();
    await confirm.getByRole('button', { name: 'Close' }).first().click();
    await row('secure').getByRole('button', { name: 'Delete secure' }).click();
    await dialog('Delete group secure?').getByRole('button', { name: 'Delete' }).click();
    await row('secure').waitFor({ state: 'detached' });
  });

  it('are a tab of the load balancer, and the group names who uses it', async () => {
    await site.goto(`/lbs/${built.loadBalancer.id}/pools`);
    await row('web').waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancer-pools');
    await row('web').getByRole('link', { name: 'web' }).click();
    await tab('Associated listeners and policies').click();
    await row('shop').getByText('HTTPS/8443').waitFor();
    await site.checkAccessibility();
  });
});

describe('in Chinese and in the dark', () => {
  let dark: Site;
  beforeAll(async () => {
    dark = await openConsole({ language: 'zh', theme: 'dark' });
    const pool = await dark.elbow.api.create('pool', {
      type: 'ip',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    await dark.elbow.api.addMember(pool.id, { address: '127.0.0.9', protocol_port: 80, weight: 0 });
    await dark.elbow.api.create('ipgroup', { name: 'office', ip_list: [{ ip: '10.0.0.1' }] });
    darkPool = pool.id;
  });
  afterAll(() => dark?.close());
  let darkPool = '';

  it.each([
    ['/pools', '后端服务器组'],
    ['/pools/:id/members', '所有服务器的权重均为 0'],
    ['/pools/:id/summary', '加权轮询'],
    ['/certificates', '还没有证书'],
    ['/ip-groups', 'IP地址组'],
    ['/tls-policies', '推荐'],
  ])('%s is as accessible', async (path, text) => {
    await dark.goto(path.replace(':id', darkPool));
    await dark.page.getByText(text).first().waitFor();
    await dark.checkAccessibility();
    await dark.screenshot(`dark${path.replace('/:id', '').replaceAll('/', '-')}`);
  });
});
