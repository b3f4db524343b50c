import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
beforeAll(async () => {
  site = await openConsole();
  await site.elbow.api.create('loadbalancer', { name: 'lb-web', availability_zone_list: ['az1'] });
});
afterAll(() => site?.close());

const menu = async (button: RegExp, item: string): Promise<void> => {
  await site.page.getByRole('button', { name: button }).click();
  await site.page.getByRole('menuitem', { name: item }).click();
};
const attribute = (name: string) => site.page.locator('html').getAttribute(name);

describe('the frame', () => {
  it('is light or dark as the system is, or as it was chosen', async () => {
    await site.goto('/lbs');
    expect(await attribute('data-theme')).toBe('light');
    await site.page.emulateMedia({ colorScheme: 'dark' });
    await site.page.locator('html[data-theme=dark]').waitFor();
    await site.goto('/lbs');
    await site.checkAccessibility();
    await site.screenshot('load-balancers-dark');
    await menu(/^Appearance/, 'Light');
    await site.page.locator('html[data-theme=light]').waitFor();
    await site.goto('/lbs');
    expect(await attribute('data-theme')).toBe('light');
    await site.page.emulateMedia({ colorScheme: 'light' });
  });

  it('speaks Chinese, also after the page is loaded again', async () => {
    await menu(/^Language/, '简体中文');
    await site.page.getByRole('heading', { level: 1, name: '负载均衡器' }).waitFor();
    await site.goto('/lbs');
    expect([await attribute('lang'), await site.page.title()]).toEqual(['zh-CN', '负载均衡器 · Elbow']);
    await site.checkAccessibility();
    await site.screenshot('load-balancers-zh');
    await menu(/^语言/, 'English');
    await site.page.getByRole('heading', { level: 1, name: 'Load balancers' }).waitFor();
  });

  it('fits a telephone, with the navigation in a drawer', async () => {
    await site.page.setViewportSize({ width: 390, height: 844 });
    await site.goto('/lbs');
    expect(await site.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await site.page.getByRole('button', { name: 'Open navigation' }).click();
    await site.page.getByRole('dialog').getByRole('link', { name: 'Load balancers' }).waitFor();
    await site.checkAccessibility();
    await site.page.keyboard.press('Escape');
    await site.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('lets the keyboard skip to the content', async () => {
    await site.goto('/lbs');
    await site.page.keyboard.press('Tab');
    await site.page.keyboard.press('Enter');
    expect(await site.page.evaluate('document.activeElement.id')).toBe('content');
  });

  it('says that an address leads nowhere', async () => {
    await site.goto('/no/such/page');
    await site.page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    await site.checkAccessibility();
  });

  it('gives the request id of an error of the server', async () => {
    site.expectError(/500/);
    const broken = { error_code: 'ELB.8906', error_msg: 'internal error', request_id: 'cafe0001' };
    await site.page.route('**/elb/loadbalancers?*', (route) => route.fulfill({ status: 500, json: broken }));
    await site.goto('/lbs');
    await site.page.getByText('cafe0001').waitFor();
    await site.page.unroute('**/elb/loadbalancers?*');
    await site.page.getByRole('button', { name: 'Try again' }).click();
    await site.page.getByRole('link', { name: 'lb-web' }).waitFor();
  });
});

describe('what is sent', () => {
  it.each(['/overview', '/lbs'])(
    'stays below 400 KB for a first page at %s, and is packed',
    async (first) => {
      const fresh = await site.page.context().newPage();
      const loaded: {
        readonly path: string;
        readonly encoding: string | undefined;
        readonly bytes: number;
      }[] = [];
      fresh.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (!pathname.startsWith('/assets/')) return;
        const bytes = readFileSync(join(dist, `${pathname}.gz`)).byteLength;
        loaded.push({ path: pathname, encoding: response.headers()['content-encoding'], bytes });
      });
      await fresh.goto(`${site.origin}${first}`);
      await fresh.waitForLoadState('networkidle');
      await fresh.close();
      expect(loaded.length).toBeGreaterThan(2);
      expect(loaded.filter(({ encoding }) => encoding === undefined)).toEqual([]);
      const gzipBytes = loaded.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(gzipBytes).toBeLessThan(400 * 1024);
    },
  );

  it('runs under a policy without inline scripts, and may be kept where its name has a hash', async () => {
    const page = await fetch(`${site.origin}/lbs`, { headers: { Accept: 'text/html' } });
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('Cache-Control')).toBe('no-store');
    const [script] = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
    const asset = await fetch(`${site.origin}/assets/${script}`);
    expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/v3/x', '/v2.0/x', '/elbow/x', '/metrics', '/healthz', '/readyz', '/versions', '/openapi.json'])(
    '%s is never a page',
    async (path) => {
      const answer = await fetch(site.origin + path, { headers: { Accept: 'text/html' } });
      expect(await answer.text()).not.toContain('<div id="root">');
    },
  );
});

const dist = join(import.meta.dirname, '..', '..', 'apps', 'console', 'dist');
