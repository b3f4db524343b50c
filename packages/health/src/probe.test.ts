import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { HealthCheck } from '@elbow/plan';
import { blackHole, freeAddress, http2Member, type Reply, scriptedBackend, tlsMember } from '@elbow/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CheckOutcome } from './check-outcome.ts';
import { Probe } from './probe.ts';
import { transcribe } from './transcribe.ts';

const base: HealthCheck = {
  type: 'HTTP',
  port: null,
  domainName: null,
  path: '/healthz',
  method: 'GET',
  expectedCodes: [{ from: 200, to: 200 }],
  intervalMs: 1000,
  timeoutMs: 5000,
  healthyThreshold: 1,
  unhealthyThreshold: 1,
  sourceAddresses: [],
};

interface Place {
  readonly address: string;
  readonly port: number;
}

function check({ address, port }: Place, changes: Partial<HealthCheck> = {}): Promise<CheckOutcome> {
  return new Promise((resolve) => {
    void new Probe({ address, port, check: { ...base, ...changes } }, { onOutcome: resolve });
  });
}

async function codeOf(place: Place, changes: Partial<HealthCheck> = {}): Promise<string> {
  const outcome = await check(place, changes);
  return outcome.kind === 'failed' ? outcome.reason.code : outcome.kind;
}

async function httpMember(reply: Reply) {
  const member = await scriptedBackend({ script: () => reply });
  onTestFinished(() => member.stop());
  return member;
}

/** A member that does this with every connection, whatever is asked. */
async function rawMember(take: (socket: Socket) => void): Promise<Place> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    take(socket);
  });
  const address = freeAddress();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(() => void server.close());
  return { address, port: (server.address() as AddressInfo).port };
}

async function closedPort(): Promise<Place> {
  const member = await scriptedBackend();
  const place = { address: member.address, port: member.port };
  await member.stop();
  return place;
}

async function aBlackHole(): Promise<Place> {
  const hole = await blackHole();
  onTestFinished(() => hole.stop());
  return hole;
}

