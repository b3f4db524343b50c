import { createServer, type Socket } from 'node:net';
import type { HealthCheck } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import {
  blackHole,
  freeAddress,
  http2Member,
  listenOn,
  makeAuthority,
  type Reply,
  scriptedBackend,
  testAuthority,
  tlsMember,
} from '@elbow/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CheckOutcome } from './check-outcome.ts';
import type { CheckTarget } from './check-target.ts';
import { Probe } from './probe.ts';
import { transcribe } from './transcribe.ts';

const base = sampleHealthCheck({ path: '/healthz', timeoutMs: 5000 });

interface Place {
  readonly address: string;
  readonly port: number;
}

type Own = Partial<Pick<CheckTarget, 'name' | 'tls'>>;

function check(
  { address, port }: Place,
  changes: Partial<HealthCheck> = {},
  own: Own = {},
): Promise<CheckOutcome> {
  const target = { address, port, name: null, tls: null, check: { ...base, ...changes }, ...own };
  return new Promise((resolve) => void new Probe(target, { onOutcome: resolve }));
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
  onTestFinished(() => void server.close());
  return listenOn(server, freeAddress());
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

/** The Host that a member sees. */
async function hostSeen(changes: Partial<HealthCheck>, own: Own = {}): Promise<string> {
  const member = await httpMember({ kind: 'answer', status: 200 });
  await check(member, changes, own);
  const host = /\r\nHost: ([^\r]*)/.exec(member.requests[0]?.rawHead ?? '')?.[1] ?? '';
  return host.replace(`${member.address}:${member.port}`, 'its own').replace(`:${member.port}`, ':PORT');
}

describe('the Host of a check', () => {
  it('is the domain name, else the name of the member, else the address that clients use, else its own', async () => {
    const virtualAddress = '192.0.2.9';
    const name = 'app.test';
    expect(await hostSeen({ domainName: 'shop.example.test', virtualAddress }, { name })).toBe(
      'shop.example.test',
    );
    expect(await hostSeen({ virtualAddress }, { name })).toBe('app.test:PORT');
    expect(await hostSeen({ virtualAddress })).toBe('192.0.2.9');
    expect(await hostSeen({ virtualAddress: '2001:db8::9' })).toBe('[2001:db8::9]');
    expect(await hostSeen({})).toBe('its own');
  });
});

describe('a check over TLS of a pool that verifies its members', () => {
  async function aTlsMember() {
    const member = await tlsMember({ names: ['member.internal.test'] });
    onTestFinished(() => member.stop());
    return member;
  }
  const https = { type: 'HTTPS', expectedCodes: [{ from: 200, to: 200 }] } as const;

  it('takes the certificate that requests would take, for the name that they would ask for', async () => {
    const member = await aTlsMember();
    const caPem = (await testAuthority()).certificatePem;
    const named = { tls: { caPem, serverName: 'member.internal.test' } };
    expect(await check(member, { ...https, domainName: 'shop.example.test' }, named)).toEqual({
      kind: 'healthy',
    });
    expect(member.requests[0]).toMatchObject({
      serverName: 'member.internal.test',
      host: 'shop.example.test',
    });
    const byName = { tls: { caPem, serverName: null }, name: 'member.internal.test' };
    expect(await check(member, { type: 'TLS' }, byName)).toEqual({ kind: 'healthy' });
  });

  it('says in words what is wrong with another one', async () => {
    const member = await aTlsMember();
    const caPem = (await testAuthority()).certificatePem;
    const stranger = (await makeAuthority('Somebody else')).certificatePem;
    const place = `${member.address}:${member.port}`;
    const messageOf = async (own: Own) => {
      const outcome = await check(member, { type: 'TLS' }, own);
      return outcome.kind === 'failed' ? `${outcome.reason.code}: ${outcome.reason.message}` : outcome.kind;
    };
    expect(await messageOf({ tls: { caPem, serverName: 'other.test' } })).toContain(
      `SSL_HANDSHAKE_ERROR: the certificate of ${place} is not for other.test, which its pool asks for: `,
    );
    expect(await messageOf({ tls: { caPem, serverName: null } })).toContain(`is not for ${member.address}`);
    const wrong = { tls: { caPem: stranger, serverName: 'member.internal.test' } };
    expect(await messageOf(wrong)).toContain(
      `SSL_HANDSHAKE_ERROR: the certificate of ${place} cannot be verified with the authorities of its pool: `,
    );
    expect(await messageOf({ tls: { caPem: null, serverName: 'other.test' } })).toBe('healthy');
  });
});

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
    const transcript = await transcribe({ address, port, name: null, tls: null, check: base }, () =>
      performance.now(),
    );
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
