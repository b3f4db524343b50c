import {
  aCertificate,
  aLoadBalancer,
  runCommand,
  type ScriptedBackend,
  scriptedBackend,
  serverName,
  testAuthority,
  untilMember,
  type WireResource,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// The whole procedure of the page without a mouse: what is focused is what a person who cannot see it is told.

let site: Site;
let loadBalancer: WireResource;
let backend: ScriptedBackend;
beforeAll(async () => {
  site = await openConsole();
  loadBalancer = await aLoadBalancer(site.elbow, { name: 'lb-keys' });
  await aCertificate(site.elbow);
  backend = await scriptedBackend();
});
afterAll(async () => {
  await site?.close();
  await backend?.stop();
});

const press = (key: string) => site.page.keyboard.press(key);
const type = (text: string) => site.page.keyboard.type(text);

/** How assistive technology would call what has the focus, and whether a ring shows where it is. */
async function focused(): Promise<{ readonly name: string; readonly isSeen: boolean }> {
  return (await site.page.evaluate(`(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { name: '', isSeen: true };
    const labelled = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
    const label = one.getAttribute('aria-label') ?? (labelled || (one.labels?.[0]?.textContent ?? one.textContent));
    let box = one;
    let isSeen = false;
    for (let depth = 0; depth < 4 && box !== null && !isSeen; depth += 1, box = box.parentElement) {
      const { outlineStyle, boxShadow, borderColor } = getComputedStyle(box);
      isSeen = outlineStyle !== 'none' || boxShadow !== 'none' || one.matches('input, textarea');
    }
    return { name: label.trim(), isSeen };
  })()`)) as { readonly name: string; readonly isSeen: boolean };
}

/** Goes on with Tab until something of this name has the focus; everything on the way has a name and can be seen. */
async function tabTo(name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < 90; count += 1) {
    await press('Tab');
    const { name: here, isSeen } = await focused();
    if (typeof name === 'string' ? here === name : name.test(here)) {
      expect(isSeen, `focus on ${here}`).toBe(true);
      return;
    }
    passed.push(here);
  }
  throw new Error(`no way to ${name} by Tab; passed ${passed.join(' | ')}`);
}

async function replaceText(text: string): Promise<void> {
  await press('ControlOrMeta+a');
  await type(text);
}

const heading = (step: string) => site.page.locator('.wz-step-here').getByText(step).waitFor();

describe('without a mouse', () => {
  it('one gets from the list to the wizard', async () => {
    await site.goto('/lbs');
    await press('Tab');
    await press('Enter');
    await tabTo('lb-keys');
    await press('Enter');
    await site.page.waitForURL(`**/lbs/${loadBalancer.id}/**`);
    await site.page.getByRole('tab', { name: 'Summary' }).focus();
    await press('ArrowRight');
    await press('Enter');
    await site.page.getByRole('button', { name: 'Add listener' }).first().waitFor();
    await tabTo(/Add listener$/);
    await press('Enter');
    await site.page.waitForURL('**/listeners/new');
    await site.page.getByLabel('Frontend port').waitFor();
  });

  it('the first step is filled in: text, number, choices, fold, select and switch', async () => {
    await tabTo('Name');
    await replaceText('by keys');
    await tabTo(/^HTTPS/);
    await press('ArrowRight');
    expect((await focused()).name).toMatch(/^HTTP(?!S)/);
    await press('ArrowLeft');
    await tabTo('Frontend port');
    await replaceText('8444');
    await tabTo(/^One-way/);
    await tabTo('Enable SNI');
    await press('Space');
    expect(await site.page.getByRole('switch', { name: 'Enable SNI' }).isChecked()).toBe(true);
    await press('Space');
    await tabTo('Access control');
    await tabTo('Advanced forwarding');
    await tabTo(/Advanced settings/);
    await press('Enter');
    await tabTo('Security policy');
    await press('Enter');
    const option = site.page.locator('.ant-select-item-option').filter({ visible: true });
    await option.filter({ hasText: 'tls-1-2-strict' }).first().waitFor();
    await type('tls-1-2-fs-with-1-3');
    await option.filter({ hasText: 'tls-1-2-strict' }).first().waitFor({ state: 'detached' });
    await option.and(site.page.locator('.ant-select-item-option-active')).waitFor();
    await press('Enter');
    await option.first().waitFor({ state: 'detached' });
    await expect
      .poll(() => site.page.locator('[data-field=policy] .ant-select').innerText())
      .toContain('tls-1-2-fs-with-1-3');
    await tabTo('Idle timeout');
    await replaceText('75');
    await tabTo('Description');
    await type('without a mouse');
  });

  it('what is wrong gets the focus', async () => {
    await site.page.getByLabel('Frontend port').focus();
    await replaceText('0');
    await tabTo(/^Next/);
    await press('Enter');
    await site.page.getByText('One field needs attention').waitFor();
    await expect.poll(async () => (await focused()).name).toBe('Frontend port');
    await replaceText('8444');
    await tabTo(/^Next/);
    await press('Enter');
    await heading('Configure request routing policy');
  });

  it('the group, the servers and the health check follow', async () => {
    await tabTo('Group name');
    await replaceText('group-keys');
    await tabTo(/^Weighted round robin/);
    await press('ArrowRight');
    expect((await focused()).name).toMatch(/^Weighted least connections/);
    await tabTo(/^Next/);
    await press('Enter');
    await heading('Add backend server');
    await tabTo(/^Paste addresses/);
    await type(`${backend.address}:${backend.port}`);
    await tabTo(/^Add lines/);
    await press('Enter');
    await site.page.getByLabel('Address of server 1').waitFor();
    await tabTo('Health check');
    await tabTo(/^Next/);
    await press('Enter');
    await heading('Confirm');
  });

  it('and it is submitted, and serves', async () => {
    await site.page.getByText('The server has tried this: it will work.').waitFor();
    await tabTo('Submit');
    await press('Enter');
    await site.page.waitForURL('**/listeners/*/summary');
    const [pool] = await site.elbow.api.list('pool');
    const [member] = await site.elbow.api.members(pool?.id ?? '');
    await untilMember(site.elbow, { poolId: pool?.id ?? '', id: member?.id ?? '' }, 'ONLINE');
    const { certificateFile } = await testAuthority();
    const quiet = ['-sS', '--noproxy', '*', '--max-time', '20', '-o', '/dev/null', '-w', '%{http_code}'];
    const route = ['--connect-to', `::${loadBalancer['vip_address']}:8444`];
    const trust = ['--cacert', certificateFile];
    const { stdout, stderr } = await runCommand('curl', [
      ...quiet,
      ...trust,
      ...route,
      `https://${serverName}:8444/`,
    ]);
    expect({ stdout, stderr }).toMatchObject({ stdout: '200' });
    const [listener] = await site.elbow.api.list('listener');
    expect(listener).toMatchObject({
      name: 'by keys',
      keepalive_timeout: 75,
      description: 'without a mouse',
      tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
      sni_container_refs: [],
    });
    expect(pool).toMatchObject({ name: 'group-keys', lb_algorithm: 'LEAST_CONNECTIONS' });
  });
});
