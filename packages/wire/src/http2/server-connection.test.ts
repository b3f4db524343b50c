import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../message.ts';
import { ErrorCode } from './error-code.ts';
import { FrameFlag, FrameType } from './frame-type.ts';
import { DRAIN_PROBE_MS } from './server-connection.ts';
import { SettingId } from './settings.ts';
import {
  data,
  frame,
  getRequest,
  headers,
  literalBlock,
  numberFrame,
  postRequest,
  preface,
  settings,
} from './testing/frames.ts';
import { RawClient } from './testing/raw-client.ts';

const events = (client: RawClient): string[] => client.log.filter((line) => line !== 'output');

describe('requests', () => {
  it('come as head, body and end; trailers are dropped', () => {
    const client = new RawClient();
    client.send(headers(1, postRequest, false), data(1, 'hello ', false), data(1, 'world', false));
    client.send(headers(1, ['x-sum: 1'], true));
    expect(events(client)).toEqual(['request 1 POST /up false', 'end 1 11']);
    expect(client.bodies.get(1)).toBe('hello world');
    expect(client.server.idle).toBe(false);
    expect(client.server.requestCount).toBe(1);
  });

  it('have padding and priority fields taken off', () => {
    const client = new RawClient();
    const block = Buffer.concat([
      Buffer.from([3, 0, 0, 0, 9, 200]),
      literalBlock(postRequest),
      Buffer.alloc(3),
    ]);
    client.send(
      frame(FrameType.headers, FrameFlag.endHeaders | FrameFlag.padded | FrameFlag.priority, 1, block),
      frame(FrameType.data, FrameFlag.padded | FrameFlag.endStream, 1, Buffer.from('\x02hi\0\0', 'latin1')),
    );
    expect(events(client)).toEqual(['request 1 POST /up false', 'end 1 2']);
  });

  it('come in several frames too', () => {
    const client = new RawClient();
    const block = literalBlock([...getRequest, `x-long: ${'a'.repeat(40_000)}`]);
    client.send(
      frame(FrameType.headers, FrameFlag.endStream, 1, block.subarray(0, 16_000)),
      frame(FrameType.continuation, 0, 1, block.subarray(16_000, 32_000)),
    );
    expect(client.server.isInsideHead).toBe(true);
    client.send(frame(FrameType.continuation, FrameFlag.endHeaders, 1, block.subarray(32_000)));
    expect(events(client)).toEqual(['request 1 GET / true']);
    expect(client.heads.get(1)!.fields.length).toBe(40_010);
    expect(client.server.isInsideHead).toBe(false);
  });

  it('that are malformed are reset and never seen; the connection goes on', () => {
    const client = new RawClient();
    client.send(headers(1, [...getRequest, 'Upper: x'], true), headers(3, getRequest, true));
    expect(events(client)).toEqual(['request 3 GET / true']);
    const reset = client.takeStream(1);
    expect(reset.map((each) => [each.type, each.payload.readUInt32BE()])).toEqual([
      [FrameType.rstStream, ErrorCode.protocolError],
    ]);
  });

  it('that are refused are answered with a page, their body thrown away', () => {
    const client = new RawClient();
    client.send(
      headers(1, [':method: TRACE', ...postRequest.slice(1)], false),
      data(1, 'x'.repeat(1000), true),
    );
    expect(events(client)).toEqual(['problem 1 405']);
    client.server.respond(1, { status: 405, fields: '', contentLength: 0 }, true);
    expect(client.server.idle).toBe(true);
    expect(client.takeStream(1).map(({ type }) => type)).toEqual([FrameType.headers]);
  });

  it('with a body that is not as long as declared are reset', () => {
    const client = new RawClient();
    client.send(headers(1, [...postRequest, 'content-length: 3'], false), data(1, 'ab', true));
    client.send(headers(3, [...postRequest, 'content-length: 3'], false), data(3, 'abcd', false));
    expect(events(client).filter((line) => line.startsWith('reset'))).toEqual(['reset 1 1', 'reset 3 1']);
    expect(client.bodies.get(3)).toBeUndefined();
  });

  it('with a body beyond the limit become a problem when the limit is passed', () => {
    const client = new RawClient({ limits: { ...defaultLimits, bodyBytes: 10 } });
    client.send(
      headers(1, postRequest, false),
      data(1, '0123456789', false),
      data(1, 'x', false),
      data(1, 'y', true),
    );
    expect(events(client)).toEqual(['request 1 POST /up false', 'problem 1 413']);
    expect(client.bodies.get(1)).toBe('0123456789');
  });

  it('with trailers that hold pseudo-header fields, or do not end the stream, are reset', () => {
    const client = new RawClient();
    client.send(headers(1, postRequest, false), headers(1, [':path: /'], true));
    client.send(headers(3, postRequest, false), headers(3, ['x: y'], false));
    expect(events(client).filter((line) => line.startsWith('reset'))).toEqual(['reset 1 1', 'reset 3 1']);
  });
});

