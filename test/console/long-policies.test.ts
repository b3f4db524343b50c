import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LongLists, looking, openLongLists, uuid } from './long-lists-kit.ts';
import type { Site } from './open-console.ts';

let long: LongLists;
let site: Site;
let look: ReturnType<typeof looking>;
beforeAll(async () => {
  long = await openLongLists({ policies: 1_000 });
  ({ site } = long);
  look = looking(site);
}, 120_000);
afterAll(() => long?.close());

describe('a thousand', () => {
  it('forwarding policies of a listener, searched and sorted over pages', async () => {
    await look.open(site, `/listeners/${long.ids.listener}/policies`, '1–50 of 1,000');
    await expect.poll(() => site.page.getByRole('article').count()).toBe(51);
    await site.page.getByLabel('Search by name, condition or ID').fill('/p777');
    await site.page.getByRole('article', { name: 'policy-0777' }).waitFor();
    await site.page.getByLabel('Search by name, condition or ID').fill('');
    await site.page.getByRole('button', { name: 'Sort' }).click();
    const place = site.page.getByLabel('Place of policy-0003');
    await place.fill('999');
    await place.press('Enter');
    await site.page.getByLabel('Rows per page').click();
    await site.page.getByText('200 per page').click();
    for (let page = 1; page < 5; page += 1) await look.next();
    await site.page.getByRole('article', { name: 'policy-0003' }).waitFor();
    await site.checkAccessibility();
    await site.page.getByRole('button', { name: 'Save order' }).click();
    await site.page.getByText('Order of the policies saved').waitFor({ timeout: 30_000 });
    const { json } = await site.elbow.api.call('GET', `l7policies/${uuid(3)}`);
    expect(json.l7policy.priority).toBe(999);
  });
});
