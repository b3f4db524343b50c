import {
  aListener,
  type BuiltListener,
  makeAuthority,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  testAuthority,
  type WireResource,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let built: BuiltListener;
let member: ScriptedBackend;

beforeAll(async () => {
  site = await openConsole();
  member = await scriptedBackend();
  built = await aListener(site.elbow, {
    members: [member],
    fields: { name: 'web', enhance_l7policy_enable: false },
  });
  const { api } = site.elbow;
  const authority = await testAuthority();
  const other = await authority.issue([serverName, 'new.example.test'], 'rsa');
  await api.create('certificate', {
    name: 'cert-new',
    type: 'server',
    certificate: other.certificatePem,
    private_key: other.keyPem,
    domain: 'new.example.test',
  });
  const clients = await makeAuthority('clients');
  await api.create('certificate', {
    name: 'ca-clients',
    type: 'client',
    certificate: clients.certificatePem,
  });
  await api.create('ipgroup', { name: 'loopback', ip_list: [{ ip: '127.0.0.0/8' }] });
});
afterAll(async () => {
  await member?.stop();
  await site?.close();
});

const stored = (): Promise<WireResource> => site.elbow.api.show('listener', built.listener.id);
const fact = (label: string) =>
  site.page.locator('.fact').filter({ has: site.page.locator('dt').getByText(label, { exact: true }) });
const dialog = () => site.page.getByRole('dialog');
const saved = () => dialog().waitFor({ state: 'detached' });

async function goto(tab: string): Promise<void> {
  await site.goto(`/listeners/${built.listener.id}/${tab}`);
  await site.page.getByRole('heading', { name: 'web', level: 1 }).waitFor();
}

async function configure(label: string, button = 'Configure'): Promise<void> {
  await site.page.getByRole('button', { name: `${button}: ${label}`, exact: true }).click();
  await dialog().waitFor();
}

async function choose(label: string, option: string | RegExp): Promise<void> {
  await dialog().getByRole('combobox', { name: label, exact: true }).click();
  await site.page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: option })
    .first()
    .click();
}

async function save(): Promise<void> {
  await dialog().getByRole('button', { name: 'Save' }).click();
  await saved();
}

async function more(item: string): Promise<void> {
  await site.page.getByRole('button', { name: 'More' }).click();
  await site.page.getByRole('menuitem', { name: item }).click();
}