describe('answers', () => {
  it('are one HEADERS and one DATA frame that ends the stream when they are there at once', () => {
    const client = new RawClient();
    client.answer = (id) => {
      client.server.respondInformational(id, 103, 'Link: </a>\r\n');
      client.server.respond(id, { status: 200, fields: 'Content-Type: x\r\n', contentLength: 2 }, false);
      client.server.sendBody(id, Buffer.from('hi'), 0, 2);
      client.server.endBody(id, '');
    };
    client.send(headers(1, getRequest, true));
    const frames = client.takeStream(1);
    expect(frames.map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.headers, FrameFlag.endHeaders],
      [FrameType.headers, FrameFlag.endHeaders],
      [FrameType.data, FrameFlag.endStream],
    ]);
    expect(client.decode(frames[0]!)).toEqual([':status: 103', 'link: </a>']);
    expect(client.decode(frames[1]!)).toEqual([':status: 200', 'content-length: 2', 'content-type: x']);
    expect(frames[2]!.payload.toString()).toBe('hi');
    expect(client.server.idle).toBe(true);
  });

  it('end with an empty frame when the last one has left, and with trailers behind the body', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true), headers(3, getRequest, true));
    client.server.respond(1, { status: 200, fields: '', contentLength: -1 }, false);
    client.server.respond(3, { status: 200, fields: '', contentLength: -1 }, false);
    client.server.sendBody(3, Buffer.from('body'), 0, 4);
    for (const head of client.takeFrames().filter(({ type }) => type === FrameType.headers))
      client.decode(head);
    client.server.endBody(1, '');
    client.server.endBody(3, 'Grpc-Status: 0\r\n');
    const [empty, trailers] = client.takeFrames();
    expect(empty).toMatchObject({ type: FrameType.data, flags: FrameFlag.endStream, streamId: 1 });
    expect(trailers).toMatchObject({ type: FrameType.headers, flags: 5, streamId: 3 });
    expect(client.decode(trailers!)).toEqual(['grpc-status: 0']);
  });

  it('that are shorter or longer than declared are broken off, never ended', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true), headers(3, getRequest, true));
    for (const id of [1, 3]) client.server.respond(id, { status: 200, fields: '', contentLength: 3 }, false);
    client.server.sendBody(1, Buffer.from('ab'), 0, 2);
    client.server.endBody(1, '');
    client.server.sendBody(3, Buffer.from('abcd'), 0, 4);
    const frames = client.takeFrames();
    for (const id of [1, 3]) {
      const last = frames.findLast(({ streamId }) => streamId === id)!;
      expect([last.type, last.payload.readUInt32BE()]).toEqual([
        FrameType.rstStream,
        ErrorCode.internalError,
      ]);
    }
    expect(frames.some(({ type, flags }) => type === FrameType.data && flags === FrameFlag.endStream)).toBe(
      false,
    );
  });

  describe('that come before the request has ended', () => {
    const answeredEarly = (): RawClient => {
      const client = new RawClient();
      client.send(headers(1, postRequest, false));
      client.server.respond(1, { status: 200, fields: '', contentLength: -1 }, true);
      expect(client.takeStream(1).map(({ type }) => type)).toEqual([FrameType.headers]);
      return client;
    };

    it('let the client end its side: the rest is dropped, its windows opened again', () => {
      const client = answeredEarly();
      for (let at = 0; at < 20; at++) client.send(data(1, 'x'.repeat(16_000), false));
      expect(client.takeFrames().map(({ type }) => type)).toContain(FrameType.windowUpdate);
      client.send(data(1, 'last', true));
      expect(events(client)).toEqual(['request 1 POST /up false']);
      expect([client.server.idle, client.goawayCode()]).toEqual([true, -1]);
    });

    it('stop the upload after two seconds, or four megabytes', () => {
      const slow = answeredEarly();
      slow.nowMs += 1999;
      slow.server.checkStalls(slow.nowMs);
      expect(slow.takeStream(1)).toEqual([]);
      slow.nowMs += 1;
      slow.server.checkStalls(slow.nowMs);
      expect(slow.takeStream(1).map(({ payload }) => payload.readUInt32BE(0))).toEqual([ErrorCode.noError]);
      const fast = answeredEarly();
      for (let at = 0; at < 263; at++) fast.send(data(1, 'x'.repeat(16_000), false));
      const resets = fast.takeStream(1).filter(({ type }) => type === FrameType.rstStream);
      expect(resets.map(({ payload }) => payload.readUInt32BE(0))).toEqual([ErrorCode.noError]);
      expect([fast.server.idle, fast.goawayCode()]).toEqual([true, -1]);
    });
  });

  it('to HEAD, and of 204 and 304, have no body, whatever their owner sends', () => {
    const head = [':method: HEAD', ...getRequest.slice(1)];
    const long = `:path: /${'a'.repeat(17_000)}`;
    const statuses = [200, 414, 204, 304];
    const client = new RawClient();
    const block = literalBlock([head[0]!, head[1]!, long, head[3]!]);
    client.send(headers(1, head, true));
    client.send(
      frame(FrameType.headers, 1, 3, block.subarray(0, 9000)),
      frame(FrameType.continuation, 4, 3, block.subarray(9000)),
    );
    client.send(headers(5, getRequest, true), headers(7, getRequest, true));
    expect(client.log).toContain('problem 3 414');
    for (const [i, status] of statuses.entries()) {
      const id = 2 * i + 1;
      client.server.respond(id, { status, fields: '', contentLength: 4 }, false);
      client.server.sendBody(id, Buffer.from('page'), 0, 4);
      client.server.endBody(id, '');
    }
    const frames = client.takeFrames().filter(({ streamId }) => streamId > 0);
    expect(frames.map(({ type, flags, streamId }) => [type, flags, streamId])).toEqual(
      statuses.map((_, i) => [FrameType.headers, 5, 2 * i + 1]),
    );
    expect(client.server.idle).toBe(true);
  });

  it('may have a head larger than a frame', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true));
    client.server.respond(
      1,
      { status: 200, fields: `X-Long: ${'v'.repeat(40_000)}\r\n`, contentLength: -1 },
      true,
    );
    const frames = client.takeStream(1);
    expect(frames.map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.headers, FrameFlag.endStream],
      [FrameType.continuation, 0],
      [FrameType.continuation, FrameFlag.endHeaders],
    ]);
    const block = Buffer.concat(frames.map(({ payload }) => payload));
    expect(client.decode({ ...frames[0]!, payload: block })[1]).toBe(`x-long: ${'v'.repeat(40_000)}`);
  });

  it('for a stream that is gone are dropped', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true), numberFrame(FrameType.rstStream, 1, ErrorCode.cancel));
    expect(events(client)).toEqual(['request 1 GET / true', 'reset 1 8']);
    client.server.respond(1, { status: 200, fields: '', contentLength: -1 }, false);
    expect(client.server.sendBody(1, Buffer.from('x'), 0, 1)).toBe(true);
    client.server.endBody(1, '');
    client.server.reset(1, ErrorCode.cancel);
    expect(client.takeStream(1)).toEqual([]);
  });

  it('call for one flush however many there are', () => {
    const client = new RawClient();
    client.takeFrames();
    client.log.length = 0;
    for (let id = 1; id < 20; id += 2) client.send(headers(id, getRequest, true));
    for (let id = 1; id < 20; id += 2)
      client.server.respond(id, { status: 204, fields: '', contentLength: -1 }, true);
    expect(client.log.filter((line) => line === 'output')).toEqual(['output']);
    expect(client.server.outputPending).toBe(true);
    client.takeFrames();
    expect(client.server.outputPending).toBe(false);
  });
});

