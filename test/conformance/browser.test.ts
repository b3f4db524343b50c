import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aListener, poll, runCommand, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, SeenRequest } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A real browser through an HTTPS listener: a page that fetches twenty things at once and writes down what it got.

const PARTS = 20;
const page = `<!doctype html><title>elbow</title><body><script>
  load();
  async function load() {
    const parts = await Promise.all(Array.from({ length: ${PARTS} }, (_, i) => fetch('/part-' + i)));
    const texts = await Promise.all(parts.map((part) => part.text()));
    const post = await (await fetch('/upload', { method: 'POST', body: 'x'.repeat(300000) })).text();
    const protocols = performance.getEntriesByType('resource').map((entry) => entry.nextHopProtocol);
    document.body.textContent = JSON.stringify({ texts, post, protocols: [...new Set(protocols)] });
  }
</script></body>`;

let elbow: Elbow;
let member: ScriptedBackend;
const folder = mkdtempSync(join(tmpdir(), 'elbow-browser-'));

beforeAll(async () => {
  elbow = await startElbow({ arguments: ['--access-log', 'all'] });
  member = await scriptedBackend({ name: 'm' });
  member.script = (request: SeenRequest) => {
    if (request.target === '/')
      return { kind: 'answer', headers: [['Content-Type', 'text/html']], body: page };
    const body = request.method === 'POST' ? `${request.bodyBytes}` : request.target;
    return { kind: 'answer', headers: [['Content-Type', 'text/plain']], body };
  };
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the page in headless Chromium and returns what it wrote. */
async function browse({ vip, port }: BuiltListener): Promise<unknown> {
  const { stdout } = await runCommand(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--ignore-certificate-errors',
      `--user-data-dir=${mkdtempSync(join(folder, 'profile-'))}`,
      '--virtual-time-budget=20000',
      '--dump-dom',
      `https://${vip}:${port}/`,
    ],
    { timeoutMs: 50_000 },
  );
  const written = /<body>(\{.*\})<\/body>/s.exec(stdout)?.[1];
  if (written === undefined) throw new Error(`the page wrote nothing: ${stdout.slice(0, 500)}`);
  return JSON.parse(written);
}

describe('Chromium', () => {
  it.each([
    { http2: true, protocol: 'h2', logged: 'HTTP/2.0' },
    { http2: false, protocol: 'http/1.1', logged: 'HTTP/1.1' },
  ])('gets a page and all its parts over $protocol', async ({ http2, protocol, logged }) => {
    const built = await aListener(elbow, { members: [member], fields: { http2_enable: http2 } });
    member.forget();
    expect(await browse(built)).toEqual({
      texts: Array.from({ length: PARTS }, (_, i) => `/part-${i}`),
      post: '300000',
      protocols: [protocol],
    });
    const log = join(elbow.dataDir, 'log', 'access.log');
    const lines = (): string[] =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => line.includes(built.listener.id))
        : [];
    await poll(() => lines().length >= PARTS + 2, { timeoutMs: 5000, what: 'the lines of the access log' });
    expect(lines().filter((line) => line.includes(logged)).length).toBe(lines().length);
  });
});