describe('the summary of a listener', () => {
  it('shows every field, and what never changes', async () => {
    await goto('summary');
    await fact('Frontend protocol').getByText('HTTPS/8443').waitFor();
    await fact('Frontend protocol').getByText('Fixed').waitFor();
    await site.page.getByText('Serving', { exact: true }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('listener-summary');
  });

  it('changes name and description where they stand', async () => {
    await site.page.getByRole('button', { name: 'Edit: Description' }).click();
    await site.page.getByRole('textbox', { name: 'Description' }).fill('the public site');
    await site.page.keyboard.press('Enter');
    await fact('Description').getByText('the public site').waitFor();
    expect(await stored()).toMatchObject({ description: 'the public site' });
    await site.page
      .getByText(/^Live on every worker in \d+ ms$/)
      .first()
      .waitFor();
  });

  it('moves switches at once', async () => {
    for (const [label, key] of [
      ['HTTP/2', 'http2_enable'],
      ['Data compression', 'gzip_enable'],
      ['Retry on other backend servers', 'enable_member_retry'],
    ] as const) {
      const before = (await stored())[key];
      await site.page.getByRole('switch', { name: label }).click();
      await expect.poll(async () => (await stored())[key]).toBe(!before);
    }
  });

  it('turns advanced forwarding on once, after asking', async () => {
    await fact('Advanced forwarding').getByRole('button', { name: 'Turn on' }).click();
    await dialog()
      .getByText(/This cannot be undone\./)
      .waitFor();
    await dialog().getByRole('button', { name: 'Turn on' }).click();
    await expect.poll(async () => (await stored())['enhance_l7policy_enable']).toBe(true);
    await fact('Advanced forwarding').getByRole('button').waitFor({ state: 'detached' });
  });

  it('replaces the certificate; new connections get it, and it says so', async () => {
    await configure('Server certificate', 'Replace');
    await dialog()
      .getByText(/New connections use the new certificate at once/)
      .waitFor();
    await choose('Server certificate', 'cert-new');
    await site.checkAccessibility();
    await site.screenshot('listener-certificate');
    await save();
    await fact('Server certificate').getByText('cert-new').waitFor();
    const { code, stdout } = await built.curl('/x', '-o', '/dev/null', '-w', '%{http_code}');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '200' });
  });

  it('turns SNI on and off', async () => {
    await configure('SNI');
    await dialog().getByRole('switch', { name: 'Enable SNI' }).click();
    await choose('SNI certificate', 'cert-new');
    await site.checkAccessibility();
    await site.screenshot('listener-sni');
    await save();
    expect((await stored())['sni_container_refs']).toHaveLength(1);
    await configure('SNI');
    await dialog().getByRole('switch', { name: 'Enable SNI' }).click();
    await save();
    expect((await stored())['sni_container_refs']).toEqual([]);
  });

  it('configures access control with a switch that keeps the list', async () => {
    await configure('Access control');
    await choose('Access control', 'Whitelist');
    await dialog()
      .getByText(/From now on only addresses of these groups can open a connection/)
      .waitFor();
    await choose('IP address group', 'loopback');
    await site.checkAccessibility();
    await site.screenshot('listener-access');
    await save();
    expect((await stored())['ipgroup']).toMatchObject({ type: 'white', enable_ipgroup: true });
    await site.page.getByRole('switch', { name: 'Access control: Enabled' }).click();
    await expect.poll(async () => (await stored())['ipgroup'].enable_ipgroup).toBe(false);
    await fact('Access control').getByText('Whitelist (off):').waitFor();
  });

  it('lowers the security policy only with a sentence about it', async () => {
    await configure('Security policy');
    await choose('Security policy', /^tls-1-0-inherit/);
    await dialog()
      .getByText(/allows older TLS versions than before/)
      .waitFor();
    await choose('Security policy', /^tls-1-2-strict-no-cbc/);
    await save();
    expect(await stored()).toMatchObject({ tls_ciphers_policy: 'tls-1-2-strict-no-cbc' });
  });

  it('changes headers, timeouts and limits', async () => {
    await configure('Client information');
    await dialog()
      .getByRole('switch', { name: /^X-Real-IP/ })
      .click();
    await save();
    expect((await stored())['insert_headers']['X-Real-IP']).toBe(true);
    await configure('Idle timeout');
    await dialog().getByRole('spinbutton', { name: 'Idle timeout' }).fill('120');
    await save();
    await configure('Maximum new connections per AZ');
    await dialog().getByRole('radio', { name: 'Limit request' }).first().click();
    await dialog().getByRole('spinbutton').fill('500');
    await save();
    expect(await stored()).toMatchObject({ keepalive_timeout: 120, cps: 500 });
    await fact('Maximum new connections per AZ').getByText('500').waitFor();
  });

  it('asks twice while it is protected, and names the reason', async () => {
    await configure('Modification protection');
    await dialog().getByRole('switch', { name: 'Modification protection' }).click();
    await dialog().getByRole('textbox', { name: 'Reason' }).fill('Belongs to the shop.');
    await save();
    await site.page.getByRole('switch', { name: 'Data compression' }).click();
    await dialog().getByText('Belongs to the shop. Change it all the same?').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await saved();
    await configure('Modification protection');
    await dialog().getByRole('switch', { name: 'Modification protection' }).click();
    await save();
    expect(await stored()).toMatchObject({ protection_status: 'nonProtection' });
  });
});

describe('the form of a listener', () => {
  it('is that of the wizard, with what cannot change locked', async () => {
    await goto('summary');
    await site.page.getByRole('button', { name: 'Edit listener' }).click();
    const drawer = dialog();
    expect(await drawer.getByLabel('Frontend port').isDisabled()).toBe(true);
    expect(await drawer.getByRole('radio', { name: /^HTTPS/ }).isDisabled()).toBe(true);
    await site.checkAccessibility();
    await site.screenshot('listener-edit');
    await drawer.getByRole('spinbutton', { name: 'Response timeout' }).fill('301');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('1 to 300.').waitFor();
    await drawer.getByRole('spinbutton', { name: 'Response timeout' }).fill('90');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await saved();
    expect(await stored()).toMatchObject({ member_timeout: 90, client_timeout: 60 });
  });

  it('shows what somebody else has changed meanwhile', async () => {
    site.expectError(/412/);
    const read = site.page.waitForResponse((response) => response.headers()['etag'] !== undefined);
    await site.page.getByRole('button', { name: 'Edit listener' }).click();
    await read;
    await dialog().getByRole('spinbutton', { name: 'Response timeout' }).fill('80');
    await site.elbow.api.update('listener', built.listener.id, { client_timeout: 33 });
    await dialog().getByRole('button', { name: 'Save' }).click();
    const conflict = site.page.getByRole('dialog', { name: 'Somebody else has changed this' });
    const cells = (name: string) =>
      conflict
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .getByRole('cell')
        .allTextContents();
    await conflict.waitFor();
    expect(await cells('Request timeout')).toEqual(['60', '33', '']);
    expect(await cells('Response timeout')).toEqual(['90', '90', '80']);
    await site.checkAccessibility();
    await conflict.getByRole('button', { name: 'Overwrite with mine' }).click();
    await saved();
    expect(await stored()).toMatchObject({ member_timeout: 80, client_timeout: 33 });
  });
});

