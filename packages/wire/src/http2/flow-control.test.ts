import { describe, expect, it } from 'vitest';
import { STALL_LIMIT_MS } from './endpoint.ts';
import { ErrorCode } from './error-code.ts';
import { FrameFlag, FrameType } from './frame-type.ts';
import { SettingId } from './settings.ts';
import {
  data,
  frame,
  getRequest,
  headers,
  numberFrame,
  postRequest,
  preface,
  settings,
} from './testing/frames.ts';
import { RawClient } from './testing/raw-client.ts';

const big = Buffer.from('0123456789'.repeat(50_000));

/** A client whose windows are as given; the connection's can only grow beyond 65,535. */
function clientWithWindows(stream: number, connection = 65_535): RawClient {
  const opening = [preface, settings([SettingId.initialWindowSize, stream])];
  if (connection > 65_535) opening.push(numberFrame(FrameType.windowUpdate, 0, connection - 65_535));
  return new RawClient({ opening: Buffer.concat(opening) });
}

function bodyOf(client: RawClient, streamId: number): Buffer {
  const frames = client.takeStream(streamId).filter(({ type }) => type === FrameType.data);
  return Buffer.concat(frames.map(({ payload }) => payload));
}

function respondTo(client: RawClient, ...ids: number[]): void {
  for (const id of ids) {
    client.send(headers(id, getRequest, true));
    client.server.respond(id, { status: 200, fields: '', contentLength: -1 }, false);
  }
}

