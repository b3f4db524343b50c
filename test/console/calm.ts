import { poll } from '@elbow/testkit';
import type { Page, Request } from 'playwright-core';

/**
 * The page has had time to ask for more, and nothing left to compute or draw. React shows what it has waited for at most
 * every 300 ms: less is not enough.
 */
const idle = `new Promise((resolve) =>
  setTimeout(() => requestAnimationFrame(() => requestIdleCallback(() => resolve())), 320))`;

/**
 * Waits until a page has asked for all it shows: no request is open, and a page that had nothing else to do has begun
 * none since. Playwright's own `networkidle` waits for half a second each time.
 */
export function calmOf(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let begun = 0;
  page.on('request', (request) => {
    begun += 1;
    open.add(request);
  });
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => void open.delete(request));
  const isCalm = async (): Promise<boolean> => {
    const before = begun;
    if (open.size > 0) return false;
    await page.evaluate(idle);
    return open.size === 0 && begun === before;
  };
  const what = (): string => `an answer to ${[...open].map((request) => request.url()).join(', ')}`;
  return () => poll(isCalm, { timeoutMs: 15_000, what }).then(() => undefined);
}