describe('the connection', () => {
  it('opens with settings and a wider window, and acknowledges those of the client', () => {
    const frames = new RawClient().takeFrames();
    expect(frames.map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.settings, 0],
      [FrameType.windowUpdate, 0],
      [FrameType.settings, FrameFlag.ack],
    ]);
  });

  it('answers PING, ignores what it does not know, PRIORITY, and the goodbye of the client', () => {
    const client = new RawClient();
    client.takeFrames();
    client.send(
      frame(FrameType.ping, 0, 0, Buffer.from('12345678')),
      frame(0x33, 0xff, 7, Buffer.alloc(100)),
      frame(FrameType.priority, 0, 9, Buffer.from([0, 0, 0, 1, 16])),
      frame(FrameType.goaway, 0, 0, Buffer.alloc(8)),
      settings([0x99, 1]),
    );
    const [pong, ...rest] = client.takeFrames();
    expect(pong).toMatchObject({
      type: FrameType.ping,
      flags: FrameFlag.ack,
      payload: Buffer.from('12345678'),
    });
    expect(rest.map(({ type, flags }) => [type, flags])).toEqual([[FrameType.settings, FrameFlag.ack]]);
  });

  const connectionFault: [string, number, readonly Buffer[]][] = [
    ['a frame longer than 16,384', ErrorCode.frameSizeError, [frame(0, 0, 1, Buffer.alloc(16_385))]],
    ['DATA on stream 0', ErrorCode.protocolError, [data(0, 'x', false)]],
    ['DATA on an idle stream', ErrorCode.protocolError, [data(1, 'x', false)]],
    ['HEADERS on an even stream', ErrorCode.protocolError, [headers(2, getRequest, true)]],
    ['HEADERS on stream 0', ErrorCode.protocolError, [headers(0, getRequest, true)]],
    [
      'padding as long as the frame',
      ErrorCode.protocolError,
      [headers(1, postRequest, false), frame(0, 8, 1, Buffer.from([3, 1, 1]))],
    ],
    ['padding beyond HEADERS', ErrorCode.protocolError, [frame(1, 0xd, 1, Buffer.from([9, 1, 1]))]],
    [
      'a padded frame without room',
      ErrorCode.frameSizeError,
      [headers(1, postRequest, false), frame(0, 8, 1)],
    ],
    ['RST_STREAM on an idle stream', ErrorCode.protocolError, [numberFrame(3, 1, 8)]],
    ['RST_STREAM of 3 bytes', ErrorCode.frameSizeError, [frame(3, 0, 1, Buffer.alloc(3))]],
    ['WINDOW_UPDATE on an idle stream', ErrorCode.protocolError, [numberFrame(8, 1, 8)]],
    ['WINDOW_UPDATE of 0 on the connection', ErrorCode.protocolError, [numberFrame(8, 0, 0)]],
    ['a connection window beyond 2^31-1', ErrorCode.flowControlError, [numberFrame(8, 0, 0x7fff_ffff)]],
    ['SETTINGS of 5 bytes', ErrorCode.frameSizeError, [frame(4, 0, 0, Buffer.alloc(5))]],
    ['SETTINGS ACK with a payload', ErrorCode.frameSizeError, [frame(4, 1, 0, Buffer.alloc(6))]],
    ['SETTINGS on a stream', ErrorCode.protocolError, [frame(4, 0, 1)]],
    ['ENABLE_PUSH 2', ErrorCode.protocolError, [settings([SettingId.enablePush, 2])]],
    [
      'INITIAL_WINDOW_SIZE 2^31',
      ErrorCode.flowControlError,
      [settings([SettingId.initialWindowSize, 0x8000_0000])],
    ],
    ['MAX_FRAME_SIZE 16383', ErrorCode.protocolError, [settings([SettingId.maxFrameSize, 16_383])]],
    ['PING of 7 bytes', ErrorCode.frameSizeError, [frame(6, 0, 0, Buffer.alloc(7))]],
    ['PING on a stream', ErrorCode.protocolError, [frame(6, 0, 1, Buffer.alloc(8))]],
    ['GOAWAY on a stream', ErrorCode.protocolError, [frame(7, 0, 1, Buffer.alloc(8))]],
    ['PRIORITY on stream 0', ErrorCode.protocolError, [frame(2, 0, 0, Buffer.alloc(5))]],
    ['PUSH_PROMISE', ErrorCode.protocolError, [frame(5, 4, 1, Buffer.alloc(4))]],
    ['CONTINUATION without HEADERS', ErrorCode.protocolError, [frame(9, 4, 1)]],
    [
      'a frame inside a header block',
      ErrorCode.protocolError,
      [frame(1, 1, 1), frame(6, 0, 0, Buffer.alloc(8))],
    ],
    ['CONTINUATION of another stream', ErrorCode.protocolError, [frame(1, 1, 1), frame(9, 4, 3)]],
    ['a corrupt header block', ErrorCode.compressionError, [frame(1, 5, 1, Buffer.from([0xff, 0xff]))]],
    [
      'a corrupt block of trailers',
      ErrorCode.compressionError,
      [headers(1, postRequest, false), frame(1, 5, 1, Buffer.from([0x80]))],
    ],
    [
      'an id that was left out',
      ErrorCode.protocolError,
      [headers(5, getRequest, true), headers(3, getRequest, true)],
    ],
  ];

  it.each(connectionFault)('ends by GOAWAY after %s', (_, code, frames) => {
    const client = new RawClient();
    client.send(...frames);
    expect(client.goawayCode()).toBe(code);
    expect(client.log.findLast((line) => line.startsWith('error'))).toContain(`error ${code} `);
    client.send(headers(7, getRequest, true));
    expect(client.heads.has(7)).toBe(false);
    expect(client.server.outputPending).toBe(false);
  });

  it.each([
    ['another preface', Buffer.from('GET / HTTP/1.1\r\nHost: h\r\n\r\n')],
    ['another frame before SETTINGS', Buffer.concat([preface, frame(6, 0, 0, Buffer.alloc(8))])],
    ['an ACK before SETTINGS', Buffer.concat([preface, frame(4, 1, 0)])],
  ])('ends by GOAWAY after %s', (_, opening) => {
    expect(new RawClient({ opening }).goawayCode()).toBe(ErrorCode.protocolError);
  });

  it('treats frames on closed streams as RFC 9113 §5.1 says', () => {
    const done = (): RawClient => {
      const client = new RawClient();
      client.send(headers(1, getRequest, true));
      client.server.respond(1, { status: 204, fields: '', contentLength: -1 }, true);
      return client;
    };
    for (const late of [headers(1, getRequest, true), data(1, 'x', true)]) {
      const client = done();
      client.send(late);
      expect(client.goawayCode()).toBe(ErrorCode.streamClosed);
    }
    const client = done();
    client.send(numberFrame(FrameType.windowUpdate, 1, 1), numberFrame(FrameType.rstStream, 1, 8));
    client.send(frame(FrameType.priority, 0, 1, Buffer.alloc(5)));
    expect(client.goawayCode()).toBe(-1);
  });

  it('resets a stream that goes on after its end, and forgives what was in flight when it was reset', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true), data(1, 'x', false));
    expect(events(client)).toEqual(['request 1 GET / true', 'reset 1 5']);
    client.send(data(1, 'y', false), headers(1, ['a: b'], true), numberFrame(FrameType.rstStream, 1, 8));
    expect(client.goawayCode()).toBe(-1);
  });

  it('keeps the table in step with blocks of streams that it refuses', () => {
    const client = new RawClient({ settings: { maxConcurrentStreams: 1 } });
    const indexed = (id: number, block: Buffer): Buffer => frame(FrameType.headers, 5, id, block);
    client.send(headers(1, getRequest, true));
    const inserted = Buffer.concat([literalBlock(getRequest), Buffer.from('\x40\x01a\x01b', 'latin1')]);
    client.send(indexed(3, inserted));
    const refused = client.takeStream(3);
    expect(refused.map(({ type, payload }) => [type, payload.readUInt32BE()])).toEqual([
      [FrameType.rstStream, ErrorCode.refusedStream],
    ]);
    client.server.reset(1, ErrorCode.cancel);
    client.send(indexed(5, Buffer.concat([literalBlock(getRequest), Buffer.from([0xbe])])));
    expect(client.heads.get(5)!.fields).toBe('a: b\r\n');
    expect(client.server.requestCount).toBe(2);
  });

  it('refuses the 129th stream', () => {
    const client = new RawClient();
    for (let i = 0; i < 129; i++) client.send(headers(2 * i + 1, getRequest, true));
    expect(client.heads.size).toBe(128);
    expect(client.takeStream(257).map(({ payload }) => payload.readUInt32BE())).toEqual([
      ErrorCode.refusedStream,
    ]);
  });

  it("says an owner's abort by GOAWAY, and nothing more to the owner", () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true));
    client.log.length = 0;
    client.server.abort(ErrorCode.internalError, 'shedding');
    client.send(headers(3, getRequest, true));
    client.server.endBody(1, '');
    expect(events(client)).toEqual([]);
    expect(client.goawayCode()).toBe(ErrorCode.internalError);
  });
});

