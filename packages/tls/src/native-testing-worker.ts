import { parentPort, workerData } from 'node:worker_threads';
import { NativeEngine } from './native-engine.ts';
import type { NativeSocket } from './native-socket.ts';
import { answerWithFacts, listenForTest, type TestWish, testSettings } from './native-testing.ts';

/** A worker thread with an engine of its own, for tests of what several share. */
export interface TestWorkerData {
  readonly listener: TestWish;
  readonly replayFilter: SharedArrayBuffer | null;
  /** What is done with every connection; see below. */
  readonly does: keyof typeof services;
}

/** What the worker reports. */
export type TestWorkerReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'data'; readonly isEarly: boolean; readonly text: string }
  | { readonly kind: 'handshakeDone' }
  | { readonly kind: 'closed' };

const { listener: wanted, replayFilter, does } = workerData as TestWorkerData;
const settings = testSettings(wanted.pair, wanted.wish);
const engine = new NativeEngine({ replayFilter });

function report(what: TestWorkerReport): void {
  parentPort?.postMessage(what);
}

/** Answers as the other tests do. */
function serveFacts(socket: NativeSocket): void {
  socket.on('data', (bytes: Buffer) =>
    report({ kind: 'data', isEarly: socket.isEarly, text: bytes.toString('latin1') }),
  );
  socket.on('handshakeDone', () => report({ kind: 'handshakeDone' }));
  answerWithFacts(socket);
}

/** Sends without end. */
function flood(socket: NativeSocket): void {
  const block = Buffer.alloc(32 * 1024, 'x');
  const send = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('data', send);
  socket.on('drain', send);
}

/** Answers a lot, says that this is all, and reads on only when the handshake is over. */
function answerAndEnd(socket: NativeSocket): void {
  socket.once('data', () => {
    socket.pause();
    socket.end(`${'x'.repeat(300_000)} the end\n`);
  });
  socket.on('handshakeDone', () => {
    report({ kind: 'handshakeDone' });
    socket.resume();
  });
}

const services = { facts: serveFacts, flood, 'answer and end': answerAndEnd } as const;

const listener = listenForTest(engine, settings, {
  onAccept: (socket) => {
    socket.once('close', () => report({ kind: 'closed' }));
    return true;
  },
  onSecure: services[does],
});
report({ kind: 'listening', port: listener.port });
