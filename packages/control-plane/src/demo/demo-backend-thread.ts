import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { DemoBackendsReady, DemoBackendsWish } from './demo-backend-messages.ts';

/** Two tiny members for a try-out, on a thread of their own so that their traffic is not in the way of the API. */
async function main({ ports }: DemoBackendsWish): Promise<void> {
  const ready: DemoBackendsReady = {
    ports: await Promise.all(ports.map((port, at) => listen(port, at + 1))),
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(ready);
}

function listen(port: number, number: number): Promise<number | null> {
  const server: Server = createServer((request, response) => answer(number, request, response));
  server.maxConnections = 256;
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function answer(number: number, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.setHeader('X-Demo-Backend', String(number));
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
  const lines = [`Demo backend ${number} answers.`, '', `${request.method} ${request.url}`, ...headers];
  response.end(`${lines.join('\n')}\n`);
}

await main(workerData as DemoBackendsWish);