describe('shutdown', () => {
  const goaways = (client: RawClient): [number, number][] =>
    client
      .takeFrames()
      .filter(({ type }) => type === FrameType.goaway)
      .map(({ payload }) => [payload.readUInt32BE(0), payload.readUInt32BE(4)]);
  const probeAck = frame(FrameType.ping, FrameFlag.ack, 0, Buffer.from('draining'));

  it('serves what is on its way, then names the last stream, then drains', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true));
    client.server.shutdown();
    expect(goaways(client)).toEqual([[0x7fff_ffff, ErrorCode.noError]]);
    client.send(headers(3, getRequest, true), probeAck);
    expect(goaways(client)).toEqual([[3, ErrorCode.noError]]);
    client.send(headers(5, getRequest, true));
    expect(client.heads.has(5)).toBe(false);
    client.server.respond(1, { status: 204, fields: '', contentLength: -1 }, true);
    expect(client.log).not.toContain('drained');
    client.server.respond(3, { status: 204, fields: '', contentLength: -1 }, true);
    expect(client.log.filter((line) => line === 'drained')).toHaveLength(1);
  });

  it('drains an idle connection as soon as the client answers, or after five clients', () => {
    const prompt = new RawClient();
    prompt.server.shutdown();
    prompt.send(probeAck);
    expect(prompt.log).toContain('drained');
    const silent = new RawClient();
    silent.server.shutdown();
    silent.nowMs += DRAIN_PROBE_MS - 1;
    silent.server.checkStalls(silent.nowMs);
    expect(silent.log).not.toContain('drained');
    silent.nowMs += 1;
    silent.server.checkStalls(silent.nowMs);
    expect(silent.log).toContain('drained');
  });
});
