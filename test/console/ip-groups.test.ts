import { type BuiltListener, aListener, scriptedBackend, type ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let backend: ScriptedBackend;
beforeAll(async () => {
  site = await openConsole();
  backend = await scriptedBackend();
});
afterAll(async () => {
  await backend?.stop();
  await site?.close();
});

const dialog = (name: string | RegExp) => site.page.getByRole('dialog', { name });
const addresses = () => site.page.getByRole('dialog').getByRole('textbox', { name: 'Addresses' });
const row = (text: string) => site.page.getByRole('row').filter({ hasText: text });
const groupId = () => new URL(site.page.url()).pathname.split('/')[2] ?? '';
const stored = async () => (await site.elbow.api.show('ipgroup', groupId()))['ip_list'];

describe('IP address groups', () => {
  it('begin with an empty state', async () => {
    await site.goto('/ip-groups');
    await site.page.getByRole('heading', { name: 'No IP address group yet' }).waitFor();
    await site.checkAccessibility();
  });

  it('say line by line what is wrong with a list', async () => {
    await site.page.getByRole('button', { name: 'Create IP address group' }).click();
    const form = dialog('Create IP address group');
    await form.getByRole('textbox', { name: 'Name' }).fill('office');
    await addresses().fill('127.0.0.0/8 | here\n10.0.0.300\n10.0.0.9-10.0.0.1\n10.0.0.1 | <b>');
    await form.getByRole('button', { name: 'Create IP address group' }).click();
    await form.getByText('Line 2: 10.0.0.300 is not an address, network or range.').waitFor();
    await form.getByText('Line 3: the range must end after its beginning.').waitFor();
    await form.getByText('Line 4: a remark is at most 255 characters').waitFor();
    await site.checkAccessibility();
    await site.screenshot('ip-group-create');
    expect(await site.elbow.api.list('ipgroup')).toHaveLength(0);
  });

  it('are made from text, equal addresses once', async () => {
    await addresses().fill('127.0.0.0/8 | here\n\n# a comment\n10.0.0.1\n10.0.0.1/32 | again\n');
    await site.page.getByText('1 line(s) stand for addresses that are named before').waitFor();
    await site.page.getByText('2 of 300 entries').waitFor();
    await dialog(/Create/)
      .getByRole('button', { name: 'Create IP address group' })
      .click();
    await site.page.waitForURL('**/ip-groups/*-*');
    await row('127.0.0.0/8').getByText('here').waitFor();
    expect(await stored()).toEqual([
      { ip: '127.0.0.0/8', description: 'here' },
      { ip: '10.0.0.1', description: '' },
    ]);
    await site.checkAccessibility();
  });

  it('take more addresses, new remarks, and lose some', async () => {
    await site.page.getByRole('button', { name: 'Add addresses' }).click();
    await addresses().fill('192.0.2.10-192.0.2.20 | partner');
    await dialog('Add addresses').getByRole('button', { name: 'Add addresses' }).click();
    await row('192.0.2.10-192.0.2.20').waitFor();
    await row('10.0.0.1')
      .getByRole('button', { name: /Remark of/ })
      .click();
    await site.page.getByRole('textbox', { name: 'Remark of 10.0.0.1' }).fill('printer');
    await site.page.keyboard.press('Enter');
    await row('10.0.0.1').getByText('printer').waitFor();
    await row('192.0.2.10')
      .getByRole('button', { name: /^Remove/ })
      .click();
    await dialog(/Remove 1 address/)
      .getByRole('button', { name: 'Remove' })
      .click();
    await row('192.0.2.10').waitFor({ state: 'detached' });
    expect(await stored()).toEqual([
      { ip: '127.0.0.0/8', description: 'here' },
      { ip: '10.0.0.1', description: 'printer' },
    ]);
  });
});

describe('a group in use', () => {
  let built: BuiltListener;
  beforeAll(async () => {
    const ipgroup = { ipgroup_id: groupId(), enable_ipgroup: true, type: 'white' };
    built = await aListener(site.elbow, { members: [backend], fields: { name: 'shop', ipgroup } });
  });

  it('shows its listeners', async () => {
    await site.goto(`/ip-groups/${groupId()}/listeners`);
    await row('shop').getByText('Whitelist').waitFor();
    await site.checkAccessibility();
    await site.goto(`/ip-groups/${groupId()}`);
    await site.screenshot('ip-group');
  });

  it('decides at once who is let in, and says so before it is saved', async () => {
    expect((await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
    await site.page.getByRole('button', { name: 'Change all as text' }).click();
    await dialog('Change all as text')
      .getByText(/Used by 1 listener\(s\)\. It applies to new connections/)
      .waitFor();
    expect(await addresses().inputValue()).toBe('127.0.0.0/8 | here\n10.0.0.1 | printer');
    await site.checkAccessibility();
    await addresses().fill('10.0.0.1 | printer');
    await dialog('Change all as text').getByRole('button', { name: 'Save' }).click();
    await site.page.getByText(/Live on every worker/).waitFor();
    expect((await built.curl('/')).code).not.toBe(0);
  });

  it('cannot be deleted, with the reason', async () => {
    await site.goto('/ip-groups');
    await row('office').getByRole('link', { name: 'shop' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('ip-groups');
    await row('office')
      .getByRole('button', { name: /^Delete/ })
      .click();
    const confirm = dialog(/Delete IP address group office/);
    await confirm.getByText('It cannot be deleted while these listeners use it:').waitFor();
    expect(await confirm.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await site.checkAccessibility();
  });
});
