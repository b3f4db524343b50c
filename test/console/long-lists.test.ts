import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countBytes, type LongLists, looking, nameOf, openLongLists } from './long-lists-kit.ts';
import type { Site } from './open-console.ts';

let long: LongLists;
let site: Site;
let look: ReturnType<typeof looking>;
beforeAll(async () => {
  long = await openLongLists({ certificates: 5_000, groups: 5_000, entries: 10_000 });
  ({ site } = long);
  look = looking(site);
}, 120_000);
afterAll(() => long?.close());

describe('thousands of', () => {
  it('certificates come a page at a time; search and filters are in the address', async () => {
    const bytes = countBytes(site);
    await look.open(site, '/certificates', '1–50 of 5,000');
    expect(await look.rowCount()).toBe(50);
    expect(bytes()).toBeLessThan(1_000_000);
    await look.next();
    await look.text(nameOf('cert', 50)).waitFor();
    await site.page.getByLabel('Search by name, ID, domain or fingerprint').fill('cert-49');
    await look.text('1–50 of 100').waitFor();
    await site.goto('/certificates?q=cert-499&state=unused&type=server');
    await look.text('10 in total').waitFor();
    await site.goto('/certificates?state=expired');
    await look.text('0 in total').waitFor();
    await site.checkAccessibility();
  });

  it('IP address groups without their entries, and ten thousand entries of one', async () => {
    const bytes = countBytes(site);
    await look.open(site, '/ip-groups', '1–50 of 5,000');
    expect(bytes()).toBeLessThan(300_000);
    await site.goto('/ip-groups?q=10.0.39.15');
    await site.page.getByRole('link', { name: 'offices', exact: true }).waitFor();
    await look.text('1 in total').waitFor();
    await look.open(site, `/ip-groups/${long.ids.group}`, '1–50 of 10,000');
    await look.next();
    await look.text('10.0.0.50').waitFor();
    await site.page.getByLabel('Search by address or remark').fill('desk 9999');
    await look.text('10.0.39.15').waitFor();
    expect(await look.rowCount()).toBe(1);
  });
});
