import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';

let site: Site;
beforeAll(async () => {
  site = await openConsole({ isLoggedIn: false });
});
afterAll(() => site?.close());

const field = (kind: string) => site.page.locator(`input[autocomplete=${kind}]`);

describe('the login', () => {
  it('is where every address leads without a session, and is accessible', async () => {
    await site.goto('/lbs?q=web');
    expect(new URL(site.page.url()).pathname).toBe('/login');
    expect(await site.page.title()).toBe('Log in · Elbow');
    await site.checkAccessibility();
    await site.screenshot('login');
  });

  it('says so when the password is wrong', async () => {
    site.expectError(/401/);
    await field('username').fill('admin');
    await field('current-password').fill('wrong');
    await site.page.getByRole('button', { name: 'Log in' }).click();
    await site.page.getByText('The user name or the password is wrong.').waitFor();
  });

  it('leads back to where it came from', async () => {
    await site.logIn();
    const { pathname, search } = new URL(site.page.url());
    expect(pathname + search).toBe('/lbs?q=web');
  });

  it('holds when the page is loaded again, and ends with the session', async () => {
    await site.goto('/lbs');
    expect(new URL(site.page.url()).pathname).toBe('/lbs');
    const [cookie] = await site.page.context().cookies();
    expect(cookie).toMatchObject({ name: 'elbow_session', path: '/', httpOnly: true, sameSite: 'Strict' });
    expect(
      await site.page.evaluate('JSON.stringify([document.cookie, sessionStorage, localStorage])'),
    ).not.toContain(cookie?.value);
    await site.page.context().clearCookies();
    await site.goto('/lbs?q=again');
    await site.page.waitForURL('**/login');
    await site.logIn();
    expect(new URL(site.page.url()).search).toBe('?q=again');
  });

  it('is explained when the session ends while a page is open, and leads back to it', async () => {
    site.expectError(/401/);
    await site.goto('/lbs?q=open');
    await site.page.context().clearCookies();
    await site.page.getByRole('button', { name: 'Refresh' }).click();
    await site.page.getByText('Your session has ended. Log in to go on where you were.').waitFor();
    await site.checkAccessibility();
    await site.screenshot('login-session-ended');
    await site.logIn();
    expect(new URL(site.page.url()).search).toBe('?q=open');
  });

  it('holds in another tab of the browser too', async () => {
    const other = await site.page.context().newPage();
    await other.goto(`${site.origin}/lbs`);
    await other.locator('.frame h1').waitFor();
    await other.close();
  });

  it('is asked for again after logging out', async () => {
    await site.page.getByRole('button', { name: /^Account/ }).click();
    await site.page.getByRole('menuitem', { name: 'Log out' }).click();
    await site.page.waitForURL('**/login');
    expect(await site.page.context().cookies()).toEqual([]);
    await expect.poll(() => site.page.getByText('Your session has ended').count()).toBe(0);
    await site.goto('/lbs');
    await site.page.waitForURL('**/login');
  });
});
