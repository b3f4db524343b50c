import { expectStatus, scriptedBackend, type ScriptedBackend, serverName, poll } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPolicy, conditions, routed, type Routed, rule } from '../conformance/policy-kit.ts';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
let basic: Routed;
let shop: Routed;
let spare: ScriptedBackend;
const advanced = { name: 'shop', enhance_l7policy_enable: true };

beforeAll(async () => {
  site = await openConsole();
  shop = await routed(site.elbow, ['green', 'blue'], advanced);
  basic = await routed(site.elbow, ['old'], { name: 'plain' });
  spare = await scriptedBackend({ name: 'spare' });
  for (const name of ['green', 'blue'])
    await site.elbow.api.update('pool', shop.pools[name] ?? '', { name: `${name}-servers` });
});
afterAll(async () => {
  await spare?.stop();
  await site?.close();
  await shop?.stop();
  await basic?.stop();
});

const page = () => site.page;
const policiesOf = (routed: Routed) => site.goto(`/listeners/${routed.listener.listener.id}/policies`);
const card = (name: string | RegExp) => page().getByRole('article', { name });
const drawer = () => page().getByRole('dialog');
const button = (name: string | RegExp) => page().getByRole('button', { name });
const notice = (text: string | RegExp) => page().getByRole('status').filter({ hasText: text }).first();
const stored = async (routed: Routed) => {
  const { id } = routed.listener.listener;
  const query = `l7policies?listener_id=${id}&display_all_rules=true`;
  const { json } = expectStatus(await site.elbow.api.call('GET', query), 200);
  return (json.l7policies as readonly any[]).toSorted((a, b) => a.priority - b.priority); // oxlint-disable-line typescript/no-explicit-any -- bodies of every shape
};
/** Which member answers, over the real wire. */
const memberFor = async (path: string, ...words: readonly string[]) => {
  const { stdout } = await shop.listener.curl(path, '-D', '-', '-o', '/dev/null', ...words);
  return /^x-member: (\S+)/im.exec(stdout)?.[1] ?? stdout.split('\r\n')[0];
};

async function choose(label: string | RegExp, option: string | RegExp): Promise<void> {
  await page().getByRole('combobox', { name: label }).click();
  await page().locator('.ant-select-dropdown:visible').getByText(option).first().click();
}

async function chips(label: string, ...values: readonly string[]): Promise<void> {
  const box = drawer().getByRole('combobox', { name: label });
  for (const value of values) {
    await box.fill(value);
    await box.press('Enter');
  }
}

/** Removes the last chip. The box does not hear Backspace for a moment after Enter, so that nobody removes one by typing on. */
async function takeBack(label: string, value: string): Promise<void> {
  const box = drawer().getByRole('combobox', { name: label });
  const chip = drawer().getByText(value, { exact: true });
  await poll(
    async () => {
      await box.press('Backspace');
      return (await chip.count()) === 0;
    },
    { timeoutMs: 10_000, everyMs: 300, what: 'the chip to go' },
  );
}

