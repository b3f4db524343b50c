import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LongLists, looking, openLongLists } from './long-lists-kit.ts';
import type { Site } from './open-console.ts';

let long: LongLists;
let site: Site;
let look: ReturnType<typeof looking>;
beforeAll(async () => {
  long = await openLongLists({ pools: 5_000, listeners: 1_500, members: 600 });
  ({ site } = long);
  look = looking(site);
}, 120_000);
afterAll(() => long?.close());

describe('thousands of', () => {
  it('backend server groups, also found by a server in them', async () => {
    await look.open(site, '/pools', '1–50 of 5,000');
    expect(await look.rowCount()).toBe(50);
    await site.goto('/pools?q=pool-4999');
    await site.page.getByRole('link', { name: 'pool-4999', exact: true }).waitFor();
    await site.page.getByLabel(/^Search by name/).fill('server-0599');
    await site.page.getByRole('link', { name: 'first', exact: true }).waitFor();
    await look.text('1 in total').waitFor();
    await site.goto(`/lbs/${long.ids.balancer}/pools`);
    await site.page.getByRole('link', { name: 'first', exact: true }).waitFor();
    await look.text('1 in total').waitFor();
  });

  it('servers of a group, and selections that go over pages', async () => {
    await look.open(site, `/pools/${long.ids.pool}/members`, '1–50 of 600');
    await site.page.getByRole('checkbox', { name: 'Select server-0001' }).check();
    await look.next();
    await site.page.getByRole('checkbox', { name: 'Select server-0051' }).check();
    await site.page
      .getByRole('region', { name: '2 selected' })
      .getByRole('button', { name: 'Drain' })
      .click();
    await site.page.getByRole('dialog').getByRole('button', { name: 'Drain' }).click();
    await site.page.getByRole('dialog').waitFor({ state: 'hidden' });
    const stored = await site.elbow.api.call('GET', `pools/${long.ids.pool}/members?weight=0`);
    expect(stored.json.members.map(({ name }: { readonly name: string }) => name)).toEqual([
      'server-0001',
      'server-0051',
    ]);
    await site.goto(`/pools/${long.ids.pool}/members?q=server-059`);
    await look.text('10 in total').waitFor();
    await site.screenshot('pool-members-many');
  });

  it('listeners of a load balancer', async () => {
    await look.open(site, `/lbs/${long.ids.balancer}/listeners`, '1–50 of 1,500');
    await site.page.getByLabel(/^Search by name/).fill('http/1007');
    await site.page.getByRole('link', { name: 'listener-0007', exact: true }).waitFor();
    await site.goto(`/lbs/${long.ids.balancer}/listeners?protocol=HTTPS`);
    await look.text('0 in total').waitFor();
  });
});
