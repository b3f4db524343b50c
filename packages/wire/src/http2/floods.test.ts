import { describe, expect, it } from 'vitest';
import { ErrorCode } from './error-code.ts';
import { defaultFloodBudgets, type Nuisance } from './flood-guard.ts';
import { FrameFlag, FrameType } from './frame-type.ts';
import {
  data,
  frame,
  getRequest,
  headers,
  literalBlock,
  numberFrame,
  postRequest,
  settings,
} from './testing/frames.ts';
import { RawClient } from './testing/raw-client.ts';

/** One of each nuisance; `i` counts from 0. */
const nuisances: { readonly [nuisance in Nuisance]: (i: number) => Buffer } = {
  reset: (i) =>
    Buffer.concat([headers(2 * i + 1, getRequest, true), numberFrame(FrameType.rstStream, 2 * i + 1, 8)]),
  fault: (i) => headers(2 * i + 1, [...getRequest, 'Bad: x'], true),
  refused: (i) => headers(2 * (i + 128) + 1, getRequest, true),
  settings: () => settings(),
  ping: () => frame(FrameType.ping, 0, 0, Buffer.alloc(8)),
  priority: () => frame(FrameType.priority, 0, 1, Buffer.alloc(5)),
  emptyData: () => data(1, '', false),
  windowUpdate: () => numberFrame(FrameType.windowUpdate, 0, 1),
  ignored: () => frame(0x77, 0, 0, Buffer.from('?')),
};

function prepared(nuisance: Nuisance): RawClient {
  const client = new RawClient();
  if (nuisance === 'emptyData') client.send(headers(1, postRequest, false));
  if (nuisance === 'refused') for (let i = 0; i < 128; i++) client.send(headers(2 * i + 1, getRequest, true));
  // The opening counts as one SETTINGS; let it be forgotten.
  client.nowMs += 20_000;
  return client;
}

describe('floods', () => {
  const kinds = Object.keys(nuisances) as Nuisance[];

  it.each(kinds)('of kind %s end the connection with ENHANCE_YOUR_CALM', (kind) => {
    const client = prepared(kind);
    const budget = defaultFloodBudgets[kind];
    for (let i = 0; i < budget; i++) {
      client.send(nuisances[kind](i));
      if (i % 500 === 0) client.takeFrames();
    }
    expect(client.goawayCode()).toBe(-1);
    client.send(nuisances[kind](budget));
    expect(client.goawayCode()).toBe(ErrorCode.enhanceYourCalm);
    expect(client.log.find((line) => line.startsWith('error'))).toMatch(/^error 11 too many/);
  });

  it.each(kinds)('of kind %s are none when they are spread over time', (kind) => {
    const client = prepared(kind);
    const budget = defaultFloodBudgets[kind];
    const rounds = 5;
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < budget; i++) {
        client.send(nuisances[kind](round * budget + i));
        if (i % 500 === 0) client.takeFrames();
      }
      client.takeFrames();
      client.nowMs += 11_000;
    }
    expect(client.log.some((line) => line.startsWith('error'))).toBe(false);
  });

  it('are counted over the last ten seconds, not from one window to the next', () => {
    const client = prepared('reset');
    for (let i = 0; i < 150; i++) client.send(nuisances.reset(i));
    client.nowMs += 8000;
    for (let i = 150; i < 201; i++) client.send(nuisances.reset(i));
    expect(client.goawayCode()).toBe(ErrorCode.enhanceYourCalm);
  });

  it('do not count PING and WINDOW_UPDATE that answer to DATA of ours', () => {
    const client = new RawClient();
    client.send(headers(1, getRequest, true), numberFrame(FrameType.windowUpdate, 0, 100_000_000));
    client.send(numberFrame(FrameType.windowUpdate, 1, 100_000_000));
    client.server.respond(1, { status: 200, fields: '', contentLength: -1 }, false);
    const piece = Buffer.alloc(100);
    for (let i = 0; i < 5000; i++) {
      client.server.sendBody(1, piece, 0, 100);
      client.takeFrames();
      client.send(nuisances.ping(i), nuisances.windowUpdate(i), numberFrame(FrameType.windowUpdate, 1, 1));
    }
    expect(client.goawayCode()).toBe(-1);
  });

  it('do not count requests that are answered', () => {
    const client = new RawClient();
    client.answer = (id) => client.server.respond(id, { status: 204, fields: '', contentLength: -1 }, true);
    for (let i = 0; i < 5000; i++) {
      client.send(headers(2 * i + 1, getRequest, true));
      if (i % 100 === 0) client.takeFrames();
    }
    client.takeFrames();
    expect(client.log.some((line) => line.startsWith('error'))).toBe(false);
    expect(client.server.requestCount).toBe(5000);
  });

  it('of CONTINUATION end the connection: by bytes', () => {
    const client = new RawClient();
    client.send(frame(FrameType.headers, FrameFlag.endStream, 1, literalBlock(getRequest)));
    const piece = frame(FrameType.continuation, 0, 1, Buffer.alloc(16_000));
    for (let i = 0; i < 9; i++) client.send(piece);
    expect(client.goawayCode()).toBe(ErrorCode.enhanceYourCalm);
  });

  it('of CONTINUATION end the connection: by number', () => {
    const client = new RawClient();
    client.send(frame(FrameType.headers, FrameFlag.endStream, 1, literalBlock(getRequest)));
    for (let i = 0; i < 128; i++) client.send(frame(FrameType.continuation, 0, 1));
    expect(client.goawayCode()).toBe(ErrorCode.enhanceYourCalm);
  });

  it('of answers that nobody reads end the connection, however slow they come', () => {
    const client = new RawClient();
    for (let i = 0; i < 4000; i++) {
      client.nowMs += 1000;
      client.send(nuisances.ping(i));
    }
    expect(client.log.at(-1)).toBe('error 11 replies are not being read');
  });

  it('of references to one large line are a 400, and the connection goes on', () => {
    const client = new RawClient();
    const line = Buffer.concat([Buffer.from('\x40\x01a\x7f\xa1\x1e', 'latin1'), Buffer.alloc(4000, 0x62)]);
    const bomb = Buffer.concat([literalBlock(getRequest), line, Buffer.alloc(10_000, 0xbe)]);
    client.send(frame(FrameType.headers, 5, 1, bomb), headers(3, getRequest, true));
    expect(client.log.filter((each) => each !== 'output')).toEqual(['problem 1 400', 'request 3 GET / true']);
  });

  it('of a head of 66,000 bytes are a 400', () => {
    const client = new RawClient();
    const block = literalBlock([...getRequest, `x-a: ${'a'.repeat(66_000)}`]);
    const parts = [0, 1, 2, 3, 4].map((i) =>
      frame(i === 0 ? 1 : 9, i === 4 ? 4 : i === 0 ? 1 : 0, 1, block.subarray(i * 16_000, (i + 1) * 16_000)),
    );
    client.send(...parts);
    expect(client.problems.get(1)!.status).toBe(400);
  });
});
