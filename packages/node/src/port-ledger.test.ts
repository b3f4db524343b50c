import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PortLedger } from './port-ledger.ts';
import { overlaps, probePort } from './port-probe.ts';
import { listenerChunk } from './testing/chunks.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A socket that shares its port, as workers' do. */
async function sharedSocket(port = 0): Promise<number> {
  const server = createServer().listen({ host: '127.0.0.1', port, reusePort: true });
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('probePort', () => {
  it('finds a port that is shared by others', async () => {
    expect(await probePort({ address: '127.0.0.1', port: await sharedSocket() })).toMatch(/already in use/);
  });

  it('leaves a free port free', async () => {
    const port = await sharedSocket();
    servers.pop()?.close();
    expect(await probePort({ address: '127.0.0.1', port })).toBeNull();
    expect(await sharedSocket(port)).toBe(port);
  });

  it('says when the address is not of this machine', async () => {
    expect(await probePort({ address: '192.0.2.1', port: 8443 })).toBe(
      "the address 192.0.2.1 is not one of this machine's",
    );
  });
});

describe('overlaps', () => {
  it.each([
    ['127.0.0.2', '127.0.0.2', true],
    ['127.0.0.2', '127.0.0.3', false],
    ['127.0.0.2', '0.0.0.0', true],
    ['::', '::1', true],
    ['::', '0.0.0.0', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(overlaps({ address: one, port: 443 }, { address: other, port: 443 })).toBe(expected);
    expect(overlaps({ address: one, port: 443 }, { address: other, port: 444 })).toBe(false);
  });
});

describe('PortLedger', () => {
  it('does not probe a port that the workers have open, until all have let go of it', async () => {
    const ledger = new PortLedger();
    const port = await sharedSocket();
    const [mine, next] = [listenerChunk({ id: 'mine', port }), listenerChunk({ id: 'next', port })];
    ledger.assign([mine], 1);
    await ledger.admit([mine]);
    expect(ledger.troubles).toEqual([]);
    ledger.assign([], 2);
    ledger.reclaim(1);
    await ledger.admit([next]);
    expect(ledger.isRefused('next')).toBe(false);
    ledger.reclaim(2);
    await ledger.admit([next]);
    expect(ledger.isRefused('next')).toBe(true);
  });

  it('forgets a refusal when the port is free again', async () => {
    const ledger = new PortLedger();
    const listener = listenerChunk({ id: 'late', port: await sharedSocket() });
    await ledger.admit([listener]);
    expect(ledger.troubles.map(({ id }) => id)).toEqual(['late']);
    const server = servers.pop()!;
    server.close();
    await once(server, 'close');
    await ledger.admit([listener]);
    expect(ledger.troubles).toEqual([]);
  });
});
