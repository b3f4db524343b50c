import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';
import { furnish, type SitePage } from './whole-site.ts';

// Who may only look: every page of the console, and nothing on any of them that the server would refuse.

const password = 'only looking around';
let site: Site;
let pages: readonly SitePage[];
const refusals: string[] = [];

beforeAll(async () => {
  site = await openConsole({ isLoggedIn: false });
  pages = await furnish(site);
  for (const role of ['reader', 'editor'])
    await site.elbow.api.call('POST', '/elbow/v1/users', { user: { name: role, role, password } });
  site.page.on('response', (response) => {
    if (response.status() === 403) refusals.push(`${response.request().method()} ${response.url()}`);
  });
});
afterAll(() => site?.close());

/** What changes nothing: it looks for, shows, copies, or saves to a file of one's own. */
const harmless =
  /^(Copy|Export|Refresh|Search|Clear|Filter|Close|Expand|Collapse|Show|Custom …|Only differences|Follow|Newer|Older|Previous|Next|Try|Add header|Change password|Create key|Refresh by itself|Pause|Live|down|up|right|Compare|Details|Configure columns|Remove header|How to fix|Unhealthy only|More$)/i;
/** One's own password and keys are everybody's to change. */
const ownPages = ['/account'];

interface Control {
  readonly name: string;
  readonly role: string;
}

/** Everything of the content that can be pressed or moved, besides links, tabs, headings and rows of the history. */
async function controls(): Promise<readonly Control[]> {
  return (await site.page.evaluate(`[...document.querySelectorAll('#content button, #content [role=switch], #content [role=checkbox], #content input[type=checkbox]')]
    .filter((one) => !one.disabled && one.getAttribute('aria-disabled') !== 'true' && one.offsetParent !== null)
    .filter((one) => one.closest('.act-head, .sort-button, [role=tablist]') === null)
    .map((one) => ({
      role: one.getAttribute('role') ?? one.tagName.toLowerCase(),
      name: one.getAttribute('aria-label') ?? (one.labels?.[0]?.textContent || one.textContent).trim(),
    }))
    .filter(({ name }) => name !== '')`)) as readonly Control[];
}

async function logInAs(name: string): Promise<void> {
  await site.page.context().clearCookies();
  await site.goto('/login');
  await site.page.locator('input[autocomplete=username]').fill(name);
  await site.page.locator('input[autocomplete=current-password]').fill(password);
  await site.page.locator('button[type=submit]').click();
  await site.page.locator('.frame h1').first().waitFor();
}

const navigation = () => site.page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link');

describe('a reader', () => {
  it('is offered nothing that would be refused, on any page', { timeout: 240_000 }, async () => {
    await logInAs('reader');
    const offered: string[] = [];
    for (const { path } of pages) {
      await site.goto(path);
      await site.page.locator('.frame h1').first().waitFor();
      await site.page.locator('#content .ant-spin-spinning').first().waitFor({ state: 'detached' });
      if (ownPages.includes(path)) continue;
      const wrong = (await controls()).filter(({ name }) => !harmless.test(name));
      offered.push(...wrong.map(({ role, name }) => `${path}: ${role} ${name}`));
    }
    expect(offered).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it('is offered nothing that changes a listener in its menu', async () => {
    const { path } = pages.find(({ route }) => route === '/listeners/:listenerId/:tab?') ?? { path: '' };
    await site.goto(path);
    await site.page.getByRole('button', { name: 'More', exact: true }).click();
    expect(await site.page.getByRole('menuitem').allTextContents()).toEqual(['Show API request']);
    await site.page.keyboard.press('Escape');
  });

  it('finds no way to the users, and is told why at their address', async () => {
    await site.goto('/lbs');
    expect(await navigation().allTextContents()).not.toContain('Users and keys');
    await site.goto('/system/users');
    await site.page.getByText('Users are seen and changed by administrators.').waitFor();
    expect(refusals).toEqual([]);
  });

  it('is led away from the wizard', async () => {
    const { path } = pages.find(({ route }) => route.endsWith('/listeners/new')) ?? { path: '' };
    await site.goto(path);
    await site.page.waitForURL('**/listeners');
  });
});

describe('an editor', () => {
  it('may change what is served, and finds no way to the users either', async () => {
    await logInAs('editor');
    await site.goto('/lbs');
    await site.page.getByRole('button', { name: 'Create load balancer' }).waitFor();
    expect(await navigation().allTextContents()).not.toContain('Users and keys');
    await site.goto('/system/users');
    await expect.poll(() => site.page.getByRole('button', { name: 'Create user' }).count()).toBe(0);
    expect(refusals).toEqual([]);
  });
});
