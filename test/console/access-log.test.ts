import {
  aListener,
  askOnce,
  type BuiltListener,
  scriptedBackend,
  type ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let backend: ScriptedBackend;
let built: BuiltListener;

beforeAll(async () => {
  site = await openConsole();
  backend = await scriptedBackend({
    name: 'shop',
    script: ({ target }) => ({
      kind: 'answer',
      status: target.startsWith('/broken') ? 500 : 200,
      body: 'hello',
    }),
  });
  built = await aListener(site.elbow, { members: [backend], fields: { name: 'logged' } });
});
afterAll(async () => {
  await site?.close();
  await backend?.stop();
});

const page = () => site.page;
const row = (text: string) => page().getByRole('row').filter({ hasText: text });
const notice = (text: string | RegExp) => page().getByRole('status').filter({ hasText: text }).first();
const logSwitch = () => page().getByRole('switch', { name: 'Write an access log' });
const filter = (name: string) => page().getByRole('textbox', { name, exact: true });

it('says what it is while it is off, and writes nothing', async () => {
  await askOnce(built, '/before');
  await site.goto(`/lbs/${built.loadBalancer.id}/logs`);
  await page().getByText('The access log is off').waitFor();
  await expect.poll(() => row('/before').count()).toBe(0);
  await site.checkAccessibility();
  await site.screenshot('access-log-off');
});

it('is switched on, and shows requests as they arrive', async () => {
  await logSwitch().click();
  await notice(/switched on/).waitFor();
  await page().getByText('No request yet').waitFor();
  await askOnce(built, '/first?color=red');
  await row('/first?color=red').getByText('200').first().waitFor();
  await page().getByText('1 since it was opened').waitFor();
  await askOnce(built, '/broken/page');
  await row('/broken/page').getByText('500').first().waitFor();
});

it('finds by status and path, and keeps the filter in the address bar', async () => {
  await filter('Status').fill('5xx');
  await row('/first').waitFor({ state: 'detached' });
  await row('/broken/page').waitFor();
  expect(new URL(page().url()).searchParams.get('status')).toBe('5xx');
  await page().getByRole('button', { name: 'Clear filters' }).click();
  await row('/first').waitFor();
  await filter('Path or query').fill('color=red');
  await row('/broken').waitFor({ state: 'detached' });
  await filter('Path or query').fill('nowhere');
  await page().getByText('No request fits the filters.').waitFor();
  await page().getByRole('button', { name: 'Clear filters' }).click();
  await row('/broken/page').waitFor();
});

it('tells all of a request in words, and the line itself', async () => {
  await page().getByRole('button', { name: 'All fields of GET /broken/page' }).click();
  const port = `${backend.address}:${backend.port}`;
  await page().getByText(`${port}: 500, connected after`).waitFor();
  await page().getByRole('link', { name: 'logged' }).last().waitFor();
  await page().getByText('TLSv1.3, ').waitFor();
  await page()
    .locator('pre')
    .filter({ hasText: `listener_${built.listener.id}` })
    .waitFor();
  await site.checkAccessibility();
  await site.screenshot('access-log');
});

it('is switched off again, and what was written stays', async () => {
  await logSwitch().click();
  await notice(/switched off/).waitFor();
  await askOnce(built, '/after');
  await site.goto(`/lbs/${built.loadBalancer.id}/logs`);
  await row('/broken/page').waitFor();
  await expect.poll(() => row('/after').count()).toBe(0);
});
