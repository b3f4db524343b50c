import { createServer, type Server } from 'node:net';
import type { HealthCheck, MemberHealth } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import { listenOn } from '@elbow/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Counted } from './collect-metrics.ts';
import { HealthWatch, type HealthWatchOptions } from './health-watch.ts';
import { countedPool, poolChunk } from './testing/chunks.ts';

const check = sampleHealthCheck({
  type: 'TCP',
  intervalMs: 200,
  timeoutMs: 1000,
  healthyThreshold: 1,
  unhealthyThreshold: 2,
});

const mortalChecker = new URL('./testing/mortal-checker.ts', import.meta.url);
const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop();
});

async function aMember(): Promise<Server & { readonly at: number }> {
  const server = createServer((socket) => socket.on('error', () => {}));
  open.push({ stop: () => server.close() });
  return Object.assign(server, { at: (await listenOn(server)).port });
}

function served(ports: readonly number[], healthCheck: HealthCheck | null = check): Counted {
  const chunk = { ...poolChunk('p', ports), healthCheck };
  return countedPool(chunk, { hash: JSON.stringify(chunk) });
}

function watching(options: Partial<HealthWatchOptions> = {}) {
  const states: string[] = [];
  const news: MemberHealth[] = [];
  const logged: string[] = [];
  const watch = new HealthWatch({
    log: (_, message) => logged.push(message),
    nameOf: () => null,
    mostRunning: 64,
    setState: (_, memberId, state) => states.push(`${memberId} ${state}`),
    onNews: (members) => news.push(...members),
    ...options,
  });
  open.push({ stop: () => watch.stop() });
  return { watch, states, news, logged };
}

const patience = { timeout: 10_000 };

describe('HealthWatch', { timeout: 30_000 }, () => {
  it('has members checked on a thread and tells the workers and whoever wants to know', async () => {
    const member = await aMember();
    const { watch, states, news } = watching();
    watch.serve([served([member.at])]);
    const id = `p-${member.at}`;
    await vi.waitFor(() => expect(states).toEqual([`${id} online`]), patience);
    expect(news.map(({ status }) => status)).toEqual(['INITIAL', 'ONLINE']);
    member.close();
    await vi.waitFor(() => expect(states.at(-1)).toBe(`${id} offline`), patience);
    expect(watch.whole()).toMatchObject([
      { memberId: id, status: 'OFFLINE', reason: { code: 'CONNECT_REFUSED' } },
    ]);
  });

  it('says nothing more of members that are not checked any more', async () => {
    const member = await aMember();
    const { watch, states } = watching();
    watch.serve([served([member.at])]);
    await vi.waitFor(() => expect(states).toHaveLength(1), patience);
    watch.serve([served([member.at], null)]);
    expect(watch.whole()).toEqual([]);
  });

  it('makes one check when asked, also where none is configured', async () => {
    const member = await aMember();
    const { watch } = watching();
    watch.serve([served([member.at], null)]);
    const transcript = await watch.check('p', `p-${member.at}`);
    expect(transcript).toMatchObject({ isHealthy: true, reason: null });
    expect(transcript?.steps.map(({ text }) => text)).toEqual([
      `connecting to 127.0.0.1:${member.at}`,
      'connected',
      'healthy',
    ]);
    expect(await watch.check('p', 'another')).toBeNull();
    expect(await watch.check('another', `p-${member.at}`)).toBeNull();
  });

  it('outlives its thread: what was found stays, and is found again by the next one', async () => {
    const member = await aMember();
    const { watch, states, news, logged } = watching({ entry: mortalChecker });
    watch.serve([served([member.at])]);
    await vi.waitFor(() => expect(states).toEqual([`p-${member.at} online`]), patience);
    const [, found] = news;
    expect(await watch.check('p', `p-${member.at}`)).toBeNull();
    expect(logged).toEqual(['the thread of the health checks died']);
    expect(watch.whole()).toEqual([found]);
    member.close();
    await vi.waitFor(() => expect(states.at(-1)).toBe(`p-${member.at} offline`), patience);
    expect(states).not.toContain(`p-${member.at} initial`);
  });
});
