import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Two people at two browsers change the same load balancer.

let site: Site;
let other: Browser;
let second: Page;
let id: string;
beforeAll(async () => {
  site = await openConsole();
  id = (await site.elbow.api.create('loadbalancer', { name: 'lb', availability_zone_list: ['az1'] })).id;
  other = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox'],
  });
  second = await other.newPage({ locale: 'en-GB' });
  await second.goto(`${site.origin}/lbs/${id}/summary`);
  const { username, password } = site.elbow.credentials;
  await second.locator('input[autocomplete=username]').fill(username);
  await second.locator('input[autocomplete=current-password]').fill(password);
  await second.locator('button[type=submit]').click();
  await second.getByRole('heading', { level: 1, name: 'lb' }).waitFor();
});
afterAll(async () => {
  await other?.close();
  await site?.close();
});

/** Opens the field and waits until the version that it starts from is known. */
async function open(page: Page, label: string, text: string): Promise<void> {
  const read = page.waitForResponse((response) => response.url().endsWith(`/loadbalancers/${id}`));
  await page.getByRole('button', { name: `Edit: ${label}` }).click();
  await read;
  await page.getByLabel(label, { exact: true }).fill(text);
}

async function rename(page: Page, name: string): Promise<void> {
  await open(page, 'Name', name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

const dialog = () => site.page.getByRole('dialog');
const now = () => site.elbow.api.show('loadbalancer', id);

describe('a change of something that somebody else has changed', () => {
  it('is not saved: both are shown, and theirs can be kept', async () => {
    site.expectError(/412/);
    await site.goto(`/lbs/${id}/summary`);
    await open(site.page, 'Name', 'mine');
    await rename(second, 'theirs');
    await site.page.keyboard.press('Enter');
    await dialog().getByText('Somebody else has changed this').waitFor();
    const row = dialog().getByRole('row', { name: /^Name/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['lb', 'theirs', 'mine']);
    expect((await now()).name).toBe('theirs');
    await site.checkAccessibility();
    await site.screenshot('conflict');
    await dialog().getByRole('button', { name: 'Keep theirs and reload' }).click();
    await site.page.getByRole('heading', { level: 1, name: 'theirs' }).waitFor();
    await expect.poll(() => site.page.getByLabel('Name', { exact: true }).count()).toBe(0);
    expect((await now()).name).toBe('theirs');
  });

  it('can be given up for now, with the text still there', async () => {
    await open(site.page, 'Name', 'mine again');
    await rename(second, 'theirs again');
    await site.page.keyboard.press('Enter');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    expect(await site.page.getByLabel('Name', { exact: true }).inputValue()).toBe('mine again');
    expect((await now()).name).toBe('theirs again');
  });

  it('can overwrite, and leaves alone what it is not about', async () => {
    await site.elbow.api.update('loadbalancer', id, { description: 'said meanwhile' });
    await site.page.getByLabel('Name', { exact: true }).focus();
    await site.page.keyboard.press('Enter');
    await dialog()
      .getByRole('row', { name: /^Description/ })
      .waitFor();
    await dialog().getByRole('button', { name: 'Overwrite with mine' }).click();
    await site.page.getByRole('heading', { level: 1, name: 'mine again' }).waitFor();
    expect(await now()).toMatchObject({ name: 'mine again', description: 'said meanwhile' });
  });

  it('is saved at once when nobody else was there, one after the other', async () => {
    await rename(site.page, 'first');
    await rename(site.page, 'second');
    expect((await now()).name).toBe('second');
    await expect.poll(() => dialog().count()).toBe(0);
  });
});
