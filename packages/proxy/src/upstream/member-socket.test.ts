import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenOn } from '@elbow/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openMemberSocket } from './member-socket.ts';
import { sourcesFor, targetKey } from './member-target.ts';

async function peersOf(sources: readonly string[], count: number): Promise<readonly string[]> {
  const peers: string[] = [];
  const server = createServer((socket) => {
    peers.push(socket.remoteAddress ?? '');
    socket.end();
  });
  onTestFinished(() => void server.close());
  const { port } = await listenOn(server);
  const target = {
    address: '127.0.0.1',
    port,
    protocol: 'http1',
    tls: null,
    serverName: null,
    sources,
  } as const;
  for (let at = 0; at < count; at++) {
    const socket = openMemberSocket(target, { onConnected: () => undefined, onBytes: () => undefined });
    await once(socket, 'end');
    socket.destroy();
  }
  return peers;
}

describe('a connection to a member', () => {
  it('comes from the given addresses, one after the other', async () => {
    const sources = ['127.88.0.1', '127.88.0.2', '127.88.0.3'];
    const peers = await peersOf(sources, 6);
    expect(peers.toSorted()).toEqual([...sources, ...sources].toSorted());
    expect(peers.slice(0, 3)).toEqual(peers.slice(3));
  });

  it('comes from where the host likes when none is given', async () => {
    expect(await peersOf([], 2)).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('fails as our own trouble from an address that this host does not have', async () => {
    const target = {
      address: '127.0.0.1',
      port: 1,
      protocol: 'http1',
      tls: null,
      serverName: null,
      sources: ['192.0.2.1'],
    } as const;
    const socket = openMemberSocket(target, { onConnected: () => undefined, onBytes: () => undefined });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('EADDRNOTAVAIL');
  });
});

it('families do not mix', () => {
  const sources = ['10.0.0.1', '2001:db8::1', '10.0.0.2'];
  expect(sourcesFor('127.0.0.1', sources)).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(sourcesFor('::1', sources)).toEqual(['2001:db8::1']);
  expect(sourcesFor('::1', ['10.0.0.1'])).toEqual([]);
});

it('connections of other sources are other connections', () => {
  const target = { address: '::1', port: 80, protocol: 'http1', tls: null, serverName: null } as const;
  const keys = [[], ['::2'], ['::2', '::3']].map((sources) => targetKey({ ...target, sources }));
  expect(new Set(keys).size).toBe(3);
});