describe('the other tabs', () => {
  it('tags are added, changed and removed', async () => {
    await goto('tags');
    await site.page.getByRole('textbox', { name: 'Key', exact: true }).fill('team');
    await site.page.getByRole('textbox', { name: 'Value', exact: true }).fill('shop');
    await site.page.getByRole('button', { name: /Add tag/ }).click();
    await site.page.getByRole('cell', { name: 'team', exact: true }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('listener-tags');
    await site.page.getByRole('button', { name: 'Edit: Value of team' }).click();
    await site.page.getByRole('textbox', { name: 'Value of team' }).fill('web');
    await site.page.keyboard.press('Enter');
    await expect.poll(async () => (await stored())['tags']).toEqual([{ key: 'team', value: 'web' }]);
    await site.page.getByRole('textbox', { name: 'Key', exact: true }).fill('team');
    await site.page.getByRole('button', { name: /Add tag/ }).click();
    await site.page.getByText('This key is in use. Change its value instead.').waitFor();
    await site.page.getByRole('button', { name: 'Delete tag team' }).click();
    await expect.poll(async () => (await stored())['tags']).toEqual([]);
  });

  it('groups: the default one is shown with its servers, unbound and bound again', async () => {
    await goto('pools');
    await site.page.getByText(/of 1 healthy/).waitFor();
    await site.checkAccessibility();
    await site.screenshot('listener-pools');
    await site.page.getByRole('button', { name: 'Unbind' }).click();
    await dialog().getByText('Requests that match no forwarding policy will get 503.').waitFor();
    await dialog().getByRole('button', { name: 'Unbind' }).click();
    await site.page.getByRole('heading', { name: 'No group yet' }).waitFor();
    expect(await stored()).toMatchObject({ default_pool_id: null });
    await site.page.getByRole('combobox', { name: 'Choose a default group' }).click();
    await site.page.locator('.ant-select-item-option').first().click();
    await expect.poll(async () => (await stored())['default_pool_id']).toBe(built.pool.id);
  });
});

describe('what else can be done', () => {
  it('shows the call that would make it', async () => {
    await goto('summary');
    await more('Show API request');
    await dialog()
      .getByText(/"protocol_port": 8443/)
      .waitFor();
    await dialog()
      .getByText(/curl -X POST/)
      .waitFor();
    await site.checkAccessibility();
    await site.screenshot('listener-api-request');
    await dialog().getByRole('button', { name: 'Close' }).first().click();
    await saved();
  });

  it('copies it to another port, and the copy serves', async () => {
    await more('Copy listener');
    await dialog().getByLabel('Frontend port').fill('8443');
    await dialog().getByText('Port 8443 is already used by listener web.').waitFor();
    await dialog().getByLabel('Frontend port').fill('8444');
    await site.checkAccessibility();
    await dialog().getByRole('button', { name: 'Copy' }).click();
    await site.page.getByRole('heading', { name: 'web-copy', level: 1 }).waitFor();
    const copy = (await site.elbow.api.list('listener')).find(({ name }) => name === 'web-copy');
    expect(copy).toMatchObject({
      protocol_port: 8444,
      keepalive_timeout: 120,
      default_pool_id: built.pool.id,
    });
    const { stdout } = await built.curl(
      '/x',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--connect-to',
      `::${built.vip}:8444`,
    );
    expect(stdout).toBe('200');
  });

  it('deletes it when the word is typed; a group that others use stays', async () => {
    await more('Delete listener');
    const remove = dialog().getByRole('button', { name: 'Delete' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog()
      .getByText(/stops taking connections at once.*after 120 s without one/)
      .waitFor();
    await dialog()
      .getByText(/other listeners use it/)
      .waitFor();
    await dialog().getByRole('textbox').fill('DELETE');
    await site.checkAccessibility();
    await site.screenshot('listener-delete');
    await remove.click();
    await site.page.waitForURL(`**/lbs/${built.loadBalancer.id}/listeners`);
    expect((await site.elbow.api.list('listener')).map(({ name }) => name)).toEqual(['web']);
    expect(await site.elbow.api.show('pool', built.pool.id)).toMatchObject({ id: built.pool.id });
  });

  it('deletes it with its group when that is asked for', async () => {
    await goto('summary');
    await more('Delete listener');
    await dialog().getByRole('checkbox', { name: 'Delete the group too' }).check();
    await dialog()
      .getByText(/Its group goes with it/)
      .waitFor();
    await dialog().getByRole('textbox').fill('DELETE');
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await site.page.waitForURL(`**/lbs/${built.loadBalancer.id}/listeners`);
    expect(await site.elbow.api.list('listener')).toEqual([]);
    expect(await site.elbow.api.list('pool')).toEqual([]);
  });
});
