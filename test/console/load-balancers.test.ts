import { aCertificate, poll } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
beforeAll(async () => {
  site = await openConsole();
});
afterAll(() => site?.close());

const button = (name: string | RegExp) => site.page.getByRole('button', { name });
const notice = (text: string | RegExp) => site.page.getByRole('status').filter({ hasText: text }).first();

describe('the list of load balancers', () => {
  it('begins with an invitation', async () => {
    await site.goto('/lbs');
    await site.page.getByText('No load balancer yet').waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancers-empty');
  });

  it('makes one and says when it is live', async () => {
    await button('Create load balancer').click();
    await site.page.getByLabel('Name').fill('lb-web');
    await site.page.getByLabel('az1').waitFor();
    await button('Add tag 0/20').click();
    await site.page.getByLabel('Key 1').fill('team');
    await site.page.getByLabel('Value 1').fill('web');
    await site.checkAccessibility();
    await site.screenshot('load-balancer-create');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Create load balancer' }).click();
    await site.page.waitForURL('**/listeners');
    await notice(/Live on every worker/).waitFor();
    const [made] = await site.elbow.api.list('loadbalancer');
    expect(made).toMatchObject({
      name: 'lb-web',
      ip_target_enable: true,
      deletion_protection_enable: false,
      availability_zone_list: ['az1'],
      tags: [{ key: 'team', value: 'web' }],
    });
    await site.page.getByText('No listener yet').waitFor();
  });

  it('puts what the server refuses beside the field', async () => {
    site.expectError(/400/);
    await site.goto('/lbs');
    await button('Create load balancer').click();
    await site.page.getByLabel('az1').waitFor();
    await site.page.getByLabel('IPv4 address').fill('300.1.1.1');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Create load balancer' }).click();
    await site.page.getByText('Must be an IPv4 address.').waitFor();
    await site.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  it('finds by name, address and tag, and keeps the search in the address bar', async () => {
    const other = await site.elbow.api.create('loadbalancer', {
      name: 'lb-api',
      availability_zone_list: ['az1'],
    });
    await site.goto('/lbs?q=team%3Dweb');
    await site.page.getByRole('link', { name: 'lb-web' }).waitFor();
    await expect.poll(() => site.page.getByRole('link', { name: 'lb-api' }).count()).toBe(0);
    await site.page.getByLabel('Search by name, ID, address or tag').fill(other['vip_address']);
    await site.page.getByRole('link', { name: 'lb-api' }).waitFor();
    expect(new URL(site.page.url()).searchParams.get('q')).toBe(other['vip_address']);
    await site.elbow.api.remove('loadbalancer', other.id);
  });
});

describe('a load balancer', () => {
  let id: string;
  beforeAll(async () => {
    const { api } = site.elbow;
    id = (await api.list('loadbalancer'))[0]?.id ?? '';
    const certificate = await aCertificate(site.elbow);
    const pool = await api.create('pool', {
      name: 'web',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      loadbalancer_id: id,
    });
    await api.create('listener', {
      name: 'web-https',
      loadbalancer_id: id,
      protocol: 'HTTPS',
      protocol_port: 8443,
      default_tls_container_ref: certificate.id,
      default_pool_id: pool.id,
    });
    await api.create('listener', { loadbalancer_id: id, protocol: 'HTTP', protocol_port: 8080 });
  });

  it('shows its listeners', async () => {
    await site.goto('/lbs');
    await site.page.getByRole('link', { name: 'HTTPS/8443' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancers');
    await site.page.getByRole('link', { name: 'lb-web' }).click();
    await site.page.getByRole('link', { name: 'web-https' }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancer-listeners');
  });

  it('is changed in place', async () => {
    await site.page.getByRole('tab', { name: 'Summary' }).click();
    await button('Edit: Name').click();
    await site.page.getByLabel('Name', { exact: true }).fill('lb-shop');
    await site.page.keyboard.press('Enter');
    await site.page.getByRole('heading', { level: 1, name: 'lb-shop' }).waitFor();
    await site.page.getByRole('switch', { name: 'Deletion protection' }).click();
    // The notice of the new name says the same: what tells the two apart is in the store.
    await poll(async () => (await site.elbow.api.show('loadbalancer', id))['deletion_protection_enable'], {
      timeoutMs: 15_000,
      what: 'deletion protection to be stored',
    });
    await notice(/lb-shop saved/).waitFor();
    expect((await site.elbow.api.show('loadbalancer', id))['name']).toBe('lb-shop');
    await site.checkAccessibility();
    await site.screenshot('load-balancer-summary');
  });

  it('says what stands in the way of deleting it, and goes with everything when its name is typed', async () => {
    await site.goto('/lbs');
    await button('More operations for lb-shop').click();
    await site.page.getByRole('menuitem', { name: 'Delete' }).click();
    await site.page.getByText('Deletion protection is on.').waitFor();
    await button('Close').last().click();
    await site.elbow.api.update('loadbalancer', id, { deletion_protection_enable: false });
    await site.goto('/lbs');
    await button('More operations for lb-shop').click();
    await site.page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = site.page.getByRole('dialog');
    await dialog.getByRole('link', { name: 'web-https' }).waitFor();
    const ok = dialog.getByRole('button', { name: 'Delete', exact: true });
    expect(await ok.isDisabled()).toBe(true);
    await dialog.getByLabel('Delete with everything below').check();
    await site.checkAccessibility();
    await site.screenshot('load-balancer-delete');
    expect(await ok.isDisabled()).toBe(true);
    await dialog.getByLabel('Type lb-shop to confirm').fill('lb-shop');
    await ok.click();
    await site.page.getByText('No load balancer yet').waitFor();
    expect(await site.elbow.api.list('loadbalancer')).toEqual([]);
  });

  it('that is not there is said to be missing', async () => {
    site.expectError(/404/);
    await site.goto('/lbs/9d4cf2a7-0000-4000-8000-000000000000/summary');
    await site.page.getByText(/could not be found/).waitFor();
    await site.checkAccessibility();
  });
});
