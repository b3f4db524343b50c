import type { ClientHttp2Session } from 'node:http2';
import {
  aListener,
  askHttp2,
  blackHole,
  freeAddress,
  http2Member,
  openHttp2,
  openRawClient,
  readHttp2,
  runCommand,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { BuiltListener, CallScript, Elbow, Http2Member, MemberWish } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// GRPC pools: HTTP/2 from end to end, with trailers. The messages are bytes to the load balancer.

let elbow: Elbow;
let member: Http2Member;
let built: BuiltListener;

const type = { 'content-type': 'application/grpc' };
/** One uncompressed gRPC message: flag, length, bytes. */
const message = (text: string): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([head, Buffer.from(text)]);
};

/** Answers with one message and `grpc-status: 0` in the trailers, once the request is complete. */
const unary: CallScript = ({ stream }) => {
  stream.on('end', () => {
    stream.respond({ ':status': 200, ...type }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'x-cost': '7' }));
    stream.end(message('pong'));
  });
  stream.resume();
};

beforeAll(async () => {
  elbow = await startElbow();
  member = await http2Member(unary);
  built = await aGrpcListener([member]);
});
beforeEach(() => {
  member.script = unary;
  member.calls.length = 0;
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

function aGrpcListener(members: readonly MemberWish[], fields: object = {}): Promise<BuiltListener> {
  return aListener(elbow, { members, fields: { http2_enable: true, ...fields }, pool: { protocol: 'GRPC' } });
}

const open = (listener = built): Promise<ClientHttp2Session> => forThisTest(openHttp2(listener));

const call = (path = '/test.Echo/Ping') => ({
  ':method': 'POST',
  ':path': path,
  ':authority': serverName,
  te: 'trailers',
  ...type,
});

describe('a unary call', () => {
  it('reaches the member as HTTP/2 with its fields and message, and comes back with its trailers', async () => {
    const answer = await askHttp2(await open(), { ...call(), 'x-meta': 'v' }, message('ping'));
    expect(answer).toMatchObject({ status: 200, body: message('pong'), ending: 'complete' });
    expect(answer.headers['content-type']).toBe('application/grpc');
    expect(answer.trailers).toMatchObject({ 'grpc-status': '0', 'x-cost': '7' });
    const [seen] = member.calls;
    expect(seen?.headers).toMatchObject({
      ':method': 'POST',
      ':path': '/test.Echo/Ping',
      ':authority': serverName,
      ':scheme': 'http',
      te: 'trailers',
      'x-meta': 'v',
      'x-forwarded-host': serverName,
    });
    expect(seen?.body).toEqual(message('ping'));
  });

  it('may end with its head alone, as an error does', async () => {
    member.script = ({ stream }) =>
      stream.respond({ ':status': 200, ...type, 'grpc-status': '5' }, { endStream: true });
    const answer = await askHttp2(await open(), call(), message('ping'));
    expect(answer).toMatchObject({ status: 200, ending: 'complete', isHeadOnly: true });
    expect(answer.headers['grpc-status']).toBe('5');
  });

  it('shares connections to the member: 100 calls at once need few', async () => {
    const before = member.connectionsMade;
    const session = await open();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => askHttp2(session, call(), message('ping'))),
    );
    expect(new Set(answers.map(({ trailers }) => trailers['grpc-status']))).toEqual(new Set(['0']));
    expect(member.connectionsMade - before).toBeLessThanOrEqual(2);
  });

  it('loses nothing under load', async () => {
    const words = [
      '-c4',
      '-m16',
      '-n2000',
      '-H',
      'content-type: application/grpc',
      `${built.url}/test.Echo/Ping`,
    ];
    const { stdout } = await runCommand('h2load', words);
    expect(stdout).toContain('status codes: 2000 2xx');
  });

  it('of 1 MB each way arrives whole', async () => {
    const large = message('x'.repeat(1_000_000));
    member.script = (seen) => {
      seen.stream.on('end', () => {
        seen.stream.respond({ ':status': 200, ...type }, { waitForTrailers: true });
        seen.stream.on('wantTrailers', () => seen.stream.sendTrailers({ 'grpc-status': '0' }));
        seen.stream.end(seen.body);
      });
    };
    const answer = await askHttp2(await open(), call(), large);
    expect([answer.body.equals(large), answer.trailers['grpc-status']]).toEqual([true, '0']);
  });
});

