import {
  aListener,
  askOnce,
  type BuiltListener,
  expectStatus,
  scriptedBackend,
  type ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let backend: ScriptedBackend;
let built: BuiltListener;
const answered = { ok: 9, missing: 3 };

beforeAll(async () => {
  site = await openConsole();
  backend = await scriptedBackend({
    name: 'shop',
    script: ({ target }) => ({
      kind: 'answer',
      status: target.startsWith('/missing') ? 404 : 200,
      body: 'x'.repeat(2000),
    }),
  });
  const { json } = expectStatus(await site.elbow.api.call('GET', 'flavors?type=L7'), 200);
  built = await aListener(site.elbow, {
    members: [backend],
    fields: { name: 'charted' },
    loadBalancer: { l7_flavor_id: json.flavors[0].id },
  });
  for (let count = 0; count < answered.ok; count += 1) await askOnce(built, `/ok/${count}`);
  for (let count = 0; count < answered.missing; count += 1) await askOnce(built, '/missing');
});
afterAll(async () => {
  await site?.close();
  await backend?.stop();
});

const page = () => site.page;
const chart = (title: string) =>
  page()
    .getByRole('figure')
    .filter({ has: page().getByText(title, { exact: true }) });
const legend = (title: string, line: string) =>
  chart(title).getByRole('listitem').filter({ hasText: line }).locator('strong');

describe('charts of a load balancer', () => {
  it('show the requests that were sent, and how they were answered', async () => {
    await site.goto(`/lbs/${built.loadBalancer.id}/monitoring`);
    const all = answered.ok + answered.missing;
    await legend('Requests', 'Requests')
      .filter({ hasText: `${all} in all` })
      .waitFor();
    await legend('Answers to clients', '2xx')
      .filter({ hasText: `${answered.ok} in all` })
      .waitFor();
    await legend('Answers to clients', '4xx')
      .filter({ hasText: `${answered.missing} in all` })
      .waitFor();
    await legend('Answers of servers', '4xx')
      .filter({ hasText: `${answered.missing} in all` })
      .waitFor();
    await legend('Errors to clients', '404')
      .filter({ hasText: `${answered.missing} in all` })
      .waitFor();
    await legend('New connections', 'New connections')
      .filter({ hasText: `${all} in all` })
      .waitFor();
    await chart('Use of the specification').waitFor();
    await site.checkAccessibility();
    await site.screenshot('monitoring');
  });

  it('are read from the keyboard, one point after the other', async () => {
    const slider = chart('Requests').getByRole('slider');
    await slider.focus();
    const last = Number(await slider.getAttribute('aria-valuemax'));
    expect(last).toBeGreaterThan(1);
    await page().keyboard.press('Home');
    expect(await slider.getAttribute('aria-valuenow')).toBe('0');
    await page().keyboard.press('End');
    await page().keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuenow')).toBe(String(last - 1));
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^Requests /);
    await slider.blur();
  });

  it('are drawn as high as what came', async () => {
    const marks = chart('Requests').locator('g[class^=mon-tone] > *');
    const drawn = await marks.evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('d') ?? ''}L0 ${one.getAttribute('cy') ?? 1000}`),
    );
    const heights = [...drawn.join('').matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    const base = Number(await chart('Requests').locator('line.mon-grid').first().getAttribute('y1'));
    expect(Math.min(...heights)).toBeLessThan(base);
  });

  it('look closer at a stretch that is dragged over, all together, and lead to its requests', async () => {
    const box = await chart('Requests').locator('svg[role=slider]').boundingBox();
    if (box === null) throw new Error('no chart');
    await page().mouse.move(box.x + box.width * 0.6, box.y + 40);
    await page().mouse.down();
    await page().mouse.move(box.x + box.width - 10, box.y + 40, { steps: 6 });
    await page().mouse.up();
    await page().getByRole('button', { name: 'Back to the time range' }).waitFor();
    const { searchParams } = new URL(page().url());
    const lengthMs = Number(searchParams.get('to')) - Number(searchParams.get('from'));
    expect(lengthMs).toBeGreaterThan(0);
    expect(lengthMs).toBeLessThan(3_600_000);
    const href = await page().getByRole('link', { name: 'Access log of this time' }).getAttribute('href');
    expect(href).toContain(`/lbs/${built.loadBalancer.id}/logs?since=`);
    await page().getByRole('button', { name: 'Back to the time range' }).click();
    await page().getByRole('button', { name: 'Back to the time range' }).waitFor({ state: 'detached' });
  });

  it('go back as far as is asked for, in the address bar', async () => {
    await page().getByText('1 day', { exact: true }).click();
    await page().getByText('A point for every 1 min').waitFor();
    expect(new URL(page().url()).searchParams.get('range')).toBe('1d');
    await legend('Requests', 'Requests').filter({ hasText: '12 in all' }).waitFor();
  });
});

it('charts of a listener and of a server group are of the same requests', async () => {
  await site.goto(`/listeners/${built.listener.id}/monitoring`);
  await legend('Requests', 'Requests').filter({ hasText: '12 in all' }).waitFor();
  await site.checkAccessibility();
  await site.goto(`/pools/${built.pool.id}/monitoring`);
  await legend('Requests to servers', 'Requests to servers').filter({ hasText: '12 in all' }).waitFor();
  await chart('Servers by health').waitFor();
  await expect.poll(() => chart('Answers to clients').count()).toBe(0);
  await site.checkAccessibility();
});
