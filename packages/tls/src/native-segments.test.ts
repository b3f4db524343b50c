import { once } from 'node:events';
import { connect as connectTcp, createServer, type Server } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as after } from 'node:timers/promises';
import { listenOn, testAuthority } from '@elbow/testkit';
import { beforeAll, expect, it, vi } from 'vitest';
import { NativeEngine } from './native-engine.ts';
import { BUILD_MS, buildForTests, listenForTest, testSettings } from './native-testing.ts';

vi.setConfig({ testTimeout: 30_000 });
beforeAll(buildForTests, BUILD_MS);

/** CCS (RFC 8446 appendix D.4) and Finished in a record, both of TLS_AES_128_GCM_SHA256. */
const FINISHED_BYTES = 6 + 58;
const REQUEST = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n';
/** Well under the 200 ms for which the kernel holds a segment that is not full. */
const THINK_MS = 30;

/** Passes the client's Finished on together with the request after it, and counts what the server sends, read by read. */
async function joiningRelay(port: number): Promise<{ server: Server; port: number; reads: number[] }> {
  const reads: number[] = [];
  const server = createServer((near) => {
    const far = connectTcp(port, '127.0.0.1');
    let hello = true;
    let held: Buffer[] = [];
    near.on('data', (bytes) => {
      held.push(bytes);
      const joined = Buffer.concat(held);
      if (!hello && joined.length <= FINISHED_BYTES) return;
      hello = false;
      held = [];
      far.write(joined);
    });
    far.on('data', (bytes) => {
      reads.push(bytes.length);
      near.write(bytes);
    });
    far.on('end', () => near.end());
  });
  return { server, port: (await listenOn(server)).port, reads };
}

it('session tickets travel with the answer, and the answer with the end of the connection', async () => {
  const engine = new NativeEngine({ replayFilter: null });
  const pair = await (await testAuthority()).issue(['a.example']);
  const listener = listenForTest(
    engine,
    testSettings(pair, { ticketKeys: [Buffer.alloc(80, 7)], maxVersion: 'TLSv1.3', minVersion: 'TLSv1.3' }),
    {
      onSecure: (socket) =>
        socket.on('data', () => {
          void after(THINK_MS).then(() => {
            socket.cork();
            socket.write('the answer');
            socket.end();
          });
        }),
    },
  );
  const relay = await joiningRelay(listener.port);
  const client = connectTls({ port: relay.port, host: '127.0.0.1', rejectUnauthorized: false });
  let tickets = 0;
  client.on('session', () => (tickets += 1));
  client.write(REQUEST);
  const [answer] = (await once(client, 'data')) as [Buffer];
  await once(client, 'end');
  client.destroy();
  relay.server.close();
  listener.close();
  expect(answer.toString()).toBe('the answer');
  // OpenSSL gives two after a full handshake.
  expect(tickets).toBe(2);
  // The server's flight, and then the rest.
  expect(relay.reads).toHaveLength(2);
});
