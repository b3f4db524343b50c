import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@elbow/store';
import { startElbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// Five thousand load balancers with two listeners each, all of them switched off: what counts is how they are listed.

const count = 5_000;
const quotas = ['--quotas', 'loadbalancer=-1,listener=-1'];
let site: Site;
let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'elbow-long-'));
  await fill(dataDir);
  site = await openConsole({ dataDir, arguments: quotas });
}, 180_000);
afterAll(async () => {
  await site?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** As many more rows like the one that the API has made. */
async function fill(directory: string): Promise<void> {
  const elbow = await startElbow({ dataDir: directory, workers: 1, arguments: quotas });
  const fields = { name: 'first', availability_zone_list: ['az1'], admin_state_up: false };
  const { id } = await elbow.api.create('loadbalancer', fields);
  const place = { loadbalancer_id: id, protocol: 'HTTP', protocol_port: 8080 };
  const listenerId = (await elbow.api.create('listener', place)).id;
  await elbow.stop();
  const store = await openStore({ directory });
  const [loadBalancer, listener] = await store.read(async (reader) => [
    await reader.find('loadBalancer', id),
    await reader.find('listener', listenerId),
  ]);
  if (loadBalancer === null || listener === null) throw new Error('the first ones are gone');
  await store.write(async (writer) => {
    for (let at = 1; at < count; at += 1) {
      const owner = uuid(at);
      const vipAddress = `127.${100 + (at >> 14)}.${(at >> 7) & 127}.${at & 127}`;
      const tags = [{ key: 'team', value: `t${at % 50}` }];
      await writer.insert('loadBalancer', { ...loadBalancer, id: owner, name: nameOf(at), vipAddress, tags });
      for (const port of [8080, 8081])
        await writer.insert('listener', {
          ...listener,
          id: uuid(at * 10 + port * 100_000),
          loadBalancerId: owner,
          port,
        });
    }
  });
  await store.close();
}

const nameOf = (at: number): string => `lb-${String(at).padStart(4, '0')}`;

function uuid(at: number): string {
  return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

const link = (name: string) => site.page.getByRole('link', { name, exact: true });
const range = (text: string) => site.page.getByText(text, { exact: true });
const search = () => site.page.getByLabel('Search by name, ID, address or tag');

/** Milliseconds that something takes to be on the screen. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return Math.round(performance.now() - startedMs);
}

describe('five thousand load balancers', () => {
  it('are shown a page at a time, and only that page is loaded', async () => {
    const sizes: number[] = [];
    site.page.on('response', (response) => {
      if (!/\/elb\/(loadbalancers|listeners)\?/.test(response.url())) return;
      void response.body().then(
        ({ byteLength }) => sizes.push(byteLength),
        () => null,
      );
    });
    const openedMs = await timed(async () => {
      await site.goto('/lbs');
      await link(nameOf(1)).waitFor();
    });
    await range('1–50 of 5,000').waitFor();
    await site.page.getByRole('link', { name: 'HTTP/8081' }).first().waitFor();
    await expect.poll(() => site.page.locator('tbody tr.ant-table-row').count()).toBe(50);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
    const nextMs = await timed(async () => {
      await site.page.getByRole('button', { name: 'Next page' }).click();
      await link(nameOf(50)).waitFor();
    });
    const searchMs = await timed(async () => {
      await search().fill('lb-4999');
      await range('1 in total').waitFor();
    });
    process.stdout.write(`${JSON.stringify({ openedMs, nextMs, searchMs, bytes: sizes })}\n`);
    await link(nameOf(4_999)).waitFor();
  });

  it('are found by words that the server looks for, and the place is in the address', async () => {
    await search().fill('team=t7 lb-1');
    await range('20 in total').waitFor();
    await search().fill('team=t7');
    await range('1–50 of 100').waitFor();
    await site.page.getByRole('button', { name: 'Next page' }).click();
    await range('51–100 of 100').waitFor();
    const { search: place } = new URL(site.page.url());
    expect(place).toMatch(/^\?q=team%3Dt7&page=2&after=/);
    await site.goto(`/lbs${place}`);
    await range('51–100 of 100').waitFor();
    await site.page.getByRole('button', { name: 'Previous page' }).click();
    await range('1–50 of 100').waitFor();
    await site.checkAccessibility();
    await site.screenshot('load-balancers-many');
  });

  it('can be changed many at a time: what is refused is said, each with its reason', async () => {
    const { api } = site.elbow;
    await api.update('loadbalancer', uuid(7), { deletion_protection_enable: true });
    await site.goto('/lbs?q=lb-000');
    await range('9 in total').waitFor();
    await site.page.getByRole('checkbox', { name: 'Select every row of this page' }).check();
    await site.page
      .getByRole('region', { name: '9 selected' })
      .getByRole('button', { name: 'Delete' })
      .click();
    const dialog = site.page.getByRole('dialog');
    const kept = dialog.getByRole('alert').filter({ hasText: 'Deletion protection keeps:' });
    await kept.getByText('lb-0007').waitFor();
    // Where the server alone knows that it is protected.
    await api.update('loadbalancer', uuid(8), { deletion_protection_enable: true });
    await dialog.getByText('Delete 8 load balancer(s)?').waitFor();
    await dialog.getByLabel('Delete with everything below').check();
    await site.checkAccessibility();
    await site.screenshot('load-balancers-bulk-delete');
    await dialog.getByLabel('Type DELETE to confirm').fill('DELETE');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    site.expectError(/409/);
    await dialog.getByText('1 of 8 were refused').waitFor();
    await dialog.getByText(/lb-0008: .*protect/).waitFor();
    await site.page.getByText('7 load balancer(s) deleted').first().waitFor();
    const left = await api.list('loadbalancer', '?search=lb-000');
    expect(left.map(({ name }) => name)).toEqual(['lb-0007', 'lb-0008']);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await site.page.getByRole('region', { name: '2 selected' }).waitFor();
  });

  it('are switched on together', async () => {
    await site.goto('/lbs?q=lb-100');
    await range('10 in total').waitFor();
    for (const at of [1001, 1002])
      await site.page.getByRole('checkbox', { name: `Select ${nameOf(at)}` }).check();
    await site.page
      .getByRole('region', { name: '2 selected' })
      .getByRole('button', { name: 'Enable' })
      .click();
    await site.page.getByRole('region').waitFor({ state: 'hidden' });
    const on = await site.elbow.api.list('loadbalancer', '?search=lb-100&admin_state_up=true');
    expect(on.map(({ name }) => name)).toEqual([nameOf(1_001), nameOf(1_002)]);
  });

  it('are saved for a spreadsheet, as many as match', async () => {
    await site.goto('/lbs?q=team%3Dt8');
    await range('1–50 of 100').waitFor();
    const waiting = site.page.waitForEvent('download');
    await site.page.getByRole('button', { name: 'Export' }).click();
    const stream = await (await waiting).createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const lines = Buffer.concat(parts).toString().trimEnd().split('\r\n');
    expect(lines).toHaveLength(101);
    expect(lines[0]).toMatch(/ID,Name,Description,Enabled,IPv4 address/);
    expect(lines[1]).toContain(nameOf(8));
  });
});