describe('sending', () => {
  it('keeps within the window of the stream and goes on when it is opened', () => {
    const client = clientWithWindows(10, 1_000_000);
    respondTo(client, 1);
    expect(client.server.sendBody(1, big, 0, 25)).toBe(true);
    client.server.endBody(1, '');
    expect(bodyOf(client, 1).toString()).toBe('0123456789');
    client.send(numberFrame(FrameType.windowUpdate, 1, 12));
    expect(bodyOf(client, 1).toString()).toBe('012345678901');
    client.send(numberFrame(FrameType.windowUpdate, 1, 100));
    const last = client.takeStream(1);
    expect(last.map(({ flags, payload }) => [flags, payload.toString()])).toEqual([
      [FrameFlag.endStream, '234'],
    ]);
    expect(client.server.idle).toBe(true);
  });

  it('keeps within the window of the connection, which all streams share in turn', () => {
    const client = clientWithWindows(1_000_000);
    respondTo(client, 1, 3);
    client.server.sendBody(1, big, 0, 60_000);
    client.server.sendBody(3, big, 0, 60_000);
    const first = client.takeFrames().filter(({ type }) => type === FrameType.data);
    const total = first.reduce((sum, { payload }) => sum + payload.length, 0);
    expect(total).toBe(65_535);
    expect(client.server.outputPending).toBe(false);
    client.send(numberFrame(FrameType.windowUpdate, 0, 100_000));
    expect(client.server.outputPending).toBe(true);
    const second = client.takeFrames().filter(({ type }) => type === FrameType.data);
    for (const id of [1, 3]) {
      const body = [...first, ...second]
        .filter(({ streamId }) => streamId === id)
        .map(({ payload }) => payload);
      expect(Buffer.concat(body).equals(big.subarray(0, 60_000))).toBe(true);
    }
  });

  it('gives every stream its turn, frame by frame', () => {
    const client = clientWithWindows(1_000_000, 10_000_000);
    respondTo(client, 1, 3, 5, 7);
    for (const id of [1, 3, 5, 7]) client.server.sendBody(id, big, 0, 200_000);
    const order = client
      .takeFrames()
      .filter(({ type }) => type === FrameType.data)
      .map(({ streamId }) => streamId);
    // The first one was alone when it began; from then on nobody comes twice before all others have come.
    const inTurn = order.slice(4, 40);
    for (let i = 0; i + 4 <= inTurn.length; i += 4) expect(new Set(inTurn.slice(i, i + 4)).size).toBe(4);
  });

  it('puts control frames and heads in front of waiting bodies', () => {
    const client = clientWithWindows(1_000_000, 10_000_000);
    respondTo(client, 1);
    client.takeFrames();
    client.server.sendBody(1, big, 0, 400_000);
    // Two chunks are spoken for at most: the one that was begun, and the one that is being filled.
    client.server.recycle(client.server.takeOutput()!);
    client.send(frame(FrameType.ping, 0, 0, Buffer.alloc(8)), headers(3, getRequest, true));
    client.server.respond(3, { status: 204, fields: '', contentLength: -1 }, true);
    const [pong, head] = client.takeFrames();
    expect(pong!.type).toBe(FrameType.ping);
    expect(head).toMatchObject({ type: FrameType.headers, streamId: 3 });
  });

  it('never gives out more than 32 KiB at once', () => {
    const client = clientWithWindows(1_000_000, 10_000_000);
    respondTo(client, 1, 3);
    for (const id of [1, 3]) client.server.sendBody(id, big, 0, big.length);
    let total = 0;
    for (let chunk = client.server.takeOutput(); chunk !== null; chunk = client.server.takeOutput()) {
      expect(chunk.length).toBeLessThanOrEqual(32 * 1024);
      total += chunk.length;
      client.server.recycle(chunk);
    }
    expect(total).toBeGreaterThan(2 * big.length);
  });

  it('asks a source to pause above 64 KiB and to go on when little is left', () => {
    const client = clientWithWindows(0, 10_000_000);
    respondTo(client, 1);
    expect(client.server.sendBody(1, big, 0, 64 * 1024)).toBe(true);
    expect(client.server.sendBody(1, big, 0, 1)).toBe(false);
    client.send(numberFrame(FrameType.windowUpdate, 1, 40_000));
    client.takeFrames();
    expect(client.log).not.toContain('writable 1');
    client.send(numberFrame(FrameType.windowUpdate, 1, 20_000));
    client.takeFrames();
    expect(client.log.filter((line) => line === 'writable 1')).toHaveLength(1);
    expect(client.server.sendBody(1, big, 0, 1)).toBe(true);
  });

  it('follows INITIAL_WINDOW_SIZE up, down and below zero', () => {
    const client = clientWithWindows(100, 1_000_000);
    respondTo(client, 1);
    client.server.sendBody(1, big, 0, 200);
    expect(bodyOf(client, 1)).toHaveLength(100);
    client.send(settings([SettingId.initialWindowSize, 40]), numberFrame(FrameType.windowUpdate, 1, 50));
    expect(bodyOf(client, 1)).toHaveLength(0);
    client.send(settings([SettingId.initialWindowSize, 60]));
    expect(bodyOf(client, 1)).toHaveLength(10);
    client.send(settings([SettingId.initialWindowSize, 1000]));
    expect(bodyOf(client, 1)).toHaveLength(90);
  });

  it('resets a stream whose window grows beyond 2^31-1 or by 0, and the connection if SETTINGS do it', () => {
    const client = new RawClient();
    respondTo(client, 1, 3);
    client.send(
      numberFrame(FrameType.windowUpdate, 1, 0x7fff_ffff),
      numberFrame(FrameType.windowUpdate, 3, 0),
    );
    expect(client.log).toContain(`reset 1 ${ErrorCode.flowControlError}`);
    expect(client.log).toContain(`reset 3 ${ErrorCode.protocolError}`);
    respondTo(client, 5);
    client.send(numberFrame(FrameType.windowUpdate, 5, 0x7fff_0000));
    client.send(settings([SettingId.initialWindowSize, 0x7fff_ffff]));
    expect(client.goawayCode()).toBe(ErrorCode.flowControlError);
  });

  it('resets a stream that has waited for its window for 30 s, and no other', () => {
    const client = clientWithWindows(0);
    respondTo(client, 1, 3);
    client.server.sendBody(1, big, 0, 10);
    client.nowMs += STALL_LIMIT_MS - 1;
    client.server.sendBody(3, big, 0, 10);
    client.server.checkStalls(client.nowMs);
    expect(client.log.some((line) => line.startsWith('reset'))).toBe(false);
    client.nowMs += 1;
    client.server.checkStalls(client.nowMs);
    expect(client.log.filter((line) => line.startsWith('reset'))).toEqual([`reset 1 ${ErrorCode.cancel}`]);
    expect(client.takeStream(1).at(-1)!.type).toBe(FrameType.rstStream);
  });

  it('is not deceived by a window that opens a byte at a time', () => {
    const client = clientWithWindows(0);
    respondTo(client, 1);
    client.server.sendBody(1, big, 0, 10_000);
    for (let i = 0; i < 31; i++) {
      client.nowMs += 1000;
      client.send(numberFrame(FrameType.windowUpdate, 1, 1));
      client.takeFrames();
      client.server.checkStalls(client.nowMs);
    }
    expect(client.log).toContain(`reset 1 ${ErrorCode.cancel}`);
  });

  it('leaves a stream alone that makes progress, or has nothing to send', () => {
    const client = clientWithWindows(0);
    respondTo(client, 1, 3);
    client.server.sendBody(1, big, 0, 100_000);
    for (let i = 0; i < 60; i++) {
      client.nowMs += 1000;
      client.send(numberFrame(FrameType.windowUpdate, 1, 1500));
      client.takeFrames();
      client.server.checkStalls(client.nowMs);
    }
    expect(client.log.some((line) => line.startsWith('reset'))).toBe(false);
  });
});

