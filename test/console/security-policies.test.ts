import { type BuiltListener, aListener, sClient } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let built: BuiltListener;
beforeAll(async () => {
  site = await openConsole();
  built = await aListener(site.elbow, { fields: { name: 'shop' } });
});
afterAll(() => site?.close());

const dialog = (name: string | RegExp) => site.page.getByRole('dialog', { name });
const row = (text: string) => site.page.getByRole('row').filter({ hasText: text });
const tab = (name: string) => site.page.getByRole('tab', { name });
const list = async () => (await site.elbow.api.call('GET', 'security-policies')).json.security_policies;

describe('TLS security policies', () => {
  it('show the ten default ones with versions, suites and listeners', async () => {
    await site.goto('/tls-policies');
    const recommended = row('tls-1-2-fs-with-1-3');
    await recommended.getByText('Recommended').waitFor();
    await expect.poll(() => site.page.locator('tbody tr.ant-table-row').count()).toBe(10);
    await recommended.getByRole('img', { name: 'TLS 1.3 is offered' }).waitFor();
    await recommended.getByRole('img', { name: 'TLS 1.0 is not offered' }).waitFor();
    await recommended.getByRole('link', { name: 'shop' }).waitFor();
    await row('tls-1-0-with-1-3')
      .getByRole('button', { name: /Expand/ })
      .click();
    await site.page.getByText('AES128-SHA', { exact: true }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('tls-policies');
  });

  it('are compared side by side', async () => {
    await tab('Compare').click();
    await site.page.getByRole('columnheader', { name: 'tls-1-2-fs-with-1-3' }).waitFor();
    await site.page.getByRole('rowheader', { name: 'TLS 1.2' }).waitFor();
    await site.page.getByRole('switch', { name: 'Only differences' }).click();
    await site.page.getByRole('rowheader', { name: 'TLS 1.2' }).waitFor({ state: 'detached' });
    await site.page.getByRole('rowheader', { name: 'TLS 1.3' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('tls-policies-compare');
  });
});

describe('a custom policy', () => {
  const version = (name: string) => dialog(/policy|Modify/).getByRole('checkbox', { name, exact: true });

  it('is empty at first', async () => {
    await tab('Custom policies').click();
    await site.page.getByRole('heading', { name: 'No custom policy yet' }).waitFor();
    await site.checkAccessibility();
  });

  it('needs a version and a suite for it', async () => {
    await site.page.getByRole('button', { name: 'Create custom policy' }).click();
    const form = dialog('Create custom policy');
    await form.getByText('Fits RSA certificates').waitFor();
    await site.checkAccessibility();
    await site.screenshot('tls-policy-create');
    await form.getByRole('button', { name: 'None' }).click();
    await form.getByRole('button', { name: 'Create custom policy' }).click();
    await form.getByText('Select at least one suite for the chosen versions.').waitFor();
    await version('TLS 1.2').uncheck();
    await version('TLS 1.3').uncheck();
    await form.getByText('Select at least one TLS version.').waitFor();
    await version('TLS 1.0').check();
    await form.getByText('TLS 1.0 and 1.1 are outdated').waitFor();
    await expect.poll(() => form.getByText('TLS_AES_128_GCM_SHA256').count()).toBe(0);
    await site.checkAccessibility();
    await version('TLS 1.0').uncheck();
  });

  it('offers only what fits the versions, and says which certificates it suits', async () => {
    const form = dialog('Create custom policy');
    await version('TLS 1.2').check();
    await form.getByRole('textbox', { name: 'Name' }).fill('strict');
    await form.getByRole('checkbox', { name: 'ECDHE-ECDSA-AES256-GCM-SHA384' }).check();
    await form.getByText('Fits no RSA certificate').waitFor();
    await form.getByText('Fits EC certificates').waitFor();
    await form.getByRole('button', { name: 'Create custom policy' }).click();
    await row('strict').waitFor();
    expect(await list()).toMatchObject([
      { name: 'strict', protocols: ['TLSv1.2'], ciphers: ['ECDHE-ECDSA-AES256-GCM-SHA384'] },
    ]);
  });

  it('changes what its listeners offer, at once', async () => {
    const [{ id }] = await list();
    await site.elbow.api.update('listener', built.listener.id, { security_policy_id: id });
    expect(await handshake('-tls1_3')).toMatchObject({ isComplete: false });
    await site.goto('/tls-policies/custom');
    await row('strict').getByRole('link', { name: 'shop' }).waitFor();
    await row('strict').getByRole('button', { name: 'Modify strict' }).click();
    const form = dialog('Modify strict');
    await form.getByText(/1 listener\(s\) use this policy/).waitFor();
    await version('TLS 1.3').check();
    await form.getByRole('checkbox', { name: 'TLS_AES_256_GCM_SHA384' }).check();
    await site.checkAccessibility();
    await form.getByRole('button', { name: 'Save' }).click();
    await site.page.getByText(/Live on every worker/).waitFor();
    expect(await handshake('-tls1_3')).toMatchObject({ isComplete: true, suite: 'TLS_AES_256_GCM_SHA384' });
    expect(await handshake('-tls1_2')).toMatchObject({ suite: 'ECDHE-ECDSA-AES256-GCM-SHA384' });
  });

  it('cannot be deleted while a listener uses it', async () => {
    await row('strict').getByRole('button', { name: 'Delete strict' }).click();
    const confirm = dialog('Delete policy strict?');
    await confirm.getByText('It cannot be deleted while these listeners use it:').waitFor();
    expect(await confirm.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await site.checkAccessibility();
    await confirm.getByRole('button', { name: 'Close' }).first().click();
    await site.elbow.api.update('listener', built.listener.id, { security_policy_id: null });
    await site.goto('/tls-policies/custom');
    await row('strict').getByRole('button', { name: 'Delete strict' }).click();
    await confirm.getByRole('button', { name: 'Delete' }).click();
    await site.page.getByRole('heading', { name: 'No custom policy yet' }).waitFor();
    expect(await list()).toEqual([]);
  });

  const handshake = (words: string) => sClient(built, [words, '-servername', 'www.example.test']);
});
