import { runCommand, testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Lists in an order that the server makes, over all their pages.

let site: Site;
let poolId: string;
const count = 24;
const nameOf = (at: number): string => `edge-${at}`;

beforeAll(async () => {
  site = await openConsole();
  const { api } = site.elbow;
  // Neither in the order of their names nor of their addresses.
  for (let at = 0; at < count; at += 1)
    await api.create('loadbalancer', {
      name: nameOf((at * 7) % count),
      availability_zone_list: ['az1'],
      ip_target_enable: true,
      admin_state_up: at !== 5,
    });
  const pool = { name: 'web', protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
  poolId = (await api.create('pool', pool)).id;
  for (const [address, weight] of [
    ['127.0.9.10', 3],
    ['127.0.9.9', 7],
  ] as const)
    await api.addMember(poolId, { address, protocol_port: 80, weight });
  for (const days of [400, 20, 90]) await addCertificate(days);
  for (const [name, size] of [
    ['few', 1],
    ['many', 3],
    ['some', 2],
  ] as const)
    await api.create('ipgroup', { name, ip_list: entries(size) });
}, 60_000);
afterAll(async () => {
  await site?.close();
});

/** Of a name of its own, valid for so many days. */
async function addCertificate(days: number): Promise<void> {
  const files = await (await testAuthority()).issue(['www.example.test']);
  const words = ['x509', '-in', files.certificateFile, '-signkey', files.keyFile, '-days', String(days)];
  const { stdout } = await runCommand('openssl', words);
  const pem = { certificate: stdout, private_key: files.keyPem };
  await site.elbow.api.create('certificate', { ...pem, type: 'server', name: `for-${days}` });
}

const entries = (size: number) =>
  Array.from({ length: size }, (_, at) => ({ ip: `10.0.0.${(at * 9) % 20}`, description: `desk ${at}` }));

const heading = (name: string) => site.page.getByRole('columnheader', { name });
const button = (name: string) => heading(name).getByRole('button', { name, exact: true });
const place = (): string => new URL(site.page.url()).search;

/** Main texts of the first cells, once they are these. */
async function shows(expected: readonly string[]): Promise<void> {
  const cells = site.page.locator('tbody tr.ant-table-row .cell-main');
  await expect
    .poll(async () => (await cells.allTextContents()).slice(0, expected.length), { timeout: 10_000 })
    .toEqual(expected);
}

describe('the heading of a column', () => {
  it('puts the whole list in order, and the order is in the address', async () => {
    await site.goto('/lbs?size=20');
    await shows([nameOf(0), nameOf(7), nameOf(14)]);
    expect(await heading('Name/ID').getAttribute('aria-sort')).toBe('none');
    await button('Name/ID').click();
    await shows([nameOf(0), nameOf(1), nameOf(2), nameOf(3)]);
    expect([await heading('Name/ID').getAttribute('aria-sort'), place()]).toEqual([
      'ascending',
      '?size=20&sort=name',
    ]);
    await button('Name/ID').click();
    await shows([nameOf(23), nameOf(22), nameOf(21)]);
    expect(await heading('Name/ID').getAttribute('aria-sort')).toBe('descending');
    await site.page.getByRole('button', { name: 'Next page' }).click();
    await shows([nameOf(3), nameOf(2), nameOf(1), nameOf(0)]);
    expect(place()).toMatch(/^\?size=20&sort=name%3Adesc&page=2&after=/);
    await site.page.reload();
    await shows([nameOf(3), nameOf(2), nameOf(1), nameOf(0)]);
    await site.checkAccessibility();
    await site.page.getByRole('button', { name: 'Previous page' }).click();
    await shows([nameOf(23), nameOf(22)]);
    await button('Name/ID').click();
    await shows([nameOf(0), nameOf(7), nameOf(14)]);
    expect(place()).toBe('?size=20');
  });

  it('is reached and pressed with the keyboard, and begins at the first page', async () => {
    await site.goto('/lbs?size=20&sort=name');
    await site.page.getByRole('button', { name: 'Next page' }).click();
    await shows([nameOf(20)]);
    await button('Name/ID').focus();
    await site.page.keyboard.press('Tab');
    expect(await button('Status').evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
    await site.page.keyboard.press('Space');
    await expect.poll(() => heading('Status').getAttribute('aria-sort')).toBe('ascending');
    await site.page.keyboard.press('Enter');
    // Switched off: what needs nobody is at the end of its order.
    await shows([nameOf(35 % count)]);
    expect(place()).toBe('?size=20&sort=operating_status%3Adesc');
    await site.checkAccessibility();
    await site.screenshot('load-balancers-sorted');
  });

  it('goes together with the search', async () => {
    await site.goto('/lbs?sort=name:desc');
    await site.page.getByLabel('Search by name, ID, address or tag').fill('edge-1');
    await site.page.getByText('11 in total', { exact: true }).waitFor();
    await shows([nameOf(19), nameOf(18)]);
    expect(place()).toBe('?sort=name%3Adesc&q=edge-1');
  });

  it('of an order that the list does not have is left out', async () => {
    site.expectError(/400/);
    await site.goto('/lbs?sort=shoe_size');
    await shows([nameOf(0), nameOf(7)]);
    await expect.poll(place).toBe('');
  });
});

describe('other lists', () => {
  it('certificates are sorted by when they end', async () => {
    await site.goto('/certificates');
    await button('Expires').click();
    await shows(['for-20', 'for-90', 'for-400']);
    await button('Expires').click();
    await shows(['for-400', 'for-90', 'for-20']);
    await site.checkAccessibility();
  });

  it('IP address groups by how long they are, and their entries by address', async () => {
    await site.goto('/ip-groups?sort=ip_count:desc');
    await shows(['many', 'some', 'few']);
    await site.page.getByRole('link', { name: 'many', exact: true }).click();
    const addresses = site.page.locator('tbody tr.ant-table-row code');
    await button('Address').click();
    await button('Address').click();
    await expect.poll(() => addresses.allTextContents()).toEqual(['10.0.0.18', '10.0.0.9', '10.0.0.0']);
    await site.checkAccessibility();
  });

  it('members by address and weight', async () => {
    await site.goto(`/pools/${poolId}`);
    await button('Name/address').click();
    await shows(['127.0.9.9:80', '127.0.9.10:80']);
    await button('Weight').click();
    await shows(['127.0.9.10:80', '127.0.9.9:80']);
    await site.checkAccessibility();
  });

  it('backend server groups and users', async () => {
    await site.goto('/pools');
    await button('Servers').click();
    await shows(['web']);
    await site.goto('/system/users?sort=name:desc');
    await heading('Name').waitFor();
    expect(await heading('Name').getAttribute('aria-sort')).toBe('descending');
    await site.checkAccessibility();
  });
});
