import type { Socket } from 'node:net';
import {
  LAST_CHUNK,
  ResponseDecoder,
  type ResponseEvents,
  type ResponseHead,
  type WireProblem,
  chunkPrefix,
  encodeRequestHead,
} from '@elbow/wire';
import type { Flushable, FlushTurn } from '../client/flush-turn.ts';
import { connectFailureKind } from './member-failure.ts';
import { Output } from '../output.ts';
import type { MemberLink, OutgoingRequest } from './member-link.ts';
import type { MemberFailure, MemberOwner } from './member-owner.ts';
import { openMemberSocket } from './member-socket.ts';
import type { MemberTarget } from './member-target.ts';

/** Above this many bytes queued towards a member, its client is read no further. */
const HIGH_WATER_BYTES = 128 * 1024;

/** Where a connection returns to when its answer is complete. */
export interface ConnectionHome {
  readonly target: MemberTarget;
  readonly flushTurn: FlushTurn;
  takeBack(connection: MemberConnection): void;
  forget(connection: MemberConnection): void;
}

/** One HTTP/1.1 connection to a member: idle in its pool, or carrying one exchange. */
export class MemberConnection implements MemberLink, ResponseEvents, Flushable {
  private readonly home: ConnectionHome;
  private readonly socket: Socket;
  private readonly output: Output;
  private readonly decoder: ResponseDecoder;
  private owner: MemberOwner | null = null;
  private isDead = false;
  private isRequestSent = false;
  private isAnswerComplete = false;
  private mayServeAnother = true;
  private isTunnel = false;
  private isChunkedRequest = false;
  private isJoining = false;
  private error = '';
  isConnected = false;
  private served = 0;
  /** When it became idle, on the worker's clock. */
  idleSinceMs = 0;
  /** Seconds the member said it keeps idle connections, or -1. */
  keepAliveTimeout = -1;

  constructor(home: ConnectionHome) {
    this.home = home;
    this.decoder = new ResponseDecoder(this);
    this.socket = openMemberSocket(home.target, {
      onConnected: () => {
        this.isConnected = true;
        this.owner?.memberConnected();
      },
      onBytes: (bytes, count) => this.read(bytes, count),
    });
    this.output = new Output(this.socket);
    this.socket.on('drain', () => this.owner?.memberDrained());
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message;
    });
    this.socket.on('end', () => this.ended());
    this.socket.on('close', () => this.ended());
  }

  get hasAnswerBegun(): boolean {
    return this.decoder.begun;
  }

  get wasUsed(): boolean {
    return this.served > 0;
  }

  begin(owner: MemberOwner, request: OutgoingRequest): void {
    this.owner = owner;
    this.isRequestSent = false;
    this.isAnswerComplete = false;
    this.isChunkedRequest = request.framing === 'chunked';
    this.decoder.expect(request.method);
    this.text(encodeRequestHead(request));
  }

  joinWrites(): void {
    if (this.isJoining) return;
    this.isJoining = true;
    this.socket.cork();
    this.home.flushTurn.add(this);
  }

  flushNow(): void {
    this.isJoining = false;
    this.output.flush();
    this.socket.uncork();
  }

  sendBody(bytes: Buffer): boolean {
    const { output } = this;
    const isChunk = this.isChunkedRequest && !this.isTunnel;
    if (isChunk) output.text(chunkPrefix(bytes.length));
    output.bytes(bytes, 0, bytes.length);
    if (isChunk) output.text('\r\n');
    if (!this.isJoining) output.flush();
    return output.queuedBytes < HIGH_WATER_BYTES;
  }

  finishRequest(): void {
    if (this.isChunkedRequest) this.text(LAST_CHUNK);
    this.isRequestSent = true;
  }

  /** A head alone goes out as it is, which is the shortest way; behind what is collected already it has to wait. */
  private text(latin1: string): void {
    if (this.isJoining) this.output.text(latin1);
    else this.socket.write(latin1, 'latin1');
  }

  endTunnel(): void {
    this.output.flush();
    this.socket.end();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  discard(): void {
    this.owner = null;
    if (this.isDead) return;
    this.isDead = true;
    this.home.forget(this);
    this.socket.destroy();
  }

  giveUp(): void {
    this.discard();
  }

  private read(buffer: Buffer, count: number): void {
    const owner = this.owner;
    if (owner === null) return this.discard();
    if (this.isTunnel) owner.memberTunnelBytes(buffer, 0, count);
    else this.decode(buffer, count);
    owner.memberReadDone();
  }

  private decode(buffer: Buffer, count: number): void {
    const used = this.decoder.push(buffer, 0, count);
    // Bytes behind an answer belong to no request: whatever they are, this connection cannot be trusted.
    if (used < count && this.isTunnel) this.owner?.memberTunnelBytes(buffer, used, count);
    else if (used < count) this.mayServeAnother = false;
    if (this.isAnswerComplete) this.settle();
  }

  onInformational(head: ResponseHead): void {
    this.owner?.memberInformational(head);
  }

  onResponseHead(head: ResponseHead): void {
    this.mayServeAnother = head.keepAlive && head.framing !== 'close';
    this.keepAliveTimeout = head.keepAliveTimeout;
    if (head.status === 101) this.isTunnel = true;
    this.owner?.memberHead(head);
  }

  onResponseBody(bytes: Buffer, start: number, end: number): void {
    this.owner?.memberBody(bytes, start, end);
  }

  onResponseEnd(trailers: string): void {
    this.isAnswerComplete = true;
    const owner = this.owner;
    // An answer that came before the request was complete leaves the rest of it nowhere to go.
    if (!this.isRequestSent) this.mayServeAnother = false;
    this.owner = null;
    owner?.memberEnd(trailers);
  }

  onResponseProblem(problem: WireProblem): void {
    this.fail('response-error', problem.reason);
  }

  /** After an answer: back to the pool, or away. */
  private settle(): void {
    this.isAnswerComplete = false;
    if (this.owner !== null) return;
    if (!this.mayServeAnother || this.isDead) return this.discard();
    this.served++;
    this.home.takeBack(this);
  }

  private ended(): void {
    const owner = this.owner;
    if (this.isDead || owner === null) return this.discard();
    if (this.isTunnel) {
      this.discard();
      return owner.memberTunnelEnd();
    }
    if (this.error !== '' || this.decoder.state !== 'close') {
      return this.fail(
        this.isConnected ? 'response-error' : connectFailureKind(this.error),
        this.error === '' ? 'closed by the member' : this.error,
      );
    }
    this.decoder.end();
    this.discard();
    owner.memberReadDone();
  }

  private fail(kind: MemberFailure, reason: string): void {
    const owner = this.owner;
    this.discard();
    owner?.memberFailed(this, kind, reason);
    owner?.memberReadDone();
  }
}
