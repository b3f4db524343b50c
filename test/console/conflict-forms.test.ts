import { aCertificate, aListener, type BuiltListener, type WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Somebody else saves while a form is open: every kind of form shows the diff, and overwrites only when told to.

let site: Site;
let built: BuiltListener;
let member: WireResource;
let monitor: WireResource;
let policy: WireResource;
let certificate: WireResource;
let group: WireResource;
let security: WireResource;
let user: { readonly id: string };
beforeAll(async () => {
  site = await openConsole();
  const { api } = site.elbow;
  const place = { address: '127.0.0.9', port: 9 };
  built = await aListener(site.elbow, {
    members: [place],
    fields: { name: 'shop', enhance_l7policy_enable: true },
  });
  member = built.members[0] as WireResource;
  monitor = await api.create('healthmonitor', {
    pool_id: built.pool.id,
    type: 'HTTP',
    delay: 50,
    timeout: 50,
    max_retries: 3,
  });
  const l7policy = {
    listener_id: built.listener.id,
    name: 'api',
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: built.pool.id,
    rules: [rule('/api')],
  };
  policy = (await api.call('POST', 'l7policies', { l7policy })).json.l7policy;
  certificate = await aCertificate(site.elbow);
  await api.update('certificate', certificate.id, { name: 'spare' });
  group = await api.create('ipgroup', { name: 'office', ip_list: [{ ip: '10.0.0.1', description: 'one' }] });
  const { json } = await api.call('POST', 'security-policies', {
    security_policy: { name: 'own', protocols: ['TLSv1.2'], ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] },
  });
  security = json.security_policy;
  const made = await api.call('POST', '/elbow/v1/users', {
    user: { name: 'ada', role: 'reader', password: 'a long password', enabled: true },
  });
  user = made.json.user;
});
afterAll(() => site?.close());

const rule = (value: string) => ({ type: 'PATH', compare_type: 'EQUAL_TO', value });
const dialog = () => site.page.getByRole('dialog').last();
const conflict = () => site.page.getByRole('dialog', { name: 'Somebody else has changed this' });

/** Does what opens a form, and waits until the version that it starts from is known. */
async function opening(work: () => Promise<void>, pattern: RegExp): Promise<void> {
  const read = site.page.waitForResponse(
    (response) => response.request().method() === 'GET' && pattern.test(response.url()),
  );
  await work();
  await read;
  await site.calm();
}

/** The row of the field: before, theirs, yours. */
async function shown(field: string): Promise<readonly string[]> {
  await conflict().waitFor();
  const row = conflict().getByRole('row', { name: new RegExp(`^${field}`) });
  return row.first().getByRole('cell').allTextContents();
}

/** The question goes before the change is sent: it is there when the server has answered. */
async function overwrite(): Promise<void> {
  const saved = site.page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.ok(),
  );
  await conflict().getByRole('button', { name: 'Overwrite with mine' }).click();
  await conflict().waitFor({ state: 'hidden' });
  await saved;
}

const saveButton = (name = 'Save') => dialog().getByRole('button', { name, exact: true });
const textbox = (name: string) => site.page.getByRole('textbox', { name, exact: true });
const edit = (name: string) => site.page.getByRole('button', { name: `Edit: ${name}` });