describe('forwarding policies', () => {
  it('begin with the default alone', async () => {
    await policiesOf(shop);
    await page().getByText('No forwarding policy yet').waitFor();
    await card('Default').waitFor();
    await site.checkAccessibility();
  });

  it('are made with conditions, and the wire does what the card says', async () => {
    await button('Add policy').click();
    await drawer().getByRole('textbox', { name: 'Name' }).fill('api');
    await chips('Condition 1: values', 'v2');
    await drawer()
      .getByText(/beginning with \//)
      .waitFor();
    await takeBack('Condition 1: values', 'v2');
    await chips('Condition 1: values', '/api', '/v2');
    await button('Add condition').click();
    await choose('Condition 2: type', 'HTTP header');
    await drawer().getByRole('textbox', { name: 'Condition 2: name' }).fill('X-Tier');
    await chips('Condition 2: values', 'gold*');
    await choose('Server group 1', /green-servers/);
    await button('Add server group').click();
    await choose('Server group 2', /blue-servers/);
    await drawer().getByRole('spinbutton', { name: 'Weight of server group 1' }).fill('3');
    await drawer().getByText('75 %').waitFor();
    await site.checkAccessibility();
    await site.screenshot('policy-add');
    await drawer().getByRole('button', { name: 'Add policy' }).click();
    await notice('Policy api created').waitFor();
    await card('api').getByText('75 %').waitFor();
    const [policy] = await stored(shop);
    expect(policy.redirect_pools_config.map(({ weight }: { weight: number }) => weight)).toEqual([3, 1]);
    expect(policy.rules.map(({ type }: { type: string }) => type).toSorted()).toEqual(['HEADER', 'PATH']);
    const members = [];
    for (let count = 0; count < 4; count += 1)
      members.push(await memberFor('/api/x', '-H', 'X-Tier: golden'));
    expect(members.toSorted()).toEqual(['blue', 'green', 'green', 'green']);
    expect(await memberFor('/api/x')).toBe('default');
  });

  it('redirect with a live example, and say what would go in a circle', async () => {
    await button('Add policy').click();
    await drawer().getByRole('textbox', { name: 'Name' }).fill('moved');
    await chips('Condition 1: values', '/old');
    await drawer().getByRole('radio', { name: 'Redirect to a URL' }).check();
    const { port } = shop.listener;
    await drawer().getByRole('textbox', { name: 'Port', exact: true }).fill(String(port));
    await drawer().getByText('This leads back to the listener itself').waitFor();
    await drawer().getByRole('textbox', { name: 'Host', exact: true }).fill('new.example.test');
    await drawer().getByRole('textbox', { name: 'Query', exact: true }).fill('from=');
    await drawer().getByRole('button', { name: 'Query: Insert ${query}' }).click();
    await drawer().getByText(`https://new.example.test:${port}/shop/cart?from=lang=en`).waitFor();
    await button('Add action').click();
    await page().getByRole('menuitem', { name: 'Write headers' }).click();
    await drawer().getByRole('textbox', { name: 'Header 1: name' }).fill('X-Why');
    await drawer().getByRole('textbox', { name: 'Header 1: value' }).fill('moved');
    await site.checkAccessibility();
    await site.screenshot('policy-redirect');
    await drawer().getByRole('button', { name: 'Add policy' }).click();
    await card('moved').waitFor();
    await drawer().waitFor({ state: 'detached' });
    const { stdout } = await shop.listener.curl('/old/x?y=1', '-D', '-', '-o', '/dev/null');
    expect(stdout).toMatch(/^HTTP\/\S+ 301/);
    expect(stdout).toMatch(new RegExp(`location: https://new.example.test:${port}/old/x\\?from=y=1`, 'i'));
    expect(stdout).toMatch(/x-why: moved/i);
  });

  it('answer by themselves with what the preview shows', async () => {
    await button('Add policy').click();
    await drawer().getByRole('textbox', { name: 'Name' }).fill('tea');
    await choose('Condition 1: operator', 'fits expression');
    await chips('Condition 1: values', '/tea(/.*)?');
    await drawer().getByRole('textbox', { name: 'Test the expression on a path' }).fill('/tea/green');
    await drawer().getByText('It fits.').waitFor();
    await drawer().getByRole('radio', { name: 'Return a fixed response' }).check();
    await drawer().getByRole('textbox', { name: 'Status code' }).fill('418');
    await drawer().getByRole('textbox', { name: 'Body' }).fill('short and stout');
    await drawer().locator('figure pre').filter({ hasText: 'HTTP/1.1 418' }).waitFor();
    await drawer().getByRole('button', { name: 'Add policy' }).click();
    await card('tea').getByText('Answer 418').waitFor();
    await drawer().waitFor({ state: 'detached' });
    const { stdout } = await shop.listener.curl('/tea/green', '-i');
    expect(stdout).toMatch(/^HTTP\/\S+ 418/);
    expect(stdout).toMatch(/short and stout$/);
  });

  it('say beside the field what the server refuses', async () => {
    site.expectError(/400/);
    await button('Edit policy tea').click();
    await drawer().getByRole('textbox', { name: 'Status code' }).fill('302');
    await drawer().getByRole('button', { name: 'Save' }).click();
    await drawer()
      .getByText(/Must be 200-299, 400-499 or 500-599/)
      .waitFor();
    await drawer().getByRole('button', { name: 'Cancel' }).click();
    await drawer().waitFor({ state: 'detached' });
  });
});

describe('the try-it box', () => {
  it('shows which policy wins, why earlier ones did not, and agrees with the wire', async () => {
    const everything = { listener_id: shop.listener.listener.id, name: 'teapots' };
    await aPolicy(site.elbow, {
      ...everything,
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: shop.pools['green'],
      rules: [rule('PATH', 'STARTS_WITH', '/tea')],
    });
    await policiesOf(shop);
    const box = page().getByRole('region', { name: 'Try a request' });
    await box
      .getByRole('textbox', { name: 'URL' })
      .fill(`https://${serverName}:${shop.listener.port}/tea/green`);
    await box.getByRole('button', { name: 'Try it' }).click();
    await card('tea').getByText('This one wins').waitFor();
    await card('api')
      .getByText(/Header X-Tier is missing, not gold\*/)
      .waitFor();
    await card('moved').getByText('Path is /tea/green, not /old').waitFor();
    await card('teapots').getByText('Not reached').waitFor();
    await box.getByText('Answered with 418').waitFor();
    await site.checkAccessibility();
    await site.screenshot('policies');
    expect(await memberFor('/tea/green')).toMatch(/418/);
  });
});

describe('the order', () => {
  it('is changed from the keyboard, saved at once, and decides on the wire', async () => {
    await button('Sort').click();
    const up = button('Move teapots up');
    await up.focus();
    for (let step = 0; step < 3; step += 1) await page().keyboard.press('Enter');
    await page().getByText('teapots is now 1 of 4').waitFor();
    await site.checkAccessibility();
    await site.screenshot('policies-sort');
    await button('Save order').click();
    await notice('Order of the policies saved').waitFor();
    const names = (await stored(shop)).map(({ name, priority }) => [name, priority]);
    expect(names).toEqual([
      ['teapots', 1],
      ['api', 2],
      ['moved', 3],
      ['tea', 4],
    ]);
    expect(await memberFor('/tea/green')).toBe('green');
    const box = page().getByRole('region', { name: 'Try a request' });
    await box
      .getByRole('textbox', { name: 'URL' })
      .fill(`https://${serverName}:${shop.listener.port}/tea/green`);
    await box.getByRole('button', { name: 'Try it' }).click();
    await card('teapots').getByText('This one wins').waitFor();
    await box.getByText('What the server is sent').waitFor();
    await box.getByText('Forwarded', { exact: true }).waitFor();
  });

  it('is changed by dragging', async () => {
    await button('Sort').click();
    const handle = page().getByTitle('Drag teapots');
    const target = page().getByRole('article', { name: 'tea', exact: true });
    const from = await handle.boundingBox();
    const to = await target.boundingBox();
    if (from === null || to === null) throw new Error('nothing to drag');
    await page().mouse.move(from.x + 5, from.y + 5);
    await page().mouse.down();
    await page().mouse.move(from.x + 5, to.y + to.height / 2, { steps: 8 });
    await page().mouse.up();
    await page().getByText('teapots is now 4 of 4').waitFor();
    await button('Save order').click();
    await button('Sort').waitFor();
    expect((await stored(shop)).at(-1)?.name).toBe('teapots');
    expect(await memberFor('/tea/green')).toMatch(/418/);
  });

  it('is not overwritten when somebody else has changed it', async () => {
    await button('Sort').click();
    await button('Move tea up').click();
    const [first, second] = await stored(shop);
    const swapped = [
      { id: first.id, priority: second.priority },
      { id: second.id, priority: first.priority },
    ];
    expectStatus(
      await site.elbow.api.call('POST', 'l7policies/batch-update-priority', { l7policies: swapped }),
      202,
    );
    await button('Save order').click();
    await page().getByText('The order was changed by someone else. Reload.').waitFor();
    await site.checkAccessibility();
    expect((await stored(shop))[0]?.name).toBe(second.name);
    await button('Reload').click();
    await card(second.name).getByLabel('Policy 1').waitFor();
  });
});

describe('basic forwarding', () => {
  it('has host and path only, and no order to be made', async () => {
    await policiesOf(basic);
    await page()
      .getByText(/Basic forwarding: conditions are host and path only/)
      .waitFor();
    await button('Add policy').click();
    await drawer().getByRole('textbox', { name: 'Name' }).fill('static');
    await chips('Condition 1: values', '/static');
    expect(await drawer().getByRole('radio', { name: 'Redirect to a URL' }).isDisabled()).toBe(true);
    await page().getByRole('combobox', { name: 'Condition 1: type' }).click();
    await expect
      .poll(() => page().locator('.ant-select-dropdown:visible').getByText('Cookie').count())
      .toBe(0);
    await page().keyboard.press('Escape');
    await page().getByRole('combobox', { name: 'Server group 1' }).click();
    await page().locator('.ant-select-dropdown:visible .ant-select-item-option').last().click();
    await drawer().getByRole('button', { name: 'Add policy' }).click();
    await card('static').waitFor();
    await expect.poll(() => button('Sort').count()).toBe(0);
    await site.checkAccessibility();
    await site.screenshot('policies-basic');
  });

  it('is deleted with a word on what happens then', async () => {
    await button('Delete policy static').click();
    await page()
      .getByText(/go to the next policy that matches/)
      .waitFor();
    await page().getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await card('static').waitFor({ state: 'detached' });
    expect(await stored(basic)).toEqual([]);
  });
});

describe('conditions of every kind', () => {
  it('are said in words', async () => {
    await aPolicy(site.elbow, {
      listener_id: shop.listener.listener.id,
      name: 'all kinds',
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: shop.pools['blue'],
      rules: [
        conditions('HOST_NAME', '', '*.example.test'),
        conditions('METHOD', '', 'POST', 'PUT'),
        conditions('QUERY_STRING', 'lang', 'de'),
        conditions('COOKIE', 'tier', 'gold'),
        conditions('SOURCE_IP', '', '127.0.0.0/8'),
      ],
    });
    await policiesOf(shop);
    const one = card('all kinds');
    for (const text of [
      'Domain name is',
      'Method is',
      'Query parameter lang is',
      'Cookie tier is',
      'Client address is in',
    ])
      await one.getByText(text).waitFor();
    await button('Edit policy all kinds').click();
    await button('Add condition').click();
    await drawer().getByText('conditions 6/10').waitFor();
    await drawer().getByRole('button', { name: 'Cancel' }).click();
  });
});
