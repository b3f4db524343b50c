import {
  aListener,
  type BuiltListener,
  freeAddress,
  type RawClient,
  scriptedBackend,
  type ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let backend: ScriptedBackend;
let built: BuiltListener;
const clients: RawClient[] = [];
let release: () => void = () => {};
const held = new Promise<void>((resolve) => {
  release = resolve;
});

beforeAll(async () => {
  site = await openConsole();
  backend = await scriptedBackend({
    name: 'shop',
    script: async ({ target }) => {
      if (target === '/slow') await held;
      return { kind: 'answer', status: 200, body: 'hello' };
    },
  });
});
afterAll(async () => {
  release();
  for (const client of clients) client.close();
  await site?.close();
  await backend?.stop();
});

const page = () => site.page;
const panel = () => page().getByRole('region', { name: 'Needs attention' });
const item = (text: string | RegExp) => panel().getByRole('listitem').filter({ hasText: text });

async function open(path: string): Promise<void> {
  const client = await built.connect();
  clients.push(client);
  client.write(`GET ${path} HTTP/1.1\r\nHost: www.example.test\r\n\r\n`);
  if (path !== '/slow') await client.answer();
}

describe('the overview', () => {
  it('leads to the first steps while there is nothing', async () => {
    await site.goto('/');
    await page().getByRole('heading', { name: 'No load balancer yet' }).waitFor();
  });

  it('is where the console begins, with how much there is of everything', async () => {
    built = await aListener(site.elbow, {
      members: [backend],
      fields: { name: 'shop', connection: 5 },
      loadBalancer: { name: 'edge' },
      pool: { name: 'shop-servers' },
    });
    await site.goto('/');
    await page().getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const tiles = page().locator('.ov-counts');
    await tiles.getByRole('link', { name: '1 Load balancers' }).waitFor();
    await tiles.getByRole('link', { name: '1 Backend servers 1 not checked' }).waitFor();
  });

  it('lists what needs somebody, with the way to it', async () => {
    await item('Certificate expires soon:')
      .getByText(/29 days left, until .* Used by 1 listener\./)
      .waitFor();
    for (let count = 0; count < 4; count += 1) await open(`/${count}`);
    await item('Many open connections: shop').getByText('80 % of the limit: 4 of 5 on one node.').waitFor();
    await site.elbow.api.addMember(built.pool.id, {
      name: 'gone',
      address: freeAddress(),
      protocol_port: 9,
    });
    await site.elbow.api.create('healthmonitor', {
      pool_id: built.pool.id,
      type: 'TCP',
      delay: 1,
      timeout: 1,
      max_retries: 1,
      max_retries_down: 1,
    });
    await item('Servers are down:').getByText('1 of 2 servers unhealthy.').waitFor();
    await panel()
      .getByText(/Listed here: listeners from 80 % of a limit, certificates with less than 30 days/)
      .waitFor();
    await site.checkAccessibility();
    await site.screenshot('overview');
    await item('Many open connections').getByRole('link', { name: 'shop' }).click();
    await page().waitForURL(`**/listeners/${built.listener.id}/monitoring`);
  });

  it('draws the traffic of everything together', async () => {
    await site.goto('/overview');
    const requests = page()
      .getByRole('figure')
      .filter({ has: page().getByText('Requests', { exact: true }) });
    await requests.getByRole('listitem').filter({ hasText: '4 in all' }).waitFor();
  });
});

describe('the servers of a group', () => {
  it('show how many requests each of them has in hand', async () => {
    await open('/slow');
    await backend.until(() => backend.requests.some(({ target }) => target === '/slow'), 'the slow request');
    await site.goto(`/pools/${built.pool.id}/members`);
    await page().getByRole('columnheader', { name: 'In flight' }).waitFor();
    const row = page()
      .getByRole('row')
      .filter({ hasText: `${backend.address}:${backend.port}` });
    await row.getByRole('cell', { name: '1', exact: true }).waitFor();
    release();
    await row.getByRole('cell', { name: '0', exact: true }).waitFor();
    await site.checkAccessibility();
  });
});

describe('a time range of one’s own', () => {
  const field = (label: string) => page().getByRole('form', { name: 'Custom time range' }).getByLabel(label);

  it('is typed in, judged, and shown by all charts', async () => {
    await site.goto(`/lbs/${built.loadBalancer.id}/monitoring`);
    await page().getByRole('button', { name: 'Custom …' }).click();
    const from = await field('From').inputValue();
    const show = page().getByRole('button', { name: 'Show' });
    await field('To').fill(from);
    await page().getByText('The end must be after the beginning.').waitFor();
    expect(await show.isDisabled()).toBe(true);
    const year = Number(from.slice(0, 4)) - 1;
    await field('From').fill(`${year}${from.slice(4)}`);
    await page().getByText('At most 7 days.').waitFor();
    await field('From').fill(from);
    const later = new Date(Date.parse(`${from}:00Z`) + 30 * 60_000).toISOString().slice(0, 16);
    await field('To').fill(later);
    await site.checkAccessibility();
    await show.click();
    await page().getByRole('button', { name: 'Back to the time range' }).waitFor();
    const { searchParams } = new URL(page().url());
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(30 * 60_000);
  });
});
