import { runCommand } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
beforeAll(async () => {
  site = await openConsole();
});
afterAll(() => site?.close());

const page = () => site.page;
const live = () => page().getByRole('log', { name: 'Requests, as they arrive' });

it('leads from nothing to an HTTPS listener that answers, with one click', async () => {
  await site.goto('/lbs');
  await page().getByText('No load balancer yet').waitFor();
  await site.checkAccessibility();
  await site.screenshot('first-visit');
  await page().getByRole('button', { name: 'Try it with a demo' }).click();
  await page().getByRole('heading', { name: 'It answers' }).waitFor();
  await live().getByText('Waiting for the first request').waitFor();
  const command = (await page().locator('.try-command code').textContent()) ?? '';
  expect(command).toMatch(/^curl -k https:\/\/[\d.]+:\d+\/$/);
  const [program = '', ...words] = command.split(' ');
  for (const expected of ['1', '2']) {
    const { stdout } = await runCommand(program, ['-sS', '--noproxy', '*', '--max-time', '10', ...words]);
    expect(stdout).toMatch(/Demo backend [12] answers\./);
    await live()
      .getByText('GET /')
      .nth(Number(expected) - 1)
      .waitFor();
  }
  await live()
    .getByText(/answered by 127\.0\.0\.1:\d+ after \d+ ms/)
    .first()
    .waitFor();
  await site.checkAccessibility();
  await site.screenshot('try-out');
});

it('shows the way of a request on the summary, from listener to server', async () => {
  const [balancer] = await site.elbow.api.list('loadbalancer');
  const [listener] = await site.elbow.api.list('listener');
  expect(balancer).toMatchObject({ name: 'demo' });
  await site.goto(`/lbs/${balancer?.id}/summary`);
  const map = page().getByRole('region', { name: 'Resource map' });
  await map.getByRole('link', { name: /demo-https/ }).waitFor();
  await map.getByText('2 of 2 healthy').waitFor({ timeout: 40_000 });
  await site.checkAccessibility();
  await site.screenshot('resource-map');
  await expect.poll(() => map.getByRole('link', { name: /127\.0\.0\.1/ }).count()).toBe(2);
  await map.getByRole('link', { name: /demo-servers/ }).click();
  await page().getByRole('heading', { level: 1, name: 'demo-servers' }).waitFor();
  await page().goBack();
  await map.getByRole('link', { name: /demo-https/ }).click();
  await page().waitForURL(`**/listeners/${listener?.id}/summary`);
});

it('is found again, and removed without a trace', async () => {
  await site.goto('/try-out');
  await page().getByRole('heading', { name: 'It answers' }).waitFor();
  await page().getByRole('button', { name: 'Remove the demo' }).click();
  await page().waitForURL('**/lbs');
  await page().getByText('No load balancer yet').waitFor();
  for (const kind of ['loadbalancer', 'listener', 'pool', 'certificate'] as const)
    expect(await site.elbow.api.list(kind)).toEqual([]);
  const { json } = await site.elbow.api.call('GET', '/elbow/v1/demo/backends');
  expect(json.backends).toEqual([]);
});

it('says which part could not be made, and goes on from there', async () => {
  site.expectError(/503/);
  let failures = 0;
  await page().route('**/elbow/v1/demo/backends', async (route) => {
    if (route.request().method() !== 'POST' || failures > 0) return route.continue();
    failures += 1;
    return route.fulfill({
      status: 503,
      contentType: 'application/json',
      body: JSON.stringify({
        error_code: 'ELB.0001',
        error_msg: 'no room for more servers',
        request_id: 'r1',
      }),
    });
  });
  await site.goto('/try-out');
  await page().getByRole('button', { name: 'Set it up' }).click();
  await page().getByText('no room for more servers').waitFor();
  await site.checkAccessibility();
  await page().getByRole('button', { name: 'Try again' }).click();
  await page().getByRole('heading', { name: 'It answers' }).waitFor();
  expect(await site.elbow.api.list('loadbalancer')).toHaveLength(1);
  expect(await site.elbow.api.list('certificate')).toHaveLength(1);
});
