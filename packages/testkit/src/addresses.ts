import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenOn } from './listen-on.ts';

let used = 0;

/**
 * A loopback address that no other test file uses at the moment: the middle comes from the process id, and every
 * test file runs in a process of its own. Give each daemon, load balancer and member one, and ports are free.
 */
export function freeAddress(): string {
  used += 1;
  if (used > 250) throw new Error('a test file has 250 addresses');
  return `127.${100 + ((process.pid >> 8) & 0x7f)}.${process.pid & 0xff}.${used}`;
}

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listenOn(server);
  server.close();
  await once(server, 'close');
  return port;
}
