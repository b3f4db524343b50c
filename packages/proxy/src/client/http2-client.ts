import type { ClientSocket } from '@elbow/tls';
import { type ClientFacts, statusPage } from '@elbow/traffic';
import {
  Http2ServerConnection,
  type Http2ServerEvents,
  type RequestHead,
  type WireProblem,
} from '@elbow/wire';
import { Exchange } from '../exchange/exchange.ts';
import type { ListenerSocket } from '../listener-socket.ts';
import type { TimerWheel } from '../timer-wheel.ts';
import type { ClientConnection } from './client-connection.ts';
import { ClientTimer } from './client-timer.ts';
import { ConnectionFacts } from './connection-facts.ts';
import { ClosingSocket } from './closing-socket.ts';
import type { Flushable } from './flush-turn.ts';
import { Http2Stream, type StreamHost } from './http2-stream.ts';

/** The socket gets no more while this much waits in it: HTTP/2 is pulled, so that every stream gets its turn. */
const SOCKET_HIGH_WATER_BYTES = 64 * 1024;
/** Connections end now and then, so that they spread over the workers again. */
const LONGEST_LIFE_MS = 3_600_000;
const MOST_REQUESTS = 100_000;

/** One HTTP/2 connection of a client: many exchanges at a time over one codec and one socket. */
export class Http2Client implements ClientConnection, Http2ServerEvents, StreamHost, Flushable {
  readonly codec: Http2ServerConnection;
  private readonly socket: ClientSocket;
  private readonly listenerSocket: ListenerSocket;
  private readonly timer: ClientTimer;
  private readonly streams = new Map<number, Http2Stream>();
  private readonly facts: ConnectionFacts;
  private readonly startedMs: number;
  private isOver = false;
  private isLeaving = false;

  constructor(socket: ClientSocket, listenerSocket: ListenerSocket, facts: ClientFacts) {
    const { wheel } = listenerSocket.context;
    this.socket = socket;
    this.listenerSocket = listenerSocket;
    this.facts = new ConnectionFacts(facts);
    this.startedMs = wheel.nowMs;
    this.codec = new Http2ServerConnection({ events: this, nowMs: () => wheel.nowMs });
    this.timer = new ClientTimer(wheel, socket, () => this.timedOut());
    socket.on('data', this.read);
    socket.on('drain', () => this.flushNow());
    socket.on('end', this.ended);
    socket.on('error', ignore);
    socket.on('close', this.closed);
    this.codec.start();
    this.timer.arm(this.requestMs);
  }

  get wheel(): TimerWheel {
    return this.listenerSocket.context.wheel;
  }

  get requestMs(): number {
    return this.listenerSocket.listener.chunk.timers.requestMs;
  }

  drain(): void {
    this.isLeaving = true;
    this.codec.shutdown();
  }

  tick(nowMs: number): void {
    this.codec.checkStalls(nowMs);
  }

  abort(): void {
    this.isOver = true;
    this.socket.destroy();
  }

  private readonly read = (bytes: Buffer): void => {
    this.codec.receive(bytes, 0, bytes.length);
    this.armTimer();
  };

  /** A connection with streams waits for them; their timers are their own. */
  private armTimer(): void {
    if (this.isOver) return;
    const { idleMs, requestMs } = this.listenerSocket.listener.chunk.timers;
    if (this.streams.size > 0) this.timer.arm(LONGEST_LIFE_MS);
    else this.timer.arm(this.codec.isInsideHead ? requestMs : Math.max(idleMs, 1));
  }

  private timedOut(): void {
    this.codec.shutdown();
    this.flushNow();
    if (this.codec.idle) this.close();
  }

  onRequest(streamId: number, head: RequestHead, endStream: boolean): void {
    const stream = new Http2Stream(this, streamId, head);
    this.streams.set(streamId, stream);
    const { context, listener } = this.listenerSocket;
    const birth = { context, listener, plan: this.listenerSocket.plan, facts: this.facts, client: stream };
    stream.exchange = new Exchange(birth, head);
    if (!endStream) stream.armForRequest();
    stream.exchange.start();
    this.leaveInTime();
  }

  onRequestBody(streamId: number, bytes: Buffer, start: number, end: number): void {
    // Sockets deliver each read in a buffer of its own, so a part of it may be kept and queued without a copy.
    const stream = this.streams.get(streamId);
    if (stream === undefined) this.codec.release(streamId, end - start);
    else stream.receiveBody(bytes.subarray(start, end));
  }

  onRequestEnd(streamId: number): void {
    this.streams.get(streamId)?.receiveEnd();
  }

  onRequestReset(streamId: number): void {
    this.streams.get(streamId)?.cancel();
  }

  onRequestProblem(streamId: number, problem: WireProblem): void {
    this.listenerSocket.refused(problem);
    const stream = this.streams.get(streamId) ?? new Http2Stream(this, streamId, null);
    this.refuse(stream, problem.status);
  }

  requestTimedOut(stream: Http2Stream): void {
    this.refuse(stream, 408);
  }

  private refuse(stream: Http2Stream, status: number): void {
    stream.exchange?.abandon(status);
    if (stream.hasAnswered) stream.abort();
    else stream.sendPage(statusPage(status));
  }

  onStreamWritable(streamId: number): void {
    this.streams.get(streamId)?.exchange?.clientDrained();
  }

  onConnectionError(_code: number, reason: string): void {
    this.listenerSocket.refused({ status: 400, reason });
    for (const stream of this.streams.values()) stream.cancel();
    this.flushNow();
    this.close();
  }

  onDrained(): void {
    this.flushNow();
    this.close();
  }

  onOutput(): void {
    this.listenerSocket.context.flushTurn.add(this);
  }

  flushNow(): void {
    const { socket, codec } = this;
    while (socket.writable && socket.writableLength < SOCKET_HIGH_WATER_BYTES) {
      const chunk = codec.takeOutput();
      if (chunk === null) return;
      socket.write(chunk, () => codec.recycle(chunk));
    }
  }

  streamDone(stream: Http2Stream): void {
    if (!this.streams.delete(stream.id) || this.streams.size > 0) return;
    if (this.listenerSocket.listener.chunk.timers.idleMs === 0) this.codec.shutdown();
    this.armTimer();
  }

  /** Old and busy connections say goodbye; their client opens a new one, perhaps at another worker. */
  private leaveInTime(): void {
    const isDue =
      this.codec.requestCount >= MOST_REQUESTS || this.wheel.nowMs - this.startedMs >= LONGEST_LIFE_MS;
    if (isDue && !this.isLeaving) this.drain();
  }

  private readonly ended = (): void => {
    if (this.streams.size > 0) this.abort();
    else this.close();
  };

  private close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.socket.off('data', this.read).off('end', this.ended);
    new ClosingSocket(this.socket, this.timer, this.requestMs).start();
  }

  private readonly closed = (): void => {
    this.isOver = true;
    this.timer.disarm();
    for (const stream of this.streams.values()) stream.cancel();
    this.listenerSocket.clientClosed(this);
  };
}

/** A socket error is followed by `close`, which does what has to be done. */
function ignore(): void {}
