import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Who may only look sees everything and no button that would fail.

const password = 'only looking around';
let site: Site;
let id: string;
beforeAll(async () => {
  site = await openConsole({ isLoggedIn: false });
  const { api } = site.elbow;
  await api.call('POST', '/elbow/v1/users', { user: { name: 'guest', role: 'reader', password } });
  const made = await api.create('loadbalancer', { name: 'lb-web', availability_zone_list: ['az1'] });
  id = made.id;
  await api.create('listener', { name: 'web', loadbalancer_id: id, protocol: 'HTTP', protocol_port: 8080 });
  await site.goto('/');
  await site.page.locator('input[autocomplete=username]').fill('guest');
  await site.page.locator('input[autocomplete=current-password]').fill(password);
  await site.page.locator('button[type=submit]').click();
  await site.page.locator('.frame h1').waitFor();
  await site.goto('/lbs');
});
afterAll(() => site?.close());

/** Names of all buttons of the content that are seen and can be pressed; the search has an empty one that clears it. */
const buttons = async (): Promise<readonly string[]> =>
  (await site.page.evaluate(`[...document.querySelectorAll('#content button:not(:disabled), #content [role=switch]:not(:disabled)')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getAttribute('aria-label') ?? one.textContent.trim()).filter((name) => name !== '')`)) as string[];

describe('a reader', () => {
  it('is called one', async () => {
    await site.page.getByRole('button', { name: 'Account: guest (read only)' }).waitFor();
  });

  it('sees the list, and may search, sort, export and refresh it', async () => {
    await site.page.getByRole('link', { name: 'HTTP/8080' }).waitFor();
    const headings = ['Name/ID', 'Status', 'Service address, zones'];
    expect(await buttons()).toEqual(['Export', 'Refresh', ...headings]);
    await expect.poll(() => site.page.getByRole('checkbox').count()).toBe(0);
    await site.checkAccessibility();
    await site.screenshot('load-balancers-reader');
  });

  it('sees the summary, and nothing of it can be changed', async () => {
    await site.goto(`/lbs/${id}/summary`);
    await site.page.getByText('Deletion protection', { exact: true }).waitFor();
    expect((await buttons()).filter((name) => !name.startsWith('Copy'))).toEqual([]);
    for (const box of await site.page.getByRole('combobox').all()) expect(await box.isDisabled()).toBe(true);
    await site.screenshot('load-balancer-summary-reader');
  });

  it('sees the listeners, and may go to them', async () => {
    await site.goto(`/lbs/${id}/listeners`);
    await site.page.getByRole('link', { name: 'web', exact: true }).waitFor();
    expect(await buttons()).toEqual(['Refresh', 'Name/ID', 'Protocol/port', 'State']);
  });

  it('gets no button where there is nothing yet', async () => {
    await site.elbow.api.call('DELETE', `loadbalancers/${id}/force-elb`);
    await site.goto('/lbs');
    await site.page.getByText('No load balancer yet').waitFor();
    expect(await buttons()).toEqual([]);
  });
});
