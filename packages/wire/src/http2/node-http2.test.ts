import http2 from 'node:http2';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestHead } from '../message.ts';
import { Http2ClientConnection, type Http2Request } from './client-connection.ts';
import { ErrorCode } from './error-code.ts';
import { Http2ServerConnection } from './server-connection.ts';

/** One end of a connection in memory. */
class End extends Duplex {
  other: End | null = null;

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // Its writer may use the chunk again when this is done.
    const copy = Buffer.from(chunk);
    setImmediate(() => {
      this.other!.push(copy);
      done();
    });
  }

  override _final(done: () => void): void {
    this.other!.push(null);
    done();
  }
}

/** What is written to one comes out of the other, in a later turn of the loop. */
function memoryPair(): [Duplex, Duplex] {
  const near = new End();
  const far = new End();
  near.other = far;
  far.other = near;
  return [near, far];
}

type Handler = (server: Http2ServerConnection, streamId: number, head: RequestHead) => void;

interface Session {
  readonly client: http2.ClientHttp2Session;
  readonly server: Http2ServerConnection;
  readonly bodies: Map<number, Buffer[]>;
  readonly resets: [number, number][];
  onEnd: (streamId: number) => void;
  onWritable: (streamId: number) => void;
}

const open: http2.Http2Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.destroy();
});

function connect(handler: Handler, options: http2.ClientSessionOptions = {}): Session {
  const [near, far] = memoryPair();
  const bodies = new Map<number, Buffer[]>();
  const resets: [number, number][] = [];
  const flush = (): void => {
    for (let chunk = server.takeOutput(); chunk !== null; chunk = server.takeOutput()) {
      const written = chunk;
      far.write(written, () => server.recycle(written));
    }
  };
  const server: Http2ServerConnection = new Http2ServerConnection({
    nowMs: () => performance.now(),
    events: {
      onRequest: (id, head) => handler(server, id, head),
      onRequestBody: (id, bytes, start, end) => {
        const pieces = bodies.get(id) ?? [];
        pieces.push(Buffer.from(bytes.subarray(start, end)));
        bodies.set(id, pieces);
        setImmediate(() => server.release(id, end - start));
      },
      onRequestEnd: (id) => session.onEnd(id),
      onRequestReset: (id, code) => resets.push([id, code]),
      onRequestProblem: (id, { status }) =>
        server.respond(id, { status, fields: '', contentLength: 0 }, true),
      onStreamWritable: (id) => session.onWritable(id),
      onConnectionError: (code, reason) => expect.unreachable(`${code} ${reason}`),
      onOutput: () => setImmediate(flush),
      onDrained: () =>
        setImmediate(() => {
          flush();
          far.end();
        }),
    },
  });
  server.start();
  far.on('data', (chunk: Buffer) => server.receive(chunk, 0, chunk.length));
  const client = http2.connect('http://www.example.test', { ...options, createConnection: () => near });
  open.push(client);
  const session: Session = { client, server, bodies, resets, onEnd: () => {}, onWritable: () => {} };
  return session;
}

interface Answer {
  readonly headers: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader;
  readonly trailers: http2.IncomingHttpHeaders;
  readonly informational: (number | undefined)[];
  readonly body: Buffer;
}

function exchange(
  client: http2.ClientHttp2Session,
  request: http2.OutgoingHttpHeaders,
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = client.request(request, { endStream: body === undefined });
    const pieces: Buffer[] = [];
    const informational: (number | undefined)[] = [];
    let headers: Answer['headers'] = {};
    let trailers: http2.IncomingHttpHeaders = {};
    stream.on('headers', (early) => informational.push(early[':status']));
    stream.on('response', (received) => (headers = received));
    stream.on('trailers', (received) => (trailers = received));
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('error', reject);
    stream.on('close', () => resolve({ headers, trailers, informational, body: Buffer.concat(pieces) }));
    if (body !== undefined) stream.end(body);
  });
}

const ok: Handler = (server, id) => {
  const body = Buffer.from(`answer ${id}`);
  server.respond(
    id,
    { status: 200, fields: 'Content-Type: text/plain\r\nSet-Cookie: a=b\r\n', contentLength: body.length },
    false,
  );
  server.sendBody(id, body, 0, body.length);
  server.endBody(id, '');
};