describe('a check over HTTP', () => {
  it('sends what it is told and takes the expected code', async () => {
    const member = await httpMember({ kind: 'answer', status: 204 });
    const settings = { domainName: 'shop.example.test', expectedCodes: [{ from: 200, to: 204 }] };
    expect(await check(member, settings)).toEqual({ kind: 'healthy' });
    expect(member.requests[0]?.rawHead).toBe(
      'GET /healthz HTTP/1.1\r\nHost: shop.example.test\r\nUser-Agent: elb-healthcheck/1.0\r\nAccept: */*\r\n' +
        'Connection: close\r\n\r\n',
    );
    await member.until(() => member.openConnections === 0, 'end of the connection');
  });

  it('names the member itself without a domain name', async () => {
    const member = await httpMember({ kind: 'answer' });
    await check(member, { method: 'HEAD' });
    await check(member, { method: 'POST' });
    expect(member.requests.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
    expect(member.requests[1]?.rawHead).toContain(`\r\nHost: ${member.address}:${member.port}\r\n`);
    expect(member.requests[1]?.rawHead).toContain('\r\nContent-Length: 0\r\n');
  });

  it('says which code came instead, and follows no redirect', async () => {
    const headers = [['Location', '/elsewhere']] as const;
    const member = await httpMember({ kind: 'answer', status: 302, headers });
    expect(await check(member)).toEqual({
      kind: 'failed',
      reason: {
        code: 'RESPONSE_MISMATCH',
        message: expect.stringMatching(/answered GET \/healthz for .* with 302; expected 200$/),
        expected: '200',
        actual: '302',
      },
    });
    expect(member.requests).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['RESPONSE_FORMAT_ERROR', { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.2\r\n' }],
    ['RESPONSE_FORMAT_ERROR', { kind: 'raw', bytes: `HTTP/1.1 200 ${'x'.repeat(20_000)}` }],
    ['RECV_RESPONSE_FAILED', { kind: 'raw', bytes: 'HTTP/1.1 2', ending: 'end' }],
    ['CONNECT_INTERRUPT', { kind: 'reset' }],
    ['healthy', { kind: 'raw', bytes: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n', ending: 'end' }],
  ])('ends in %s', async (code, reply) => {
    expect(await codeOf(await httpMember(reply))).toBe(code);
  });

  it('gives up on a member that says nothing, or not enough', async () => {
    const timeoutMs = 80;
    expect(await codeOf(await httpMember({ kind: 'silence' }), { timeoutMs })).toBe('RECV_RESPONSE_TIMEOUT');
    const slow = await httpMember({ kind: 'raw', bytes: 'HTTP/1.1 100 Continue\r\n\r\n' });
    expect(await codeOf(slow, { timeoutMs })).toBe('RECV_RESPONSE_TIMEOUT');
  });

  it('reads no endless answer', async () => {
    const sent = { bytes: 0 };
    const place = await rawMember((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = (): void => {
        sent.bytes += 16_384;
        if (!socket.destroyed) socket.write(Buffer.alloc(16_384), more);
      };
      more();
      socket.on('close', () => closed.resolve(null));
    });
    const closed = Promise.withResolvers<null>();
    expect(await codeOf(place)).toBe('healthy');
    await closed.promise;
    // What lay in socket buffers comes on top of what is read.
    expect(sent.bytes).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('a connection that cannot be made', () => {
  it.each(['HTTP', 'HTTPS', 'TCP', 'TLS', 'GRPC'] as const)('is told apart for %s', async (type) => {
    expect(await codeOf(await closedPort(), { type })).toBe('CONNECT_REFUSED');
  });

  it('hints at packet filters when nothing comes back', async () => {
    const outcome = await check(await aBlackHole(), { type: 'TCP', timeoutMs: 100 });
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: { code: 'CONNECT_TIMEOUT', expected: null, message: expect.stringContaining('packet filter') },
    });
  });

  it('has a code of its own where there is no way', async () => {
    expect(await codeOf({ address: '255.255.255.255', port: 80 }, { type: 'TCP' })).toBe('CONNECT_FAILED');
  });
});

describe('a check over TCP', () => {
  it('is content with a connection and resets it', async () => {
    const ended = Promise.withResolvers<string>();
    const place = await rawMember((socket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => ended.resolve(error.code ?? ''));
      socket.on('end', () => ended.resolve('end'));
      socket.resume();
    });
    expect(await codeOf(place, { type: 'TCP' })).toBe('healthy');
    expect(await ended.promise).toBe('ECONNRESET');
  });
});

describe('a check over TLS', () => {
  it('asks over HTTPS with the domain name as server name and takes any certificate', async () => {
    const member = await tlsMember();
    onTestFinished(() => member.stop());
    expect(await codeOf(member, { type: 'HTTPS', domainName: 'shop.example.test' })).toBe('healthy');
    expect(await codeOf(member, { type: 'HTTPS', expectedCodes: [{ from: 500, to: 599 }] })).toBe(
      'RESPONSE_MISMATCH',
    );
    expect(member.requests.map(({ serverName }) => serverName)).toEqual(['shop.example.test', null]);
  });

  it('is content with a handshake where nothing more is asked', async () => {
    const member = await tlsMember();
    onTestFinished(() => member.stop());
    expect(await codeOf(member, { type: 'TLS' })).toBe('healthy');
    expect(member.requests).toEqual([]);
  });

  it.each(['TLS', 'HTTPS'] as const)(
    'says so when the member of a %s check does not speak TLS',
    async (type) => {
      const plain = await httpMember({
        kind: 'raw',
        bytes: 'HTTP/1.1 400 Bad Request\r\n\r\n',
        ending: 'end',
      });
      const answering = await rawMember((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      const silent = await rawMember((socket) => socket.resume());
      const closing = await rawMember((socket) => socket.end());
      const settings = { type, timeoutMs: 150 };
      for (const member of [plain, answering, silent, closing])
        expect(await codeOf(member, settings)).toBe('SSL_HANDSHAKE_ERROR');
    },
  );
});

describe('a check over gRPC', () => {
  type Script = Parameters<typeof http2Member>[0];
  const serving = Buffer.from([0, 0, 0, 0, 2, 8, 1]);
  const notServing = Buffer.from([0, 0, 0, 0, 2, 8, 2]);
  const grpc = { type: 'GRPC', expectedCodes: [{ from: 0, to: 0 }] } as const;
  const head = { ':status': 200, 'content-type': 'application/grpc' };

  const replies =
    (body: Buffer | null, status: string): Script =>
    ({ stream }) => {
      if (body === null) return stream.respond({ ...head, 'grpc-status': status }, { endStream: true });
      stream.respond(head, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
      stream.end(body);
    };

  it('calls the health service', async () => {
    const member = await http2Member(replies(serving, '0'));
    onTestFinished(() => member.stop());
    expect(await codeOf(member, { ...grpc, domainName: 'grpc.example.test' })).toBe('healthy');
    const [call] = member.calls;
    expect(call?.headers).toMatchObject({
      ':path': '/grpc.health.v1.Health/Check',
      ':method': 'POST',
      ':authority': 'grpc.example.test',
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'elb-healthcheck/1.0',
    });
    await member.until(() => call?.state === 'arrived', 'the request');
    expect(call?.body).toEqual(Buffer.alloc(5));
  });

  it.each<[string, Script, string | null]>([
    ['RESPONSE_MISMATCH', replies(notServing, '0'), '0'],
    ['RESPONSE_MISMATCH', replies(null, '12'), '12'],
    ['RESPONSE_MISMATCH', replies(Buffer.alloc(0), '14'), '14'],
    ['RESPONSE_FORMAT_ERROR', replies(serving, 'x'), null],
    ['RESPONSE_FORMAT_ERROR', replies(Buffer.from('nonsense'), '0'), null],
    ['RESPONSE_FORMAT_ERROR', ({ stream }) => stream.respond({ ':status': 404 }, { endStream: true }), null],
    ['RESPONSE_FORMAT_ERROR', ({ stream }) => stream.close(8), null],
  ])('ends in %s', async (code, script, actual) => {
    const member = await http2Member(script);
    onTestFinished(() => member.stop());
    const outcome = await check(member, grpc);
    expect(outcome).toMatchObject({ kind: 'failed', reason: { code, actual } });
  });

  it('takes another code when told so', async () => {
    const member = await http2Member(replies(null, '12'));
    onTestFinished(() => member.stop());
    expect(await codeOf(member, { type: 'GRPC', expectedCodes: [{ from: 0, to: 12 }] })).toBe('healthy');
  });

  it('knows bytes that are no HTTP/2', async () => {
    const member = await httpMember({ kind: 'answer' });
    expect(await codeOf(member, grpc)).toBe('RESPONSE_FORMAT_ERROR');
  });
});

describe('a transcript', () => {
  it('tells each step', async () => {
    const member = await httpMember({ kind: 'answer', status: 503 });
    const { address, port } = member;
    const transcript = await transcribe({ address, port, check: base }, () => performance.now());
    expect(transcript.isHealthy).toBe(false);
    expect(transcript.reason?.code).toBe('RESPONSE_MISMATCH');
    expect(transcript.steps.map(({ text }) => text)).toEqual([
      `connecting to ${address}:${port}`,
      'connected',
      `sending GET /healthz HTTP/1.1 with Host: ${address}:${port}`,
      'status 503',
      transcript.reason?.message,
    ]);
  });
});