describe('receiving', () => {
  const updates = (client: RawClient): [number, number][] =>
    client
      .takeFrames()
      .filter(({ type }) => type === FrameType.windowUpdate)
      .map(({ streamId, payload }) => [streamId, payload.readUInt32BE()]);
  const upload = (id: number, bytes: number): Buffer[] =>
    Array.from({ length: bytes / 8192 }, () => data(id, Buffer.alloc(8192), false));

  it('opens windows again only for what was released, half a window at a time', () => {
    const client = new RawClient({ settings: { connectionWindowBytes: 128 * 1024 } });
    client.takeFrames();
    client.send(headers(1, postRequest, false), ...upload(1, 64 * 1024));
    expect(updates(client)).toEqual([]);
    client.server.release(1, 8192);
    expect(updates(client)).toEqual([]);
    client.server.release(1, 24 * 1024);
    expect(updates(client)).toEqual([[1, 32 * 1024]]);
    client.server.release(1, 32 * 1024);
    expect(updates(client)).toEqual([
      [1, 32 * 1024],
      [0, 64 * 1024],
    ]);
    client.server.release(1, 1_000_000);
    expect(updates(client)).toEqual([]);
  });

  it('resets a stream that sends more than its window', () => {
    const client = new RawClient();
    client.send(headers(1, postRequest, false), ...upload(1, 64 * 1024), data(1, 'x', false));
    expect(client.log).toContain(`reset 1 ${ErrorCode.flowControlError}`);
    expect(client.bodies.get(1)).toHaveLength(64 * 1024);
  });

  it('bounds what all streams of a connection hold together', () => {
    const client = new RawClient();
    for (const id of [1, 3, 5, 7]) client.send(headers(id, postRequest, false), ...upload(id, 64 * 1024));
    client.send(headers(9, postRequest, false));
    expect(client.goawayCode()).toBe(-1);
    client.send(data(9, 'x', false));
    expect(client.goawayCode()).toBe(ErrorCode.flowControlError);
  });

  it('gives the connection back what a stream held when it ends, however it ends', () => {
    const client = new RawClient();
    client.takeFrames();
    for (let id = 1; id < 41; id += 2) {
      client.send(headers(id, postRequest, false), ...upload(id, 64 * 1024));
      if (id % 4 === 1) client.send(numberFrame(FrameType.rstStream, id, ErrorCode.cancel));
      else client.server.respond(id, { status: 200, fields: '', contentLength: -1 }, true);
    }
    expect(client.goawayCode()).toBe(-1);
    expect(client.heads.size).toBe(20);
  });

  it('gives back padding and the bodies of refused requests at once', () => {
    const client = new RawClient();
    client.takeFrames();
    client.send(headers(1, postRequest, false));
    const padded = Buffer.concat([Buffer.from([255]), Buffer.alloc(255)]);
    for (let i = 0; i < 2000; i++)
      client.send(frame(FrameType.data, FrameFlag.padded, 1, Buffer.concat([padded, Buffer.from('x')])));
    expect(client.goawayCode()).toBe(-1);
    expect(client.log.some((line) => line.startsWith('reset'))).toBe(false);
    client.send(headers(3, [':method: TRACE', ...postRequest.slice(1)], false), ...upload(3, 64 * 1024));
    client.server.respond(3, { status: 405, fields: '', contentLength: 0 }, true);
    for (let i = 0; i < 10; i++) client.send(...upload(3, 64 * 1024));
    expect(client.goawayCode()).toBe(-1);
  });
});
