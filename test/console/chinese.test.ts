import { aListener, aLoadBalancer, type BuiltListener, freeAddress, untilMember } from '@elbow/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

// What the server says is Chinese in the Chinese console: complaints, refusals, reasons and warnings.

let site: Site;
let built: BuiltListener;
beforeAll(async () => {
  site = await openConsole({ language: 'zh', isLoggedIn: false });
});
afterAll(() => site?.close());

const page = () => site.page;
const text = (words: string | RegExp) => page().getByText(words).first();
const nowhere = '00000000-0000-4000-8000-000000000000';

describe('refusals', () => {
  it('of a login', async () => {
    site.expectError(/401/);
    await site.goto('/login');
    await page().locator('input[autocomplete=username]').fill('admin');
    await page().locator('input[autocomplete=current-password]').fill('not this one');
    await page().locator('button[type=submit]').click();
    await text('用户名或密码错误').waitFor();
    await site.logIn();
  });

  it('of something that is not there', async () => {
    site.expectError(/404/);
    await site.goto(`/pools/${nowhere}`);
    await text(/(不存在|已不存在)/).waitFor();
  });

  it('of a value, beside its field', async () => {
    site.expectError(/400/);
    await site.goto('/system/users');
    await page().getByRole('button', { name: '创建用户' }).click();
    const dialog = page().getByRole('dialog');
    await dialog.getByRole('textbox', { name: '名称' }).fill('no spaces please');
    await dialog.locator('input[type=password]').first().fill('a long password');
    await dialog.getByRole('button', { name: '创建用户' }).click();
    await dialog.getByText('须为 1 至 64 个字母、数字、点、短横线、下划线或 @。').waitFor();
    await page().keyboard.press('Escape');
  });

  it('of a submit that somebody else was quicker than', async () => {
    const { api } = site.elbow;
    site.expectError(/409/);
    const balancer = await aLoadBalancer(site.elbow, { name: 'lb-zh' });
    await site.goto(`/lbs/${balancer.id}/listeners/new`);
    await text('暂不支持四层。').waitFor();
    await page()
      .getByRole('radio', { name: /^HTTP 不加密/ })
      .click();
    await page().getByLabel('前端端口').fill('8777');
    await page()
      .getByRole('button', { name: /^下一步/ })
      .click();
    await page()
      .getByRole('button', { name: /^下一步：添加后端服务器/ })
      .click();
    await page()
      .getByRole('button', { name: /^下一步：确认/ })
      .click();
    await text('后端服务器组中没有后端服务器：请求将返回 503。').waitFor();
    await api.create('listener', { loadbalancer_id: balancer.id, protocol: 'HTTP', protocol_port: 8777 });
    await page()
      .getByRole('button', { name: /^提\s?交$/ })
      .click();
    await text(new RegExp(`负载均衡器 ${balancer.id} 已有端口为 8777 的监听器`)).waitFor();
    await site.checkAccessibility();
  });
});

describe('reasons', () => {
  it('of a server that is down, as the check on demand found it', async () => {
    const { api } = site.elbow;
    built = await aListener(site.elbow, { fields: { name: 'shop' } });
    const member = await api.addMember(built.pool.id, { address: freeAddress(), protocol_port: 9 });
    await api.create('healthmonitor', {
      pool_id: built.pool.id,
      type: 'TCP',
      delay: 1,
      timeout: 1,
      max_retries: 1,
      max_retries_down: 1,
    });
    await untilMember(site.elbow, { poolId: built.pool.id, id: member.id }, 'OFFLINE');
    await site.goto(`/pools/${built.pool.id}/members`);
    await text('端口 9 上没有程序监听').waitFor();
  });

  it('of what the nodes cannot do, and of what the history keeps', async () => {
    const { api } = site.elbow;
    await api.call('PUT', `listeners/${built.listener.id}`, { listener: { member_timeout: 9999 } });
    await site.goto(`/system/activity?resource_id=${built.listener.id}`);
    await page()
      .getByRole('button', { name: /修改监听器/ })
      .first()
      .click();
    await text('listener.member_timeout：须为 1 至 300 的整数').waitFor();
    await site.goto('/overview');
    await text('证书即将过期：').waitFor();
    await site.checkAccessibility();
    await site.screenshot('overview-zh');
  });
});