describe('streaming', () => {
  it('passes each message on at once, both ways, while the call is open', async () => {
    member.script = ({ stream }) => {
      stream.respond({ ':status': 200, ...type }, { waitForTrailers: true });
      stream.on('data', (bytes: Buffer) => stream.write(bytes));
      stream.on('end', () => stream.end());
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    };
    const session = await open();
    const stream = session.request(call());
    const answer = readHttp2(stream);
    for (const text of ['one', 'two', 'three']) {
      const echoed = new Promise<Buffer>((resolve) => stream.once('data', resolve));
      stream.write(message(text));
      expect(await echoed).toEqual(message(text));
    }
    stream.end();
    expect(await answer).toMatchObject({ status: 200, ending: 'complete', trailers: { 'grpc-status': '0' } });
  });

  it('a client that cancels cancels the call at the member', async () => {
    member.script = ({ stream }) => {
      stream.respond({ ':status': 200, ...type });
      stream.write(message('first'));
    };
    const stream = (await open()).request(call());
    await new Promise((resolve) => stream.once('data', resolve));
    stream.close(8);
    await member.until(
      () => member.calls[0]?.state === 'aborted' || member.calls[0]?.stream.closed === true,
      'cancel',
    );
  });

  it('a member that resets its stream in the middle: the client sees RST_STREAM', async () => {
    member.script = ({ stream }) => {
      stream.respond({ ':status': 200, ...type });
      stream.write(message('first'), () => stream.destroy(new Error('as the script says')));
    };
    const answer = await askHttp2(await open(), call(), message('ping'));
    expect(answer.ending).toBe(2);
  });

  it('a member that dies in the middle: the client sees RST_STREAM', async () => {
    const dying = await http2Member(({ stream }) => {
      stream.respond({ ':status': 200, ...type });
      stream.write(message('first'), () => stream.session?.destroy());
    });
    const answer = await askHttp2(await open(await aGrpcListener([dying])), call(), message('ping'));
    expect(answer.ending).toBe(2);
    await dying.stop();
  });

  it('an answer before the request is complete ends the call, and 200 of them leave no stream behind', async () => {
    member.script = ({ stream }) =>
      stream.respond({ ':status': 200, ...type, 'grpc-status': '8' }, { endStream: true });
    const before = member.connectionsMade;
    const session = await open();
    for (let at = 0; at < 200; at++) {
      const stream = session.request(call(), { endStream: false });
      const answer = readHttp2(stream);
      stream.write(message('more to come'));
      stream.once('response', () => stream.end());
      expect((await answer).headers['grpc-status']).toBe('8');
    }
    expect(member.connectionsMade - before).toBeLessThanOrEqual(1);
    await member.until(() => member.calls.every((each) => each.stream.closed), 'the end of every stream');
  });
});

describe('errors of the load balancer', () => {
  const status = async (listener: BuiltListener, fields = call()): Promise<readonly unknown[]> => {
    const { status: http, headers, ending } = await askHttp2(await open(listener), fields, message('ping'));
    return [http, headers['grpc-status'], headers['content-type'], ending];
  };

  it('503 is UNAVAILABLE', async () => {
    expect(await status(await aGrpcListener([]))).toEqual([503, '14', 'application/grpc', 'complete']);
  });

  it('502 is UNAVAILABLE', async () => {
    const closed = { address: freeAddress(), port: 9 };
    expect(await status(await aGrpcListener([closed]))).toEqual([502, '14', 'application/grpc', 'complete']);
  });

  it('504 is DEADLINE_EXCEEDED, whether the member does not answer or cannot be reached', async () => {
    const silent = await http2Member(() => {});
    const hole = await blackHole();
    const waiting = await aGrpcListener([silent], { member_timeout: 1 });
    const unreachable = await aGrpcListener([hole]);
    const expected = [504, '4', 'application/grpc', 'complete'];
    expect(await Promise.all([status(waiting), status(unreachable)])).toEqual([expected, expected]);
    await silent.stop();
    hole.stop();
  });

  it('other requests of the pool get the page', async () => {
    const fields = { ...call(), 'content-type': 'text/plain' };
    expect(await status(await aGrpcListener([]), fields)).toEqual([503, undefined, 'text/html', 'complete']);
  });

  it('a member that speaks HTTP/1.1 is 502', async () => {
    const old = await scriptedBackend();
    expect((await status(await aGrpcListener([old]))).slice(0, 2)).toEqual([502, '14']);
    await old.stop();
  });
});

describe('members that come and go', () => {
  it('a call that could not be sent goes to another member', async () => {
    const closed = { address: freeAddress(), port: 9 };
    const listener = await aGrpcListener([closed, member]);
    const session = await open(listener);
    for (let at = 0; at < 4; at++)
      expect((await askHttp2(session, call(), message('ping'))).trailers['grpc-status']).toBe('0');
    expect(member.calls).toHaveLength(4);
  });

  it('a member that says GOAWAY while calls come in loses none', async () => {
    const session = await open();
    const answers = [];
    for (let round = 0; round < 5; round++) {
      for (const each of member.openSessions) each.close();
      for (let at = 0; at < 10; at++) answers.push(askHttp2(session, call(), message('ping')));
      await answers.at(-1);
    }
    const codes = (await Promise.all(answers)).map(({ trailers }) => trailers['grpc-status']);
    expect(codes).toEqual(Array(50).fill('0'));
  });

  it('a POST is not sent again once the member had it', async () => {
    const dying = await http2Member(({ stream }) =>
      stream.on('end', () => stream.session?.destroy()).resume(),
    );
    const listener = await aGrpcListener([dying, member]);
    const session = await open(listener);
    const answers = [];
    for (let at = 0; at < 2; at++) answers.push(await askHttp2(session, call(), message('ping')));
    expect(answers.map(({ status: http }) => http).sort()).toEqual([200, 502]);
    expect([dying.calls.length, member.calls.length]).toEqual([1, 1]);
    await dying.stop();
  });

  it('HTTP/1.1 clients get through as well, with trailers as chunked trailers', async () => {
    const ca = (await testAuthority()).certificatePem;
    const client = await openRawClient({
      host: built.vip,
      port: built.port,
      tls: { ca, servername: serverName },
    });
    client.write(
      `POST /test.Echo/Ping HTTP/1.1\r\nHost: ${serverName}\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\n\r\n`,
    );
    const answer = await client.answer();
    expect([answer.status, answer.body]).toEqual([200, message('pong')]);
    expect(answer.trailers).toContainEqual(['grpc-status', '0']);
    client.close();
  });
});
