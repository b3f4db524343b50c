import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Elbow, type ElbowOptions, startElbow } from '@elbow/testkit';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { calmOf } from './calm.ts';

export interface ConsoleOptions extends ElbowOptions {
  /** Default `en`. */
  readonly language?: 'en' | 'zh';
  /** Default `light`. */
  readonly theme?: 'light' | 'dark';
  /** Default true. */
  readonly isLoggedIn?: boolean;
}

/** A daemon of its own and a browser that looks at its console. */
export interface Site {
  readonly elbow: Elbow;
  readonly page: Page;
  /** Where the console is, without a slash at the end. */
  readonly origin: string;
  /** Leads to a page and waits until it has asked for all it shows. */
  goto(path: string): Promise<void>;
  /** The page has asked for all it shows. */
  calm(): Promise<void>;
  logIn(): Promise<void>;
  /** axe-core finds nothing serious or critical on what is shown now. */
  checkAccessibility(): Promise<void>;
  /** What axe-core finds of that. */
  findBarriers(): Promise<readonly string[]>;
  /** `docs/console/<name>-1440.png` and `-390.png`, when the environment asks for it. */
  screenshot(name: string): Promise<void>;
  /** No error on the console and no unhandled rejection so far. */
  checkQuiet(): void;
  /** An error that a test provokes on purpose. */
  expectError(pattern: RegExp): void;
  close(): Promise<void>;
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const pictures = join(import.meta.dirname, '..', '..', 'docs', 'console');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the real daemon and headless Chromium with a profile of its own. */
export async function openConsole(options: ConsoleOptions = {}): Promise<Site> {
  const { language = 'en', theme = 'light', isLoggedIn = true, ...rest } = options;
  const profile = mkdtempSync(join(tmpdir(), 'elbow-profile-'));
  const launched = chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: flags,
    viewport: wide,
    colorScheme: theme,
    reducedMotion: 'reduce',
    // Colours are judged as they stand, not as they change.
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
  });
  const [elbow, context] = await Promise.all([startElbow({ workers: 1, ...rest }), launched]);
  context.setDefaultTimeout(15_000);
  const site = await siteOf({ elbow, context, profile });
  if (isLoggedIn) await site.logIn();
  return site;
}

interface Parts {
  readonly elbow: Elbow;
  readonly context: BrowserContext;
  readonly profile: string;
}

async function siteOf({ elbow, context, profile }: Parts): Promise<Site> {
  const page = context.pages()[0] ?? (await context.newPage());
  const origin = `http://${elbow.admin}`;
  const noise = listen(page);
  const calm = calmOf(page);
  const goto = async (path: string): Promise<void> => {
    await page.goto(origin + path);
    await calm();
  };
  const checkQuiet = (): void => expect(noise.unexpected()).toEqual([]);
  return {
    elbow,
    page,
    origin,
    goto,
    calm,
    logIn: () => logIn(elbow, page, goto),
    checkAccessibility: async () => expect(await findBarriers(page)).toEqual([]),
    findBarriers: () => findBarriers(page),
    screenshot: (name) => screenshot(page, name),
    checkQuiet,
    expectError: noise.expect,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
      await elbow.stop();
      checkQuiet();
    },
  };
}

function listen(page: Page) {
  const heard: string[] = [];
  const expected: RegExp[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => heard.push(String(error.stack ?? error)));
  return {
    expect: (pattern: RegExp) => void expected.push(pattern),
    unexpected: () => heard.filter((text) => !expected.some((pattern) => pattern.test(text))),
  };
}

async function logIn(elbow: Elbow, page: Page, goto: Site['goto']): Promise<void> {
  const { username, password } = elbow.api.credentials;
  if (!page.url().includes('/login')) await goto('/');
  await page.locator('input[autocomplete=username]').fill(username);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('.frame h1').waitFor();
}

/** Contents that the page's policy allows only to a debugger. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  if (await page.evaluate(`!('axe' in window)`)) await page.evaluate(axe);
  return (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => id + ': ' + help + '\\n' + nodes.map(({ html, failureSummary }) => html.slice(0, 300) + '\\n' + failureSummary).join('\\n')))`,
  )) as readonly string[];
}

async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env['ELBOW_SCREENSHOTS']) return;
  mkdirSync(pictures, { recursive: true });
  for (const size of [wide, narrow]) {
    await page.setViewportSize(size);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(pictures, `${name}-${size.width}.png`), animations: 'disabled' });
  }
  await page.setViewportSize(wide);
}
