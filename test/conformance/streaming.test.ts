import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  aListener,
  askHttp2,
  headerOf,
  nodeMember,
  openHttp2,
  poll,
  residentBytes,
  runCommand,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, NodeMember, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Bodies pass through as they come: nothing waits for an end, nothing grows with the length.

const MIB = 1024 * 1024;
/** 256 MiB each way, 1 GiB in the full run. */
const LARGE = (process.env['ELBOW_FULL'] === undefined ? 256 : 1024) * MIB;
/** What a node may grow by while bodies pass through: buffers of sockets and codecs, and garbage that waits. */
const MOST_GROWTH = 96 * MIB;

let elbow: Elbow;
let member: NodeMember;
let built: BuiltListener;
let scripted: ScriptedBackend;
let raw: BuiltListener;
let handler: (request: IncomingMessage, answer: ServerResponse) => void;

beforeAll(async () => {
  elbow = await startElbow();
  member = await nodeMember((request, answer) => handler(request, answer));
  scripted = await scriptedBackend();
  built = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
  raw = await aListener(elbow, { members: [scripted], fields: { http2_enable: true } });
});
beforeEach(() => scripted.forget());
afterAll(async () => {
  await elbow?.stop();
  await Promise.all([member?.stop(), scripted?.stop()]);
});

const connect = (listener: BuiltListener): Promise<RawClient> => forThisTest(listener.connect());
const get = (version = '1.1', fields = ''): string =>
  `GET / HTTP/${version}\r\nHost: ${serverName}\r\n${fields}\r\n`;
const openSession = (listener: BuiltListener) => forThisTest(openHttp2(listener));

