import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// The daemon is real; what a slow or failing node would make it say is written into its answers on their way.

let site: Site;
let path: string;
beforeAll(async () => {
  site = await openConsole();
  const made = await site.elbow.api.create('loadbalancer', { name: 'lb', availability_zone_list: ['az1'] });
  path = `/lbs/${made.id}/summary`;
});
afterEach(() => site.page.unrouteAll());
afterAll(() => site?.close());

const flip = () => site.page.getByRole('switch', { name: 'Deletion protection' }).click();
const notice = () => site.page.getByRole('status').filter({ hasText: 'Load balancer lb saved' });

/** Writes answer before the workers have followed. */
const answerPending = () =>
  site.page.route('**/elb/loadbalancers/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'x-elbow-live': 'pending' };
    await route.fulfill({ response, headers });
  });

describe('a saved change', () => {
  it('is live at once, with the milliseconds of the server', async () => {
    await site.goto(path);
    await flip();
    await notice()
      .filter({ hasText: /Live on every worker in \d+ ms/ })
      .waitFor();
  });

  it('is followed node by node while it is on its way', async () => {
    await answerPending();
    let isBehind = true;
    await site.page.route('**/elbow/v1/nodes', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { nodes: { workers: { revision: number }[] }[] };
      for (const node of isBehind ? body.nodes : []) for (const worker of node.workers) worker.revision = 0;
      await route.fulfill({ response, json: body });
    });
    await site.goto(path);
    await flip();
    await notice().filter({ hasText: 'Applied on 0 of 1 nodes' }).waitFor();
    await expect.poll(() => notice().count()).toBe(1);
    isBehind = false;
    await notice().filter({ hasText: 'Live on every worker' }).waitFor();
  });

  it('is never green when a node does not serve it, and gives the reason', async () => {
    const id = path.split('/')[2] ?? '';
    const troubles = [{ kind: 'listener', id, reason: 'port 443 is taken by another program' }];
    await site.page.route('**/elbow/v1/troubles', (route) => route.fulfill({ json: { troubles } }));
    await site.goto(path);
    await flip();
    await notice().filter({ hasText: 'not served as asked: port 443 is taken' }).waitFor();
    await expect.poll(() => notice().filter({ hasText: 'Live on' }).count()).toBe(0);
    await site.page.getByText('Config error').waitFor();
    await site.checkAccessibility();
  });
});
