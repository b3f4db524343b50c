import type { Socket } from 'node:net';
import { type FirstFlight, type Generation, receiveHello } from '@elbow/tls';
import { statusPage } from '@elbow/traffic';
import { encodeResponseHead } from '@elbow/wire';
import type { ServedListener } from '../plan/served-listener.ts';
import type { WorkerContext } from '../worker-context.ts';

/** For a client's whole first message; one that connects and says nothing costs a descriptor. */
const HELLO_MS = 5000;

export interface TlsArrivalHost {
  readonly context: WorkerContext;
  /** What is served at this moment. */
  readonly listener: ServedListener;
}

/**
 * Takes a client of a TLS port to the handshake, if it has something to say that is one. Its generation is the one in
 * force when its turn comes.
 */
export function arriveForTls(socket: Socket, host: TlsArrivalHost): void {
  receiveHello(socket, HELLO_MS, (seen) => decide(socket, seen, host));
}

function decide(socket: Socket, seen: FirstFlight, host: TlsArrivalHost): void {
  switch (seen.kind) {
    case 'hello':
      return void wait(socket, seen.bytes, host);
    case 'other':
      return refusePlainHttp(socket);
    case 'too-long':
      return refuse(socket, host, { reason: 'the client hello is too long', alert: ILLEGAL_PARAMETER });
    case 'broken':
      return refuse(socket, host, { reason: 'no client hello', alert: UNEXPECTED_MESSAGE });
    case 'nothing':
      socket.destroy();
  }
}

/** What OpenSSL says to a message that is too long (RFC 8446 §6.2). */
const ILLEGAL_PARAMETER = 47;
const UNEXPECTED_MESSAGE = 10;

interface Refused {
  readonly reason: string;
  readonly alert: number;
}

/** A fatal alert in a record of its own, as TLS would send it if it had been asked. */
function refuse(socket: Socket, { context, listener }: TlsArrivalHost, { reason, alert }: Refused): void {
  context.recorder.handshakeFailed(listener.chunk, reason);
  socket.end(Buffer.from([21, 3, 1, 0, 2, 2, alert]), () => socket.destroy());
}

function wait(socket: Socket, hello: Buffer, host: TlsArrivalHost): void {
  const { handshakes, recorder } = host.context;
  const isAdmitted = handshakes.enter((leave) => {
    const { tls } = host.listener;
    if (socket.destroyed || tls?.engine !== 'node') return leave();
    begin(socket, { hello, done: leave, generation: tls.generation }, host);
  });
  if (isAdmitted) return;
  recorder.handshakeFailed(host.listener.chunk, 'too many handshakes wait');
  socket.resetAndDestroy();
}

interface Turn {
  readonly hello: Buffer;
  readonly done: () => void;
  readonly generation: Generation;
}

function begin(
  socket: Socket,
  { hello, done, generation }: Turn,
  { context, listener }: TlsArrivalHost,
): void {
  generation.accept(socket, { hello, done, ticketKeys: context.ticketKeys.keysFor(listener.chunk.id) });
}

/** Plain HTTP on a port for TLS: a page that says so, for the person who typed the wrong scheme. */
export function refusePlainHttp(socket: Socket): void {
  const page = statusPage(400, 'A plain HTTP request was sent to an HTTPS port.');
  const head = encodeResponseHead({
    status: page.status,
    reason: page.reason,
    fields: page.fields,
    framing: 'length',
    contentLength: page.body.length,
    connection: 'close',
    version: '1.1',
  });
  socket.on('data', ignore);
  socket.on('end', () => socket.destroy());
  socket.setTimeout(2000, () => socket.destroy());
  socket.end(head + page.body, 'latin1');
}

function ignore(): void {}