describe('a form that somebody else was faster than', () => {
  beforeAll(() => site.expectError(/412/));

  it('of a group: its settings', async () => {
    await site.goto(`/pools/${built.pool.id}/summary`);
    await opening(() => edit('Name').click(), /\/pools\/[^/?]+$/);
    await textbox('Name').fill('mine');
    await site.elbow.api.update('pool', built.pool.id, { name: 'theirs', description: 'beside' });
    await site.page.keyboard.press('Enter');
    expect((await shown('Name')).slice(1)).toEqual(['theirs', 'mine']);
    expect(await shown('Description')).toEqual(['–', 'beside', '']);
    await site.checkAccessibility();
    await overwrite();
    expect(await site.elbow.api.show('pool', built.pool.id)).toMatchObject({
      name: 'mine',
      description: 'beside',
    });
  });

  it('of a group: the algorithm, kept as theirs', async () => {
    await site.goto(`/pools/${built.pool.id}/summary`);
    await opening(() => edit('Algorithm').click(), /\/pools\/[^/?]+$/);
    await site.page.getByText('Weighted least connections').click();
    await site.elbow.api.update('pool', built.pool.id, { lb_algorithm: 'SOURCE_IP' });
    await site.page.getByRole('form', { name: 'Algorithm' }).getByRole('button', { name: 'Save' }).click();
    expect(await shown('Algorithm')).toEqual(['ROUND_ROBIN', 'SOURCE_IP', 'LEAST_CONNECTIONS']);
    await conflict().getByRole('button', { name: 'Keep theirs and reload' }).click();
    await site.page.getByText('Source IP hash', { exact: true }).waitFor();
  });

  it('of a health monitor', async () => {
    await site.goto(`/pools/${built.pool.id}/members`);
    await opening(
      () => site.page.getByRole('button', { name: 'Configure health check' }).click(),
      /healthmonitors\/[^/?]+$/,
    );
    await dialog().getByRole('textbox', { name: 'Path' }).fill('/mine');
    await site.elbow.api.update('healthmonitor', monitor.id, { url_path: '/theirs' });
    await saveButton('Save health check').click();
    expect(await shown('Path')).toEqual(['/', '/theirs', '/mine']);
    await overwrite();
    expect(await site.elbow.api.show('healthmonitor', monitor.id)).toMatchObject({ url_path: '/mine' });
  });

  it('of a member', async () => {
    await site.goto(`/pools/${built.pool.id}/members`);
    await opening(
      () => site.page.getByRole('button', { name: /^Edit: Weight of/ }).click(),
      /members\/[^/?]+$/,
    );
    await site.page.getByRole('spinbutton', { name: /^Weight of/ }).fill('7');
    const path = `pools/${built.pool.id}/members/${member.id}`;
    await site.elbow.api.call('PUT', path, { member: { weight: 9 } });
    await site.page.keyboard.press('Enter');
    expect((await shown('Weight')).slice(1)).toEqual(['9', '7']);
    await overwrite();
    expect((await site.elbow.api.call('GET', path)).json.member.weight).toBe(7);
  });

  it('of a forwarding policy, with its conditions', async () => {
    await site.goto(`/listeners/${built.listener.id}/policies`);
    await opening(
      () => site.page.getByRole('button', { name: 'Edit policy api' }).click(),
      /l7policies\?id=/,
    );
    await textbox('Name').fill('mine');
    await site.elbow.api.call('PUT', `l7policies/${policy.id}`, { l7policy: { rules: [rule('/theirs')] } });
    await saveButton().click();
    expect((await shown('If all of these hold')).slice(0, 2)).toEqual([
      'PATH EQUAL_TO: /api',
      'PATH EQUAL_TO: /theirs',
    ]);
    expect(await shown('Name')).toEqual(['api', 'api', 'mine']);
    await site.checkAccessibility();
    await site.screenshot('conflict-policy');
    await conflict().getByRole('button', { name: 'Cancel' }).click();
    await conflict().waitFor({ state: 'hidden' });
    expect(await textbox('Name').inputValue()).toBe('mine');
    expect((await site.elbow.api.call('GET', `l7policies/${policy.id}`)).json.l7policy.name).toBe('api');
  });

  it('of a certificate', async () => {
    await site.goto(`/certificates?q=${certificate.id}`);
    await opening(
      () =>
        site.page
          .getByRole('row')
          .filter({ hasText: 'spare' })
          .getByRole('button', { name: 'Modify' })
          .click(),
      /certificates\/[^/?]+$/,
    );
    await textbox('Name').fill('mine');
    await site.elbow.api.update('certificate', certificate.id, { name: 'theirs' });
    await saveButton().click();
    expect(await shown('Name')).toEqual(['spare', 'theirs', 'mine']);
    await overwrite();
    expect(await site.elbow.api.show('certificate', certificate.id)).toMatchObject({ name: 'mine' });
  });

  it('of an IP address group: which entries came and went', async () => {
    await site.goto(`/ip-groups/${group.id}`);
    await opening(
      () => site.page.getByRole('button', { name: 'Change all as text' }).click(),
      /ipgroups\/[^/?]+$/,
    );
    await textbox('Addresses').fill('10.0.0.1 | one\n10.0.0.2 | mine');
    await site.elbow.api.update('ipgroup', group.id, {
      ip_list: [{ ip: '10.0.0.3', description: 'theirs' }],
    });
    await saveButton().click();
    const [before, theirs, yours] = await shown('Addresses');
    expect(before).toBe('(1)');
    expect(theirs).toBe('(1)\n+ 10.0.0.3 | theirs\n− 10.0.0.1 | one');
    expect(yours).toBe('(2)\n+ 10.0.0.2 | mine');
    await site.screenshot('conflict-ip-group');
    await conflict().getByRole('button', { name: 'Keep theirs and reload' }).click();
    await site.page.getByText('10.0.0.3').waitFor();
  });

  it('of a security policy', async () => {
    await site.goto('/tls-policies/custom');
    await opening(
      () => site.page.getByRole('button', { name: 'Modify own' }).click(),
      /security-policies\/[^/?]+$/,
    );
    await textbox('Name').fill('mine');
    await site.elbow.api.call('PUT', `security-policies/${security.id}`, {
      security_policy: { name: 'theirs' },
    });
    await saveButton().click();
    expect(await shown('Name')).toEqual(['own', 'theirs', 'mine']);
    await overwrite();
    const { json } = await site.elbow.api.call('GET', `security-policies/${security.id}`);
    expect(json.security_policy.name).toBe('mine');
  });

  it('of a listener: in a dialog of its summary', async () => {
    await site.goto(`/listeners/${built.listener.id}/summary`);
    await opening(
      () => site.page.getByRole('button', { name: 'Configure: Response timeout', exact: true }).click(),
      /listeners\/[^/?]+$/,
    );
    await dialog().getByRole('spinbutton', { name: 'Response timeout' }).fill('80');
    await site.elbow.api.update('listener', built.listener.id, { member_timeout: 70 });
    await saveButton().click();
    expect(await shown('Response timeout')).toEqual(['60', '70', '80']);
    await overwrite();
    expect(await site.elbow.api.show('listener', built.listener.id)).toMatchObject({ member_timeout: 80 });
  });

  it('of a user, which has no version of its own', async () => {
    await site.goto('/system/users');
    await site.page.getByRole('button', { name: /operations for ada/i }).click();
    await opening(() => site.page.getByRole('menuitem', { name: 'Edit' }).click(), /users\/[^/?]+$/);
    await dialog()
      .getByRole('radio', { name: /^Administrator/ })
      .check();
    await site.elbow.api.call('PUT', `/elbow/v1/users/${user.id}`, { user: { role: 'editor' } });
    await saveButton().click();
    expect(await shown('Role')).toEqual(['reader', 'editor', 'admin']);
    await conflict().getByRole('button', { name: 'Keep theirs and reload' }).click();
    await site.page.getByRole('row').filter({ hasText: 'ada' }).getByText('Editor').waitFor();
  });
});
