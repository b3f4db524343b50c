import { describe, expect, it } from 'vitest';
import type { ResponseHead, WireProblem } from '../message.ts';
import {
  Http2ClientConnection,
  type Http2ClientEvents,
  type Http2Request,
  type Http2ResponseEvents,
} from './client-connection.ts';
import { ErrorCode } from './error-code.ts';
import { CONNECTION_PREFACE, FrameFlag, FrameType } from './frame-type.ts';
import { SettingId } from './settings.ts';
import { data, type Frame, frame, headers, numberFrame, parseFrames, settings } from './testing/frames.ts';
import fc from 'fast-check';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 300), 20_000);

const call: Http2Request = {
  method: 'POST',
  scheme: 'http',
  authority: 'member.test:8080',
  path: '/pkg.Service/Call',
  fields: 'Content-Type: application/grpc\r\nConnection: close\r\n',
  contentLength: -1,
  acceptsTrailers: true,
};

/** A member of frames made by hand, and everything that the client said to its owner. */
class RawMember implements Http2ClientEvents {
  readonly log: string[] = [];
  readonly heads: ResponseHead[] = [];
  readonly client: Http2ClientConnection;

  constructor(opening: readonly Buffer[] = [settings()]) {
    this.client = new Http2ClientConnection({ events: this, nowMs: () => 0 });
    this.client.start();
    this.send(...opening);
  }

  send(...parts: readonly Buffer[]): void {
    const bytes = Buffer.concat(parts);
    this.client.receive(bytes, 0, bytes.length);
  }

  request(request: Partial<Http2Request> = {}, endStream = true): number {
    const { log, heads } = this;
    const name = `${this.client.requestCount * 2 + 1}`;
    const events: Http2ResponseEvents = {
      onInformational: ({ status, fields }) => log.push(`${name} informational ${status} ${fields}`),
      onResponseHead: (head) => {
        heads.push(head);
        log.push(`${name} head ${head.status}`);
      },
      onResponseBody: (bytes, start, end) => log.push(`${name} body ${bytes.toString('latin1', start, end)}`),
      onResponseEnd: (trailers) => log.push(`${name} end ${trailers}`),
      onResponseProblem: ({ status, reason }: WireProblem) => log.push(`${name} problem ${status} ${reason}`),
      onResponseReset: (code, isUnprocessed) => log.push(`${name} reset ${code} ${isUnprocessed}`),
    };
    return this.client.request({ ...call, ...request }, endStream, events);
  }

