import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type Site } from './open-console.ts';
import { declaredRoutes, furnish, type SitePage } from './whole-site.ts';

// Every page there is, in both languages and appearances: accessible, as wide as the window, and quiet.

const isFull = process.env.ELBOW_FULL === '1';

let site: Site;
let pages: readonly SitePage[];
beforeAll(async () => {
  site = await openConsole();
  pages = await furnish(site);
});
afterAll(() => site?.close());

type Theme = 'light' | 'dark';
/** Each language in one appearance; in both where there is time for it. */
const themesOf: Readonly<Record<'en' | 'zh', readonly Theme[]>> = isFull
  ? { en: ['light', 'dark'], zh: ['light', 'dark'] }
  : { en: ['light'], zh: ['dark'] };
/** Colours are judged as they stand, not as they change from one appearance to the other. */
const colours = `Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished.catch(() => null))).then(() => undefined)`;
const narrow = { width: 390, height: 844 };
const wide = { width: 1440, height: 900 };

/** Waits until nothing on the page stands for something that is still to come. */
async function settled(): Promise<void> {
  await site.page.locator('.frame h1').first().waitFor();
  await site.page.locator('#content .ant-spin-spinning').first().waitFor({ state: 'detached' });
}

/** How much wider than the window the page is, in pixels. */
async function overhang(): Promise<number> {
  return (await site.page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )) as number;
}

it('knows every page that the console has', () => {
  expect([...new Set(pages.map(({ route }) => route))].toSorted()).toEqual(declaredRoutes());
});

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  const found: Record<'barriers' | 'english', string[]> = { barriers: [], english: [] };
  beforeAll(async () => {
    await site.page.evaluate(
      `localStorage.setItem('elbow.language', '${language}'); localStorage.setItem('elbow.theme', 'system')`,
    );
    for (const { path } of pages) {
      found.barriers.push(...(await lookAt(path, language)).map((problem) => `${path}: ${problem}`));
      if (language === 'zh') found.english.push(...(await englishOn()).map((text) => `${path}: ${text}`));
    }
  }, 600_000);

  it(`every page is accessible in the ${themesOf[language].join(' and the ')}, and none is wider than the window`, () => {
    expect(found.barriers).toEqual([]);
  });

  if (language === 'zh')
    it('no page has a sentence of English left', () => {
      expect(found.english).toEqual([]);
    });
});

/** Everything that is wrong with a page. */
async function lookAt(path: string, language: 'en' | 'zh'): Promise<readonly string[]> {
  const { page } = site;
  const problems: string[] = [];
  await site.goto(path);
  await settled();
  const html = page.locator('html');
  expect(page.url(), path).toContain(path);
  expect(await html.getAttribute('lang'), path).toBe(language === 'zh' ? 'zh-CN' : 'en');
  for (const theme of themesOf[language]) {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-theme=${theme}]`).waitFor({ state: 'attached' });
    await page.evaluate(colours);
    problems.push(...(await site.findBarriers()).map((barrier) => `${theme}: ${barrier}`));
  }
  await page.setViewportSize(narrow);
  // Components that look at the width of the window are drawn anew a moment after it has changed.
  if ((await overhang()) > 0) await site.calm();
  const pixels = await overhang();
  if (pixels > 0) problems.push(`${pixels} px wider than ${narrow.width} px`);
  await page.setViewportSize(wide);
  site.checkQuiet();
  return problems;
}

/** Texts of the content with three or more English words in a row; names of objects, code and protocols aside. */
async function englishOn(): Promise<readonly string[]> {
  const texts = (await site.page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.querySelector('.frame'), NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement.closest('code, pre, .mono, textarea, style, script, [lang=en]') === null)
        texts.push(node.textContent.trim());
    return texts;
  })()`)) as readonly string[];
  return texts.filter((text) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/i.test(text) && !names.has(text));
}

/** What somebody has typed in, or an installation wrote down once, is not translated. */
const names: ReadonlySet<string> = new Set(['first user of this installation']);