describe('the http2 client of Node', () => {
  it('gets answers to many requests at once', async () => {
    const heads: RequestHead[] = [];
    const { client, server } = connect((...args) => {
      heads.push(args[2]);
      ok(...args);
    });
    for (let round = 0; round < 3; round++) {
      const requests = Array.from({ length: 50 }, (_, i) =>
        exchange(client, { ':path': `/item/${i}`, 'user-agent': 'node', cookie: ['a=b', 'c=d'] }),
      );
      for (const { headers, body } of await Promise.all(requests)) {
        expect(headers[':status']).toBe(200);
        expect(headers['set-cookie']).toEqual(['a=b']);
        expect(body.toString()).toMatch(/^answer \d+$/);
      }
    }
    expect(server.requestCount).toBe(150);
    expect(heads[149]).toMatchObject({
      target: '/item/49',
      fields: 'user-agent: node\r\ncookie: a=b; c=d\r\n',
    });
    expect(server.idle).toBe(true);
  });

  it('uploads and downloads megabytes within the windows, with trailers and 103', async () => {
    const session = connect(() => {});
    const { client, server } = session;
    const upload = Buffer.alloc(3_000_000, 'upload');
    session.onEnd = (id) => {
      const received = Buffer.concat(session.bodies.get(id)!);
      server.respondInformational(id, 103, 'Link: </style>\r\n');
      server.respond(id, { status: 201, fields: '', contentLength: received.length }, false);
      let at = 0;
      const pump = (): void => {
        for (let mayGoOn = true; mayGoOn && at < received.length; at += 50_000) {
          mayGoOn = server.sendBody(id, received, at, Math.min(at + 50_000, received.length));
        }
        if (at >= received.length) server.endBody(id, 'Grpc-Status: 0\r\n');
      };
      session.onWritable = pump;
      pump();
    };
    const answer = await exchange(
      client,
      { ':method': 'POST', ':path': '/', 'content-length': upload.length },
      upload,
    );
    expect(answer.body.equals(upload)).toBe(true);
    expect(answer.informational).toEqual([103]);
    expect(answer.trailers['grpc-status']).toBe('0');
    expect(server.idle).toBe(true);
  });

  it('gets a stream error, not a short body, when an answer is broken off', async () => {
    const { client } = connect((server, id) => {
      server.respond(id, { status: 200, fields: '', contentLength: 10 }, false);
      server.sendBody(id, Buffer.from('half'), 0, 4);
      server.endBody(id, '');
    });
    await expect(exchange(client, { ':path': '/' })).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
  });

  it('may cancel', async () => {
    const session = connect((server, id) =>
      server.respond(id, { status: 200, fields: '', contentLength: -1 }, false),
    );
    const stream = session.client.request({ ':path': '/' });
    await new Promise((resolve) => stream.once('response', resolve));
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await new Promise((resolve) => stream.once('close', resolve));
    await expect.poll(() => session.resets).toEqual([[1, ErrorCode.cancel]]);
    expect(session.server.idle).toBe(true);
  });

  it('is answered with 405 for TRACE and 400 for a head that is too large', async () => {
    const { client } = connect(ok, { maxSendHeaderBlockLength: 200_000 });
    expect((await exchange(client, { ':method': 'TRACE', ':path': '/' })).headers[':status']).toBe(405);
    const large = await exchange(client, {
      ':path': '/',
      'x-a': 'a'.repeat(60_000),
      'x-b': 'b'.repeat(10_000),
    });
    expect(large.headers[':status']).toBe(400);
    expect((await exchange(client, { ':path': '/' })).headers[':status']).toBe(200);
  });

  it('works with a table of no bytes, and of many', async () => {
    for (const headerTableSize of [0, 100, 65_536]) {
      const { client } = connect(ok, { settings: { headerTableSize } });
      for (let i = 0; i < 5; i++) {
        const { headers } = await exchange(client, { ':path': '/' });
        expect(headers['content-type']).toBe('text/plain');
      }
    }
  });

  it('loses no request when the server shuts down', async () => {
    const session = connect(ok);
    const { client, server } = session;
    await exchange(client, { ':path': '/' });
    const late = Array.from({ length: 20 }, () => exchange(client, { ':path': '/' }));
    server.shutdown();
    for (const { headers } of await Promise.all(late)) expect(headers[':status']).toBe(200);
    await new Promise((resolve) =>
      client.closed && client.destroyed ? resolve(null) : client.once('close', resolve),
    );
  });
});