describe('server-sent events', () => {
  /** Sends the next event only when the client has got the one before. */
  let next: (() => void) | undefined;
  beforeEach(() => {
    handler = (_request, answer) => {
      let count = 0;
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      next = () => (count === 3 ? answer.end() : answer.write(`data: ${(count += 1)}\n\n`));
      next();
    };
  });

  it('HTTP/1.1: each event arrives before the next is sent', async () => {
    const client = await connect(built);
    client.write(get());
    for (const count of [1, 2, 3]) {
      await client.until(
        () => client.answers[0]?.body.toString().includes(`data: ${count}\n\n`) ?? false,
        'the event',
      );
      next?.();
    }
    expect((await client.answer()).body.toString()).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  });

  it('HTTP/2: each event arrives before the next is sent', async () => {
    const session = await openSession(built);
    const stream = session.request({ ':path': '/', ':authority': serverName });
    let text = '';
    stream.on('data', (bytes: Buffer) => (text += bytes.toString()));
    for (const count of [1, 2, 3]) {
      await poll(() => text.includes(`data: ${count}\n\n`), {
        timeoutMs: 10_000,
        everyMs: 2,
        what: 'the event',
      });
      next?.();
    }
    await new Promise((resolve) => stream.on('close', resolve));
  });

  it('a request body arrives piece by piece as well', async () => {
    const pieces: string[] = [];
    handler = (request, answer) => {
      request.on('data', (bytes: Buffer) => pieces.push(bytes.toString()));
      request.on('end', () => answer.end());
    };
    const client = await connect(built);
    client.write(`POST / HTTP/1.1\r\nHost: ${serverName}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (const piece of ['one', 'two']) {
      client.writeMore(`3\r\n${piece}\r\n`);
      await poll(() => pieces.includes(piece), { timeoutMs: 10_000, what: 'the piece at the member' });
    }
    client.writeMore('0\r\n\r\n');
    expect((await client.answer()).status).toBe(200);
  });
});

describe('interim answers', () => {
  it('100 is sent to who asked for it, over HTTP/1.1 and HTTP/2, and the member is not asked', async () => {
    for (const version of ['--http1.1', '--http2']) {
      const words = [
        version,
        '-v',
        '-H',
        'Expect: 100-continue',
        '--data-binary',
        'hello',
        '-o',
        '/dev/null',
      ];
      const { stderr, code } = await raw.curl('/', ...words);
      expect(code).toBe(0);
      expect(stderr).toMatch(/< HTTP\/(1\.1|2) 100/);
    }
    for (const request of scripted.requests) {
      expect(headerOf(request, 'expect')).toBeUndefined();
      expect(request.body.toString()).toBe('hello');
    }
  });

  it('a 100 of the member is not passed on, 103 and other 1xx are, but not to HTTP/1.0', async () => {
    const bytes =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 199 Odd\r\n\r\n' +
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    scripted.script = () => ({ kind: 'raw', bytes });
    const client = await connect(raw);
    client.write(get());
    await client.until(
      () => client.answers.at(-1)?.isComplete === true && client.answers.length === 3,
      'all',
    );
    expect(client.answers.map(({ status }) => status)).toEqual([103, 199, 200]);
    expect(headerOf(client.answers[0]!, 'link')).toBe('</a.css>');
    const old = await connect(raw);
    old.write(get('1.0'));
    await old.ended();
    expect(old.answers.map(({ status }) => status)).toEqual([200]);
  });
});

describe('trailers of an answer', () => {
  const bytes =
    'HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\nX-More: y\r\n\r\n';

  it('reach HTTP/1.1 and HTTP/2 clients', async () => {
    scripted.script = () => ({ kind: 'raw', bytes });
    const client = await connect(raw);
    client.write(get('1.1', 'TE: trailers\r\n'));
    expect((await client.answer()).trailers).toEqual([
      ['X-Sum', '42'],
      ['X-More', 'y'],
    ]);
    const session = await openSession(raw);
    const answer = await askHttp2(session, { ':path': '/', ':authority': serverName });
    expect(answer.trailers).toMatchObject({ 'x-sum': '42', 'x-more': 'y' });
  });

  it('that would change the framing or the route of a message do not', async () => {
    const evil = bytes.replace('X-More: y', 'Content-Length: 5\r\nTransfer-Encoding: x\r\nHost: evil');
    scripted.script = () => ({ kind: 'raw', bytes: evil });
    const client = await connect(raw);
    client.write(get());
    expect((await client.answer()).trailers).toEqual([['X-Sum', '42']]);
  });
});

describe('an answer that its member ends by closing', () => {
  beforeEach(() => {
    scripted.script = () => ({ kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\n\r\nto the end', ending: 'end' });
  });

  it('HTTP/1.1: comes in chunks, and the connection goes on', async () => {
    const client = await connect(raw);
    for (const index of [0, 1]) {
      client.write(get());
      const answer = await client.answer(index);
      expect([headerOf(answer, 'transfer-encoding'), answer.body.toString()]).toEqual([
        'chunked',
        'to the end',
      ]);
    }
  });

  it('HTTP/1.0: the connection ends behind it', async () => {
    const client = await connect(raw);
    client.write(get('1.0', 'Connection: keep-alive\r\n'));
    expect(await client.ended()).toBe('end');
    expect(client.answers[0]?.body.toString()).toBe('to the end');
    expect(headerOf(client.answers[0]!, 'transfer-encoding')).toBeUndefined();
  });

  it('HTTP/1.0 without TLS: a reset says that it was cut, as nothing else would', async () => {
    // The member speaks of chunks and leaves without the last one.
    const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nto th\r\n';
    scripted.script = () => ({ kind: 'raw', bytes, ending: 'end' });
    const plain = await aListener(elbow, { members: [scripted], protocol: 'HTTP', port: 8080 });
    const client = await connect(plain);
    client.write(get('1.0'));
    expect(await client.ended()).toBe('reset');
  });

  it('HTTP/2: the stream ends', async () => {
    const session = await openSession(raw);
    const answer = await askHttp2(session, { ':path': '/', ':authority': serverName });
    expect([answer.body.toString(), answer.ending]).toEqual(['to the end', 'complete']);
  });
});

describe('an answer before the upload is complete, HTTP/1.1', () => {
  it('reaches the client, also when the member closes behind it', async () => {
    const early = await scriptedBackend({
      answersEarly: true,
      script: () => ({ kind: 'answer', status: 403, body: 'no', closes: true }),
    });
    const listener = await aListener(elbow, { members: [early] });
    for (let at = 0; at < 5; at++) {
      const client = await connect(listener);
      client.write(`POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 2000000\r\n\r\n`);
      client.writeMore(Buffer.alloc(1_000_000));
      expect(await client.answer()).toMatchObject({ status: 403, body: Buffer.from('no') });
      expect(headerOf(client.answers[0]!, 'connection')).toBe('close');
    }
    await early.stop();
  });

  it('may go on while the upload does: both end whole', async () => {
    handler = (request, answer) => {
      answer.writeHead(200);
      request.pipe(answer);
    };
    const client = await connect(built);
    client.write(`POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 10\r\n\r\nhello`);
    await client.until(() => client.answers[0]?.body.toString() === 'hello', 'the first half');
    client.writeMore('again');
    expect((await client.answer()).body.toString()).toBe('helloagain');
  });
});

describe('large bodies', () => {
  /** Does `work` and returns by how much the node grew over what it had at the beginning, at most. */
  async function growthDuring(work: () => Promise<unknown>): Promise<number> {
    const { node } = await elbow.pids();
    const before = residentBytes(node);
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, residentBytes(node))), 50);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
    return most - before;
  }

  const part = Buffer.alloc(256 * 1024, 'x');
  function send(answer: ServerResponse, byteCount: number): void {
    let left = byteCount;
    const more = (): void => {
      for (; left > 0; ) {
        left -= part.length;
        if (!answer.write(part)) return void answer.once('drain', more);
      }
      answer.end();
    };
    more();
  }

  it.each(['--http1.1', '--http2'])(
    `down, %s: ${LARGE / MIB} MiB in flat memory`,
    async (version) => {
      handler = (_request, answer) => send(answer.writeHead(200, { 'content-length': LARGE }), LARGE);
      const download = async (): Promise<void> => {
        const words = [
          version,
          '--max-time',
          '280',
          '-o',
          '/dev/null',
          '-w',
          '%{http_code} %{size_download}',
        ];
        const { stdout } = await curl([...words, '/']);
        expect(stdout).toBe(`200 ${LARGE}`);
      };
      expect(await growthDuring(download)).toBeLessThan(MOST_GROWTH);
    },
    300_000,
  );

  it.each(['--http1.1', '--http2'])(
    `up, %s: ${LARGE / MIB} MiB in flat memory`,
    async (version) => {
      let received = 0;
      handler = (request, answer) => {
        request.on('data', (bytes: Buffer) => (received += bytes.length));
        request.on('end', () => answer.end('whole'));
      };
      const upload = async (): Promise<void> => {
        const { stdout } = await curl(
          [version, '--max-time', '280', '-T', '-', '/'],
          `head -c ${LARGE} /dev/zero`,
        );
        expect([stdout, received]).toEqual(['whole', LARGE]);
      };
      expect(await growthDuring(upload)).toBeLessThan(MOST_GROWTH);
    },
    300_000,
  );

  it('uploads side by side reach members that read at their leisure byte for byte', {
    timeout: 120_000,
  }, async () => {
    const sums = new Map<string, string>();
    handler = (request, answer) => {
      const hash = createHash('sha256');
      request.on('data', (bytes: Buffer) => {
        hash.update(bytes);
        if (bytes[0]! % 8 !== 0) return;
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on('end', () => {
        sums.set(request.url ?? '', hash.digest('hex'));
        answer.end('whole');
      });
    };
    const sent = new Map<string, string>();
    const upload = async (index: number): Promise<void> => {
      const body = randomBytes(3 * MIB + index);
      const path = join(mkdtempSync(join(tmpdir(), 'elbow-upload-')), 'body');
      writeFileSync(path, body);
      sent.set(`/${index}`, createHash('sha256').update(body).digest('hex'));
      // By length and in chunks, over both versions.
      const framing = index % 2 === 0 ? ['-T', path] : ['-T', '-'];
      const version = index % 4 < 2 ? '--http1.1' : '--http2';
      const { stdout } = await curl([version, '--max-time', '60', ...framing, `/${index}`], `cat ${path}`);
      rmSync(dirname(path), { recursive: true });
      expect(stdout).toBe('whole');
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => upload(index)));
    expect(sums).toEqual(sent);
  });

  it('a hundred clients that do not read hold little of what their members would send', async () => {
    handler = (_request, answer) => send(answer, 64 * MIB);
    const growth = await growthDuring(async () => {
      const plain = await aListener(elbow, { protocol: 'HTTP', members: [member] });
      const sleepers = await Promise.all(Array.from({ length: 100 }, () => connect(plain)));
      for (const client of sleepers) {
        client.socket.pause();
        client.write(get());
      }
      await new Promise((resolve) => setTimeout(resolve, 3000));
    });
    // 64 MiB each would be 6.4 GiB; the high-water mark is 128 KiB each.
    expect(growth).toBeLessThan(MOST_GROWTH);
  });

  /** curl's last word is the path; `producer` writes what it reads. */
  async function curl(words: readonly string[], producer = 'true'): Promise<{ stdout: string }> {
    const { certificateFile } = await testAuthority();
    const route = [
      '-sS',
      '--noproxy',
      '*',
      '--cacert',
      certificateFile,
      '--connect-to',
      `::${built.vip}:${built.port}`,
    ];
    const url = `https://${serverName}:${built.port}${words.at(-1)}`;
    const all = [...route, ...words.slice(0, -1), url].map((word) => `'${word}'`).join(' ');
    return runCommand('bash', ['-c', `${producer} | curl ${all}`], { timeoutMs: 290_000 });
  }
});
