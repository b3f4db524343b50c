import { aCertificate } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// The summary of a load balancer: addresses, subnets and what they have left; and what the table of its listeners can do.

let site: Site;
let id: string;
beforeAll(async () => {
  site = await openConsole({
    arguments: ['--backend-subnets', '127.8.0.0/29,127.8.1.0/24', '--public-addresses', '198.51.100.0/30'],
  });
  const made = await site.elbow.api.create('loadbalancer', { name: 'lb', availability_zone_list: ['az1'] });
  id = made.id;
});
afterAll(() => site?.close());

const button = (name: string | RegExp) => site.page.getByRole('button', { name });
const show = () => site.elbow.api.show('loadbalancer', id);

async function choose(label: string, option: string | RegExp): Promise<void> {
  await site.page.getByRole('dialog').getByLabel(label).click();
  await site.page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}

describe('the subnets of a load balancer', () => {
  it('show what is free and what is needed', async () => {
    await site.goto(`/lbs/${id}/summary`);
    await site.page.getByText('127.8.0.0/29', { exact: true }).waitFor();
    await site.page.getByText(/It needs 2 address\(es\)/).waitFor();
    await site.page.getByText(/Packet filters on these subnets/).waitFor();
    await expect.poll(() => site.page.getByText(/Not enough addresses/).count()).toBe(0);
  });

  it('run out in red, before a listener is refused', async () => {
    const certificate = await aCertificate(site.elbow);
    const { free } = await freeOf('127.8.0.0/29');
    for (let port = 0; port < free; port += 1)
      await site.elbow.api.create('listener', {
        name: `https-${port}`,
        loadbalancer_id: id,
        protocol: 'HTTPS',
        protocol_port: 8443 + port,
        default_tls_container_ref: certificate.id,
      });
    await site.goto(`/lbs/${id}/summary`);
    await site.page
      .getByText('Not enough addresses in the backend subnet: 0 free, 1 needed.', { exact: false })
      .waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancer-subnets-short');
  });

  it('become more', async () => {
    await button('Add subnet').first().click();
    await choose('Backend subnets', '127.8.1.0/24');
    await site.page.keyboard.press('Escape');
    await site.checkAccessibility();
    await site.screenshot('load-balancer-add-subnet');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Add subnet' }).click();
    await site.page.getByText('127.8.1.0/24', { exact: true }).waitFor();
    await site.page.getByText(/Not enough addresses/).waitFor({ state: 'hidden' });
    expect((await show()).elb_virsubnet_ids).toHaveLength(2);
  });

  const freeOf = async (cidr: string): Promise<{ free: number }> => {
    const { json } = await site.elbow.api.call('GET', '/elbow/v1/subnets');
    return json.subnets.find((one: { cidr: string }) => one.cidr === cidr);
  };
});

describe('the addresses of a load balancer', () => {
  it('are given a public one, and lose it again', async () => {
    await button('Bind public address').click();
    await choose('Public address', /^198\.51\.100\.1$/);
    await site.page.getByRole('dialog').getByRole('button', { name: 'Bind public address' }).click();
    await button('Release').waitFor();
    expect((await show()).publicips).toMatchObject([{ publicip_address: '198.51.100.1' }]);
    await button('Release').click();
    await site.page
      .getByRole('dialog')
      .getByText(/It can be given to another load balancer/)
      .waitFor();
    await site.page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await button('Bind public address').waitFor();
    expect((await show()).publicips).toEqual([]);
  });

  it('are changed, with a word about what that means', async () => {
    const before = (await show()).vip_address as string;
    await button('Change address').click();
    await site.page.getByText(`stop answering on ${before}`, { exact: false }).waitFor();
    await site.page.getByRole('dialog').getByLabel('IPv4 address').fill('127.77.7.7');
    await site.checkAccessibility();
    await site.screenshot('load-balancer-address');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await site.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect((await show()).vip_address).toBe('127.77.7.7');
  });
});

describe('a listener in the table', () => {
  const operation = async (name: string): Promise<void> => {
    await button('More operations for https-0').click();
    await site.page.getByRole('menuitem', { name }).click();
    await site.page.getByRole('dialog').waitFor();
  };

  it('is edited, copied and deleted from there', async () => {
    await site.goto(`/lbs/${id}/listeners`);
    await operation('Edit');
    await site.page.getByRole('dialog').getByLabel('Name', { exact: true }).waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancer-listener-edit');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await site.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await operation('Copy');
    await site.page.keyboard.press('Escape');
    await site.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await operation('Delete');
    await site.page.getByRole('dialog').getByRole('textbox').fill('DELETE');
    await site.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await site.page.getByRole('link', { name: 'https-0' }).waitFor({ state: 'hidden' });
    expect(await site.elbow.api.list('listener', '?name=https-0')).toEqual([]);
  });
});