interface MemberAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly trailers: string;
}

/** A client of ours on a server of Node's. */
function connectToMember(
  onStream: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
) {
  const [near, far] = memoryPair();
  const session = http2.performServerHandshake(far);
  open.push(session);
  session.on('stream', onStream);
  const writable = new Map<number, () => void>();
  const flush = (): void => {
    for (let chunk = client.takeOutput(); chunk !== null; chunk = client.takeOutput()) {
      const written = chunk;
      near.write(written, () => client.recycle(written));
    }
  };
  const client: Http2ClientConnection = new Http2ClientConnection({
    nowMs: () => performance.now(),
    events: {
      onOutput: () => setImmediate(flush),
      onStreamWritable: (id) => writable.get(id)!(),
      onConnectionError: (code, reason) => expect.unreachable(`${code} ${reason}`),
      onGoaway: () => {},
      onDrained: () => {},
    },
  });
  client.start();
  near.on('data', (chunk: Buffer) => client.receive(chunk, 0, chunk.length));
  return { client, session, writable };
}

function callMember(
  { client, writable }: ReturnType<typeof connectToMember>,
  request: Http2Request,
  body: Buffer,
): Promise<MemberAnswer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let status = 0;
    const id = client.request(request, body.length === 0, {
      onInformational: () => {},
      onResponseHead: (head) => (status = head.status),
      onResponseBody: (bytes, start, end) => {
        pieces.push(Buffer.from(bytes.subarray(start, end)));
        setImmediate(() => client.release(id, end - start));
      },
      onResponseEnd: (trailers) => resolve({ status, body: Buffer.concat(pieces), trailers }),
      onResponseProblem: ({ reason }) => reject(new Error(reason)),
      onResponseReset: (code) => reject(new Error(`reset ${code}`)),
    });
    let at = 0;
    const pump = (): void => {
      for (let mayGoOn = true; mayGoOn && at < body.length; at += 40_000) {
        mayGoOn = client.sendBody(id, body, at, Math.min(at + 40_000, body.length));
      }
      if (at >= body.length) client.endBody(id, '');
    };
    writable.set(id, pump);
    if (body.length > 0) pump();
  });
}

const call = (path: string): Http2Request => ({
  method: 'POST',
  scheme: 'http',
  authority: 'member.test',
  path,
  fields: 'content-type: application/grpc\r\nauthorization: Bearer x\r\n',
  contentLength: -1,
  acceptsTrailers: true,
});

describe('the http2 server of Node', () => {
  it('echoes a megabyte with trailers, many at once', async () => {
    const seen: http2.IncomingHttpHeaders[] = [];
    const connection = connectToMember((stream, headers) => {
      seen.push(headers);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.pipe(stream);
    });
    const message = Buffer.alloc(1_000_000, 'grpc message ');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => callMember(connection, call(`/svc/${i}`), message)),
    );
    for (const { status, body, trailers } of answers) {
      expect(status).toBe(200);
      expect(body.equals(message)).toBe(true);
      expect(trailers).toBe('grpc-status: 0\r\n');
    }
    expect(seen[7]).toMatchObject({
      ':path': '/svc/7',
      ':authority': 'member.test',
      te: 'trailers',
      authorization: 'Bearer x',
    });
  });

  it('may reset a stream and leave the others alone', async () => {
    const connection = connectToMember((stream, headers) => {
      stream.on('error', () => {});
      if (headers[':path'] === '/bad') stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
      else stream.respond({ ':status': 204 }, { endStream: true });
    });
    const nothing = Buffer.alloc(0);
    await expect(callMember(connection, call('/bad'), nothing)).rejects.toThrow('reset 7');
    expect((await callMember(connection, call('/good'), nothing)).status).toBe(204);
  });
});
