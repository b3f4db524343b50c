import type { Socket } from 'node:net';
import {
  fieldValue,
  Http2ClientConnection,
  type Http2ClientEvents,
  type Http2ResponseEvents,
  type ResponseHead,
  type WireProblem,
} from '@elbow/wire';
import { authorityOf, type CheckTarget } from './check-target.ts';
import { isExpected } from './expected-codes.ts';
import { formatReason, mismatchReason } from './failure-reason.ts';
import { healthRequest, mostReplyBytes, servingStatusOf } from './health-reply.ts';
import type { Conversation, ConversationOwner } from './conversation.ts';

const healthPath = '/grpc.health.v1.Health/Check';
/** Of gRPC: the call went well. */
const okCode = 0;

/**
 * One call of grpc.health.v1.Health/Check over HTTP/2 in clear text. The code of the call decides; where it is OK the
 * server must also say that it is serving.
 */
export class GrpcConversation implements Conversation, Http2ClientEvents, Http2ResponseEvents {
  private readonly target: CheckTarget;
  private readonly owner: ConversationOwner;
  private readonly codec: Http2ClientConnection;
  private socket: Socket | null = null;
  private body: Buffer = Buffer.alloc(0);
  private headFields = '';
  private httpStatus = 0;

  constructor(target: CheckTarget, owner: ConversationOwner) {
    this.target = target;
    this.owner = owner;
    this.codec = new Http2ClientConnection({ events: this, nowMs: () => performance.now() });
  }

  start(socket: Socket): void {
    this.socket = socket;
    const authority = authorityOf(this.target);
    this.owner.step(`calling ${healthPath} of ${authority}`);
    this.codec.start();
    const request = {
      method: 'POST',
      scheme: 'http' as const,
      authority,
      path: healthPath,
      fields: 'content-type: application/grpc\r\nuser-agent: elb-healthcheck/1.0\r\n',
      contentLength: healthRequest.length,
      acceptsTrailers: true,
    };
    const stream = this.codec.request(request, false, this);
    this.codec.sendBody(stream, healthRequest, 0, healthRequest.length);
    this.codec.endBody(stream, '');
    this.flush();
  }

  read(bytes: Buffer, count: number): void {
    this.codec.receive(bytes, 0, count);
    this.flush();
  }

  onInformational(): void {}

  onResponseHead({ status, fields }: ResponseHead): void {
    this.httpStatus = status;
    this.headFields = fields;
    this.owner.step(`HTTP status ${status}`);
  }

  onResponseBody(bytes: Buffer, start: number, end: number): void {
    if (this.body.length < mostReplyBytes)
      this.body = Buffer.concat([this.body, bytes.subarray(start, Math.min(end, start + mostReplyBytes))]);
  }

  onResponseEnd(trailers: string): void {
    this.judge(trailers);
    this.codec.shutdown();
    this.flush();
    this.socket?.end();
  }

  onResponseProblem({ reason }: WireProblem): void {
    this.malformed(reason);
  }

  onResponseReset(code: number): void {
    this.malformed(`the stream was reset with code ${code}`);
  }

  onConnectionError(_code: number, reason: string): void {
    this.malformed(reason);
  }

  onOutput(): void {}

  onStreamWritable(): void {}

  onGoaway(): void {}

  onDrained(): void {}

  /** A call that failed at once has its code in the head, any other in the trailers. */
  private judge(trailers: string): void {
    if (this.httpStatus !== 200) return this.malformed(`HTTP status ${this.httpStatus} instead of 200`);
    const text = fieldValue(trailers, 'grpc-status') ?? fieldValue(this.headFields, 'grpc-status');
    const code = text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;
    if (code === null) return this.malformed('it has no grpc-status');
    this.owner.step(`grpc-status ${code}`);
    if (!isExpected(code, this.target.check.expectedCodes))
      return this.owner.fail(mismatchReason(this.target, code));
    const serving = code === okCode ? servingStatusOf(this.body) : 'SERVING';
    if (serving === null) return this.malformed('the reply is no HealthCheckResponse');
    if (serving !== 'SERVING') return this.owner.fail(mismatchReason(this.target, code, serving));
    this.owner.settle({ kind: 'healthy' });
  }

  private malformed(problem: string): void {
    this.owner.fail(formatReason(this.target, problem));
    this.flush();
    this.owner.leave();
  }

  private flush(): void {
    const { socket, codec } = this;
    if (socket === null) return;
    for (let chunk = codec.takeOutput(); chunk !== null && socket.writable; chunk = codec.takeOutput()) {
      const written = chunk;
      socket.write(written, () => {
        codec.recycle(written);
        this.owner.sent();
      });
    }
  }
}