  takeFrames(): Frame[] {
    const chunks: Buffer[] = [];
    for (let chunk = this.client.takeOutput(); chunk !== null; chunk = this.client.takeOutput()) {
      chunks.push(Buffer.from(chunk));
      this.client.recycle(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const opens = bytes.subarray(0, CONNECTION_PREFACE.length).toString('latin1') === CONNECTION_PREFACE;
    return parseFrames(opens ? bytes.subarray(CONNECTION_PREFACE.length) : bytes);
  }

  onGoaway(): void {
    this.log.push('goaway');
  }

  onOutput(): void {}

  onStreamWritable(streamId: number): void {
    this.log.push(`writable ${streamId}`);
  }

  onConnectionError(code: number, reason: string): void {
    this.log.push(`error ${code} ${reason}`);
  }

  onDrained(): void {
    this.log.push('drained');
  }
}

describe('Http2ClientConnection', () => {
  it('sends preface, settings and a request, and reads an answer with trailers', () => {
    const member = new RawMember();
    const id = member.request({}, false);
    const message = Buffer.from('message');
    expect(member.client.sendBody(id, message, 0, message.length)).toBe(true);
    member.client.endBody(id, '');
    const frames = member.takeFrames();
    expect(frames.map(({ type, flags, streamId }) => [type, flags, streamId])).toEqual([
      [FrameType.settings, 0, 0],
      [FrameType.windowUpdate, 0, 0],
      [FrameType.settings, FrameFlag.ack, 0],
      [FrameType.headers, FrameFlag.endHeaders, 1],
      [FrameType.data, FrameFlag.endStream, 1],
    ]);
    member.send(
      headers(1, [':status: 103', 'link: </a>'], false),
      headers(1, [':status: 200', 'content-type: application/grpc', 'etag: x'], false),
      data(1, 'answer', false),
      headers(1, ['grpc-status: 0', 'grpc-message: fine'], true),
    );
    expect(member.log).toEqual([
      '1 informational 103 link: </a>\r\n',
      '1 head 200',
      '1 body answer',
      '1 end grpc-status: 0\r\ngrpc-message: fine\r\n',
    ]);
    expect(member.heads[0]).toMatchObject({
      fields: 'content-type: application/grpc\r\netag: x\r\n',
      framing: 'chunked',
      contentLength: -1,
    });
    expect(member.client.idle).toBe(true);
  });

  it('reads an answer of trailers alone', () => {
    const member = new RawMember();
    member.request();
    member.send(headers(1, [':status: 200', 'grpc-status: 12'], true));
    expect(member.log).toEqual(['1 head 200', '1 end ']);
    expect(member.heads[0]).toMatchObject({ framing: 'none', fields: 'grpc-status: 12\r\n' });
  });

  it('knows answers that have no body whatever they declare', () => {
    const member = new RawMember();
    member.request({ method: 'HEAD' });
    member.request();
    member.send(
      headers(1, [':status: 200', 'content-length: 10'], true),
      headers(3, [':status: 304', 'content-length: 9'], true),
    );
    expect(member.heads.map(({ framing, contentLength }) => [framing, contentLength])).toEqual([
      ['none', 10],
      ['none', 9],
    ]);
    member.request({ method: 'HEAD' });
    member.send(headers(5, [':status: 200'], false), data(5, 'x', true));
    expect(member.log.at(-1)).toBe(`5 reset ${ErrorCode.protocolError} false`);
  });

  it.each<[string, Buffer[]]>([
    ['no status', [headers(1, ['a: b'], true)]],
    ['two statuses', [headers(1, [':status: 200', ':status: 200'], true)]],
    ['a status behind a field', [headers(1, ['a: b', ':status: 200'], true)]],
    ['a status of two digits', [headers(1, [':status: 20'], true)]],
    ['a pseudo-header field of requests', [headers(1, [':status: 200', ':path: /'], true)]],
    ['101', [headers(1, [':status: 101'], false)]],
    ['an interim answer that ends the stream', [headers(1, [':status: 100'], true)]],
    ['a connection-specific field', [headers(1, [':status: 200', 'connection: close'], true)]],
    ['an upper-case name', [headers(1, [':status: 200', 'A: b'], true)]],
    ['a missing body', [headers(1, [':status: 200', 'content-length: 1'], true)]],
    ['DATA before the head', [data(1, 'x', false)]],
    ['the end before the head', [data(1, '', true)]],
    ['a head that is too large', [largeHead(1)]],
  ])('makes a 502 of %s', (_, frames) => {
    const member = new RawMember();
    member.request();
    member.send(...frames);
    expect(member.log).toEqual([expect.stringMatching(/^1 problem 502 /)]);
    expect(member.takeFrames().at(-1)).toMatchObject({ type: FrameType.rstStream, streamId: 1 });
    expect(member.client.canOpen).toBe(true);
  });

  it.each<[string, Buffer]>([
    ['with a status', headers(1, [':status: 200'], true)],
    ['with a field that frames', headers(1, ['content-length: 2'], true)],
    ['that do not end the stream', headers(1, ['a: b'], false)],
  ])('breaks off at trailers %s', (_, trailers) => {
    const member = new RawMember();
    member.request();
    member.send(headers(1, [':status: 200'], false), data(1, 'half', false), trailers);
    expect(member.log.at(-1)).toBe('1 problem 502 malformed answer');
  });

  it('breaks off at a body that is not as long as declared', () => {
    const member = new RawMember();
    member.request();
    member.send(headers(1, [':status: 200', 'content-length: 5'], false), data(1, 'half', true));
    expect(member.log).toEqual(['1 head 200', '1 body half', `1 reset ${ErrorCode.protocolError} false`]);
  });

  it('says which requests the member did not begin with', () => {
    const member = new RawMember();
    for (let i = 0; i < 4; i++) member.request();
    member.send(
      headers(1, [':status: 200'], false),
      numberFrame(FrameType.rstStream, 1, ErrorCode.internalError),
      numberFrame(FrameType.rstStream, 3, ErrorCode.refusedStream),
      frame(FrameType.goaway, 0, 0, Buffer.from([0, 0, 0, 5, 0, 0, 0, 0])),
    );
    expect(member.log).toEqual([
      '1 head 200',
      `1 reset ${ErrorCode.internalError} false`,
      `3 reset ${ErrorCode.refusedStream} true`,
      'goaway',
      `7 reset ${ErrorCode.refusedStream} true`,
    ]);
    expect(member.client.canOpen).toBe(false);
    expect(member.request()).toBe(0);
    member.send(headers(5, [':status: 200'], true));
    expect(member.log.at(-1)).toBe('drained');
  });

  it('takes a reset behind a complete answer for what it is: no more of the body, please', () => {
    const member = new RawMember();
    member.request({}, false);
    member.send(headers(1, [':status: 413'], true), numberFrame(FrameType.rstStream, 1, ErrorCode.noError));
    expect(member.log).toEqual(['1 head 413', '1 end ']);
    expect(member.client.idle).toBe(true);
  });

  it('keeps to the streams that the member allows', () => {
    const member = new RawMember([settings([SettingId.maxConcurrentStreams, 1])]);
    expect(member.request()).toBe(1);
    expect(member.request()).toBe(0);
    member.send(headers(1, [':status: 204'], true));
    expect(member.request()).toBe(3);
  });

  it('opens windows only for what was released', () => {
    const member = new RawMember();
    member.request();
    member.takeFrames();
    member.send(
      headers(1, [':status: 200'], false),
      ...Array.from({ length: 4 }, () => data(1, Buffer.alloc(16_384), false)),
    );
    expect(member.takeFrames()).toEqual([]);
    member.client.release(1, 40_000);
    expect(member.takeFrames().map(({ type, streamId }) => [type, streamId])).toEqual([
      [FrameType.windowUpdate, 1],
    ]);
    member.send(
      data(1, Buffer.alloc(16_384), false),
      data(1, Buffer.alloc(16_384), false),
      data(1, Buffer.alloc(16_384), false),
    );
    expect(member.log.at(-1)).toBe(`1 reset ${ErrorCode.flowControlError} false`);
  });

  it.each<[string, number, Buffer]>([
    ['HEADERS on an idle stream', ErrorCode.protocolError, headers(9, [':status: 200'], true)],
    ['PUSH_PROMISE', ErrorCode.protocolError, frame(FrameType.pushPromise, 4, 1, Buffer.from([0, 0, 0, 2]))],
    [
      'a corrupt header block',
      ErrorCode.compressionError,
      frame(FrameType.headers, 5, 1, Buffer.from([0xff])),
    ],
  ])('ends the connection after %s', (_, code, bytes) => {
    const member = new RawMember();
    member.request();
    member.send(bytes);
    expect(member.log.at(-1)).toContain(`error ${code} `);
    expect(member.takeFrames().at(-1)!.type).toBe(FrameType.goaway);
    expect(member.client.canOpen).toBe(false);
  });

  it('finishes its streams when it is shut down', () => {
    const member = new RawMember();
    member.request();
    member.client.shutdown();
    expect(member.client.canOpen).toBe(false);
    member.send(headers(1, [':status: 204'], true));
    expect(member.log).toEqual(['1 head 204', '1 end ', 'drained']);
    expect(member.takeFrames().at(-1)!.type).toBe(FrameType.goaway);
  });

  it('never throws, and says one last thing of every exchange, for any bytes', {
    timeout: 10_000 + 5 * runs,
  }, () => {
    const talk = Buffer.concat([
      settings([4, 100]),
      headers(1, [':status: 200', 'content-length: 3'], false),
      data(1, 'abc', true),
      headers(3, [':status: 100'], false),
      headers(3, [':status: 200'], false),
      frame(0, 8, 3, Buffer.from('\x01x\0', 'latin1')),
      headers(3, ['grpc-status: 0'], true),
      numberFrame(3, 5, 7),
      frame(7, 0, 0, Buffer.from([0, 0, 0, 5, 0, 0, 0, 0])),
    ]);
    const mutation = fc.record({ at: fc.nat(talk.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 5 }), fc.nat(talk.length), (mutations, cut) => {
        const bytes = Buffer.from(talk);
        for (const { at, byte } of mutations) bytes[at] = byte;
        const member = new RawMember([]);
        for (let i = 0; i < 4; i++) member.request();
        member.client.receive(bytes, 0, cut);
        member.client.receive(bytes, cut, bytes.length);
        member.takeFrames();
        for (const name of ['1', '3', '5', '7']) {
          const last = member.log.filter(
            (line) => /^\d+ (end|problem|reset)/.test(line) && line.startsWith(name),
          );
          expect(last.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: runs },
    );
  });
});

function largeHead(streamId: number): Buffer {
  const value = 'v'.repeat(8000);
  const lines = Array.from({ length: 9 }, (_, i) => `x-${i}: ${value}`);
  const block = headers(streamId, [':status: 200', ...lines], false).subarray(9);
  const parts: Buffer[] = [];
  for (let at = 0; at < block.length; at += 16_000) {
    const isLast = at + 16_000 >= block.length;
    const type = at === 0 ? FrameType.headers : FrameType.continuation;
    parts.push(frame(type, isLast ? FrameFlag.endHeaders : 0, streamId, block.subarray(at, at + 16_000)));
  }
  return Buffer.concat(parts);
}
