import { aListener, ApiClient, type BuiltListener, expectStatus } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let built: BuiltListener;
beforeAll(async () => {
  site = await openConsole();
  built = await aListener(site.elbow, { fields: { name: 'web' } });
});
afterAll(() => site?.close());

const page = () => site.page;
const dialog = () => page().getByRole('dialog');
const button = (name: string | RegExp) => page().getByRole('button', { name });
const notice = (text: string | RegExp) => page().getByRole('status').filter({ hasText: text }).first();
const call = (method: string, path: string, body?: unknown) => site.elbow.api.call(method, path, body);

describe('nodes', () => {
  it('are shown with their workers, and with what they can do', async () => {
    await site.goto('/system/nodes');
    const { json } = expectStatus(await call('GET', '/elbow/v1/nodes'), 200);
    const node = page().getByRole('region', { name: json.nodes[0].id });
    await node.getByText('Serves the newest configuration').waitFor();
    await node.getByText('Worker 0').waitFor();
    await page().getByText('Everything is served as asked.').waitFor();
    await page().getByText('Lowest port').waitFor();
    await site.checkAccessibility();
    await site.screenshot('nodes');
  });
});

describe('quotas', () => {
  it('are one click from everywhere, with what is in use', async () => {
    await page().getByRole('link', { name: 'Quotas' }).click();
    await page().getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();
    const row = page()
      .getByRole('row')
      .filter({ has: page().getByText('Load balancers', { exact: true }) });
    await row.getByRole('cell', { name: '1', exact: true }).waitFor();
    await row.getByRole('cell', { name: '50' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('quotas');
  });
});

describe('activity', () => {
  it('tells who changed what, with before and after', async () => {
    await site.elbow.api.update('listener', built.listener.id, { name: 'web-2' });
    await site.goto('/system/activity');
    const entry = button(/Update listener/).first();
    await entry.waitFor();
    await entry.click();
    const change = page().locator('.act-change').first();
    const name = change.getByRole('row').filter({ hasText: 'name' }).first();
    expect(await name.locator('td').allTextContents()).toEqual(['web', 'web-2']);
    await page()
      .getByText(/from 127\.0\.0\.1/)
      .first()
      .waitFor();
    await site.checkAccessibility();
    await site.screenshot('activity');
  });

  it('shows refusals with their reason, and finds by kind and object', async () => {
    expectStatus(
      await call('PUT', `listeners/${built.listener.id}`, { listener: { member_timeout: 9999 } }),
      400,
    );
    await site.goto(`/system/activity?resource_id=${built.listener.id}`);
    await page().getByText('Refused').first().waitFor();
    await button(/Update listener/)
      .first()
      .click();
    await page()
      .getByText(/member_timeout/)
      .first()
      .waitFor();
    await site.goto('/system/activity?resource_type=pool');
    await button(/Create pool/).waitFor();
    await expect.poll(() => button(/listener/i).count()).toBe(0);
  });
});

describe('users', () => {
  it('are made with a role, by an administrator', async () => {
    site.expectError(/400/);
    await site.goto('/system/users');
    await page().getByText('admin (you)').waitFor();
    await button('Create user').click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('no spaces please');
    await dialog().getByLabel('Password', { exact: true }).fill('a long password');
    await dialog()
      .getByRole('radio', { name: /Reader/ })
      .check();
    await dialog().getByRole('button', { name: 'Create user' }).click();
    await dialog()
      .getByText(/Must be 1 to 64 letters/)
      .waitFor();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('viewer');
    await site.checkAccessibility();
    await site.screenshot('user-create');
    await dialog().getByRole('button', { name: 'Create user' }).click();
    await notice('User viewer created').waitFor();
    await page().getByRole('row').filter({ hasText: 'viewer' }).getByText('Reader').waitFor();
    await site.checkAccessibility();
    await site.screenshot('users');
  });

  it('get keys whose secret is shown once, and which work until they are switched off', async () => {
    await button(/Keys of viewer/).click();
    await dialog().getByRole('textbox', { name: 'What it is for' }).fill('terraform');
    await dialog().getByRole('button', { name: 'Create key' }).click();
    const secret = page().getByRole('dialog', { name: /only time the secret key is shown/ });
    await secret.locator('dd code').nth(1).filter({ hasText: /\S/ }).waitFor();
    const [accessKey = '', secretKey = ''] = await secret.locator('dd code').allTextContents();
    await site.checkAccessibility();
    await site.screenshot('key-secret');
    await secret.getByRole('button', { name: 'I have kept it' }).click();
    await secret.waitFor({ state: 'detached' });
    await expect.poll(() => page().getByText(secretKey).count()).toBe(0);
    const viewer = new ApiClient({ ...site.elbow.credentials, access_key: accessKey, secret_key: secretKey });
    expect((await viewer.call('GET', 'loadbalancers')).status).toBe(200);
    expect((await viewer.call('DELETE', `listeners/${built.listener.id}`)).status).toBe(403);
    await page()
      .getByRole('switch', { name: `Disable key ${accessKey}` })
      .click();
    await page()
      .getByRole('switch', { name: `Enable key ${accessKey}` })
      .waitFor();
    expect((await viewer.call('GET', 'loadbalancers')).status).toBe(401);
    await dialog()
      .getByRole('button', { name: `Delete key ${accessKey}` })
      .click();
    await page().getByText('Programs that sign with it are refused').waitFor();
    await page()
      .getByRole('dialog', { name: /Delete key/ })
      .getByRole('button', { name: 'Delete', exact: true })
      .click();
    await page().getByText('No keys.').waitFor();
    await button('Close').last().click();
  });

  it('who may only look see no users and no button that fails', async () => {
    await site.goto('/account');
    await button(/Account: admin/).click();
    await page().getByRole('menuitem', { name: 'Log out' }).click();
    await page().waitForURL('**/login');
    await page().locator('input[autocomplete=username]').fill('viewer');
    await page().locator('input[autocomplete=current-password]').fill('a long password');
    await page().locator('button[type=submit]').click();
    await page().locator('.frame h1').waitFor();
    await site.goto('/system/users');
    await page().getByText('Users are seen and changed by administrators.').waitFor();
    await expect.poll(() => button('Create user').count()).toBe(0);
    await site.goto(`/listeners/${built.listener.id}/policies`);
    await page().getByText('No forwarding policy yet').waitFor();
    await expect.poll(() => button('Add policy').count()).toBe(0);
  });

  it('change their own password and stay logged in', async () => {
    site.expectError(/40[013]/);
    await site.goto('/account');
    const fill = (label: string, text: string) => page().getByLabel(label, { exact: true }).fill(text);
    await fill('Current password', 'not this one at all');
    await fill('New password', 'another long password');
    await fill('New password again', 'another long passwort');
    await button('Change password').click();
    await page().getByText('The two are not the same.').waitFor();
    await fill('New password again', 'another long password');
    await button('Change password').click();
    await page().getByText('the current password is wrong').waitFor();
    await fill('Current password', 'a long password');
    await site.checkAccessibility();
    await site.screenshot('account');
    await button('Change password').click();
    await notice(/Your password is changed/).waitFor();
    await site.goto('/account');
    await page().getByText('Reader', { exact: true }).waitFor();
  });
});
