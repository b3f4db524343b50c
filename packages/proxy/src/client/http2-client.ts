import type { ClientSocket } from '@elbow/tls';
import { statusPage } from '@elbow/traffic';
import {
  Http2ServerConnection,
  type Http2ServerEvents,
  type RequestHead,
  type WireProblem,
} from '@elbow/wire';
import { Exchange } from '../exchange/exchange.ts';
import { CONNECTION_REPLAY_BYTES, ReplayBudget } from '../exchange/replay-budget.ts';
import type { ListenerSocket } from '../listener-socket.ts';
import type { TimerWheel } from '../timer-wheel.ts';
import type { ClientConnection } from './client-connection.ts';
import type { ClientRefusal } from './client-refusal.ts';
import { isDueToLeave, LONGEST_LIFE_MS } from './connection-age.ts';
import { ClientTimer } from './client-timer.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import { ClosingSocket } from './closing-socket.ts';
import type { Flushable } from './flush-turn.ts';
import { Http2Stream, type StreamHost } from './http2-stream.ts';

/** The socket gets no more while this much waits in it: HTTP/2 is pulled, so that every stream gets its turn. */
const SOCKET_HIGH_WATER_BYTES = 64 * 1024;

/** One HTTP/2 connection of a client: many exchanges at a time over one codec and one socket. */
export class Http2Client implements ClientConnection, Http2ServerEvents, StreamHost, Flushable {
  readonly codec: Http2ServerConnection;
  private readonly socket: ClientSocket;
  private readonly listenerSocket: ListenerSocket;
  private readonly timer: ClientTimer;
  private readonly streams = new Map<number, Http2Stream>();
  private readonly facts: ConnectionFacts;
  private readonly replayBudget: ReplayBudget;
  private readonly startedMs: number;
  private isOver = false;
  private isLeaving = false;
  private idleSinceMs: number;
  private isHeadTimed = false;
  /** The client takes nothing of what waits for it, and the timer runs for that. */
  private isSendTimed = false;

  constructor(socket: ClientSocket, listenerSocket: ListenerSocket, facts: ConnectionFacts) {
    const { wheel, replayBudget } = listenerSocket.context;
    this.socket = socket;
    this.listenerSocket = listenerSocket;
    this.facts = facts;
    this.replayBudget = new ReplayBudget(CONNECTION_REPLAY_BYTES, replayBudget);
    this.startedMs = wheel.nowMs;
    this.idleSinceMs = wheel.nowMs;
    this.codec = new Http2ServerConnection({ events: this, nowMs: () => wheel.nowMs });
    this.timer = new ClientTimer(wheel, socket, () => this.timedOut());
    socket.on('data', this.read);
    socket.on('drain', this.drained);
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

  idleTimeChanged(): void {
    if (this.streams.size > 0 || this.codec.requestCount === 0) return;
    if (this.listenerSocket.listener.chunk.timers.idleMs === 0) this.codec.shutdown();
    this.armTimer();
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

  private readonly drained = (): void => {
    this.isSendTimed = false;
    this.flushNow();
    this.armTimer();
  };

  /** A connection with streams waits for them; their timers are their own. Without any, a head's time counts from its first byte. */
  private armTimer(): void {
    if (this.isOver || this.isSendTimed) return;
    const isHead = this.streams.size === 0 && this.codec.isInsideHead;
    if (isHead && this.isHeadTimed) return;
    this.isHeadTimed = isHead;
    if (isHead) this.timer.arm(this.requestMs);
    else this.timer.arm(this.streams.size > 0 ? LONGEST_LIFE_MS : this.idlePatienceMs());
  }

  /** Counted from the last answer, whatever frames come in between; the first request has the time of a request. */
  private idlePatienceMs(): number {
    const { idleMs, requestMs } = this.listenerSocket.listener.chunk.timers;
    const limitMs = this.codec.requestCount === 0 ? requestMs : idleMs;
    return Math.max(1, this.idleSinceMs + limitMs - this.wheel.nowMs);
  }

  /** A request that is on its way at this moment is still answered, but for one whose head has taken too long. */
  private timedOut(): void {
    if (this.isSendTimed) return this.abort();
    this.codec.shutdown();
    this.flushNow();
    if (this.streams.size === 0 && this.codec.isInsideHead) this.close();
  }

  onRequest(streamId: number, head: RequestHead, endStream: boolean): void {
    const stream = new Http2Stream(this, streamId, head);
    if (this.facts.refusal !== null) return this.refuseClient(this.facts.refusal, stream);
    this.streams.set(streamId, stream);
    const { context, listener, plan } = this.listenerSocket;
    const { facts, replayBudget } = this;
    stream.exchange = new Exchange({ context, listener, plan, facts, client: stream, replayBudget }, head);
    if (!endStream) stream.armForRequest();
    stream.exchange.start();
    this.leaveInTime();
  }

  private refuseClient({ page, reason }: ClientRefusal, stream: Http2Stream): void {
    this.listenerSocket.refused({ status: 400, reason });
    stream.sendPage(page);
    if (!this.isLeaving) this.drain();
  }

  onRequestBody(streamId: number, bytes: Buffer, start: number, end: number): void {
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
    if (this.isSendTimed || !socket.writable) return;
    this.isSendTimed = true;
    this.timer.arm(this.requestMs);
  }

  streamDone(stream: Http2Stream): void {
    if (!this.streams.delete(stream.id) || this.streams.size > 0) return;
    this.idleSinceMs = this.wheel.nowMs;
    if (this.listenerSocket.listener.chunk.timers.idleMs === 0) this.codec.shutdown();
    this.armTimer();
  }

  /** Old and busy connections say goodbye; their client opens a new one, perhaps at another worker. */
  private leaveInTime(): void {
    const isDue = isDueToLeave(this.wheel.nowMs - this.startedMs, this.codec.requestCount);
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
