import { aLoadBalancer, type WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let balancer: WireResource;
beforeAll(async () => {
  site = await openConsole();
  balancer = await aLoadBalancer(site.elbow, { name: 'tagged' });
});
afterAll(() => site?.close());

const page = () => site.page;
const field = (name: string) => page().getByRole('textbox', { name, exact: true });
const stored = async () => (await site.elbow.api.show('loadbalancer', balancer.id))['tags'];
const add = async (key: string, value: string) => {
  await field('Key').fill(key);
  await field('Value').fill(value);
  await page().getByRole('button', { name: 'Add tag' }).click();
};

it('are added, given another value, and deleted', async () => {
  await site.goto(`/lbs/${balancer.id}/tags`);
  await page().getByText('No tags yet.').waitFor();
  await add('team', 'web');
  await page().getByText('1 of 20 tags').waitFor();
  await add('stage', 'test');
  await page().getByText('2 of 20 tags').waitFor();
  await page().getByRole('button', { name: 'Edit: Value of stage' }).click();
  await field('Value of stage').fill('live');
  await page().keyboard.press('Enter');
  await page().getByRole('cell', { name: 'live' }).waitFor();
  expect(await stored()).toEqual([
    { key: 'team', value: 'web' },
    { key: 'stage', value: 'live' },
  ]);
  await site.checkAccessibility();
  await site.screenshot('tags');
  await page().getByRole('button', { name: 'Delete tag team' }).click();
  await page().getByText('1 of 20 tags').waitFor();
  expect(await stored()).toEqual([{ key: 'stage', value: 'live' }]);
});

it('refuse a key that is there', async () => {
  await add('stage', 'other');
  await page().getByText('This key is in use. Change its value instead.').waitFor();
  expect(await stored()).toEqual([{ key: 'stage', value: 'live' }]);
});

it('end at twenty', async () => {
  const tags = Array.from({ length: 20 }, (_, at) => ({ key: `k${at}`, value: '' }));
  const { project_id: project } = site.elbow.credentials;
  const path = `/v3/${project}/loadbalancers/${balancer.id}/tags/action`;
  const rest = tags.slice(1);
  await site.elbow.api.call('POST', path, { action: 'create', tags: rest });
  await site.goto(`/lbs/${balancer.id}/tags`);
  await page().getByText('20 of 20 tags').waitFor();
  await page().getByText('20 tags at most.').waitFor();
  await expect.poll(() => page().getByRole('button', { name: 'Add tag' }).count()).toBe(0);
});
