import { createHash } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { ClientHttp2Session } from 'node:http2';
import {
  aListener,
  askHttp2,
  headerOf,
  openHttp2,
  patternBytes,
  poll,
  readHttp2,
  runCommand,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, Http2Answer, Reply, ScriptedBackend, SeenRequest } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// HTTP/2 towards clients, HTTP/1.1 towards the member.

let elbow: Elbow;
let member: ScriptedBackend;
let built: BuiltListener;
let certificateFile: string;
let echoScript: (request: SeenRequest) => Reply | Promise<Reply>;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend({ name: 'm' });
  echoScript = member.script;
  built = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
  certificateFile = (await testAuthority()).certificateFile;
});
beforeEach(() => {
  member.forget();
  member.script = echoScript;
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const open = (listener = built): Promise<ClientHttp2Session> => forThisTest(openHttp2(listener));

const get = (path = '/', more: Record<string, string | readonly string[]> = {}) => ({
  ':path': path,
  ':authority': serverName,
  ...more,
});
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The protocol that the listener picks when a client offers both. */
async function negotiated(): Promise<string | false | null> {
  const { certificatePem: ca } = await testAuthority();
  const offer = {
    host: built.vip,
    port: built.port,
    ca,
    servername: serverName,
    ALPNProtocols: ['h2', 'http/1.1'],
  };
  return new Promise((resolve, reject) => {
    const socket = connectTls(offer, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the switch', () => {
  it('offers h2 while it is on and http/1.1 only while it is off, for new connections at once', async () => {
    const held = await open();
    expect(await negotiated()).toBe('h2');
    await elbow.api.update('listener', built.listener.id, { http2_enable: false });
    expect(await negotiated()).toBe('http/1.1');
    const overOne = await built.curl('/', '--http2', '-w', '%{http_version}', '-o', '/dev/null');
    expect(overOne.stdout).toBe('1.1');
    expect((await askHttp2(held, get('/held'))).status).toBe(200);
    await elbow.api.update('listener', built.listener.id, { http2_enable: true });
    expect(await negotiated()).toBe('h2');
    const overTwo = await built.curl('/', '--http2', '-w', '%{http_version}', '-o', '/dev/null');
    expect(overTwo.stdout).toBe('2');
  });

  it('serves HTTP/1.1 to clients that offer nothing else', async () => {
    const { stdout } = await built.curl(
      '/',
      '--http1.1',
      '-w',
      '%{http_version} %{http_code}',
      '-o',
      '/dev/null',
    );
    expect(stdout).toBe('1.1 200');
  });
});

describe('clients', () => {
  it('curl: an answer of 3 MB and an upload of 3 MB', async () => {
    const down = await built.curl('/?size=3000000', '--http2', '-w', '\n%{http_version} %{size_download}');
    expect(down.stdout.slice(-10)).toBe('\n2 3000000');
    expect(sha256(Buffer.from(down.stdout.slice(0, 3_000_000)))).toBe(sha256(patternBytes(3_000_000)));
    const up = await runCommand(
      'curl',
      [
        '-sS',
        '--http2',
        '--noproxy',
        '*',
        '--cacert',
        certificateFile,
        '--connect-to',
        `::${built.vip}:${built.port}`,
        '--data-binary',
        '@-',
        '-H',
        'Content-Type: application/octet-stream',
        `https://${serverName}:${built.port}/up`,
      ],
      { input: patternBytes(3_000_000) },
    );
    expect(up.stderr).toBe('');
    const seen = member.requests.find(({ target }) => target === '/up');
    expect([seen?.bodyBytes, seen?.bodySha256]).toEqual([3_000_000, sha256(patternBytes(3_000_000))]);
  });

  it('nghttp: many requests on one connection', async () => {
    const url = `${built.url}/nghttp`;
    const { stdout, code } = await runCommand('nghttp', [
      '-v',
      '-n',
      '-m',
      '20',
      `-H:authority: ${serverName}`,
      url,
    ]);
    expect(code).toBe(0);
    expect(stdout.match(/:status: 200/g)).toHaveLength(20);
    expect(stdout).toContain('SETTINGS_MAX_CONCURRENT_STREAMS(0x03):128');
  });

  it('h2load: 8 connections of 8 streams lose nothing', async () => {
    const { stdout } = await runCommand('h2load', ['-c8', '-m8', '-n2000', `${built.url}/?size=200`]);
    expect(stdout).toContain(
      '2000 total, 2000 started, 2000 done, 2000 succeeded, 0 failed, 0 errored, 0 timeout',
    );
    expect(stdout).toContain('status codes: 2000 2xx');
  });

  it('h2load: an upload on each of many streams arrives whole', async () => {
    const words = ['-c2', '-m10', '-n100', '-d', fileURLToPath(import.meta.url), `${built.url}/upload`];
    const { stdout } = await runCommand('h2load', words);
    expect(stdout).toContain('status codes: 100 2xx');
    expect(new Set(member.requests.map(({ bodySha256 }) => bodySha256)).size).toBe(1);
  });

  it('node: 200 requests at once on one connection', async () => {
    const session = await open();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => askHttp2(session, get(`/${at}`))),
    );
    const targets = answers.map(({ body }) => JSON.parse(body.toString()).target);
    expect(targets).toEqual(Array.from({ length: 200 }, (_, at) => `/${at}`));
  });
});

describe('the request a member sees', () => {
  it('is HTTP/1.1 with Host, one Cookie line and the forwarding fields', async () => {
    const session = await open();
    const fields = get('/a%20b?c=d', { cookie: ['a=b', 'c=d', 'e=f'], 'x-odd': 'v', te: 'trailers' });
    expect((await askHttp2(session, fields)).status).toBe(200);
    const [request] = member.requests;
    expect(request?.rawHead.split('\r\n')[0]).toBe('GET /a%20b?c=d HTTP/1.1');
    expect(request && headerOf(request, 'host')).toBe(serverName);
    expect(request && headerOf(request, 'cookie')).toBe('a=b; c=d; e=f');
    expect(request && headerOf(request, 'x-odd')).toBe('v');
    expect(request && headerOf(request, 'x-forwarded-for')).toMatch(/^127\./);
    expect(request && headerOf(request, 'x-forwarded-host')).toBe(serverName);
    expect(request && headerOf(request, 'te')).toBeUndefined();
    expect(request?.rawHead).not.toMatch(/^:/m);
  });

  it('has its length when the client declared one, else chunks; trailers of the request are dropped', async () => {
    const session = await open();
    await askHttp2(session, get('/declared', { ':method': 'POST', 'content-length': '5' }), 'hello');
    const stream = session.request({ ...get('/open'), ':method': 'POST' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': '1' }));
    const answer = readHttp2(stream);
    stream.end('hello');
    expect((await answer).status).toBe(200);
    const facts = member.requests.map(({ framing, body }) => [framing, body.toString()]);
    expect(facts).toEqual([
      ['length', 'hello'],
      ['chunked', 'hello'],
    ]);
    expect(member.requests[1]?.rawHead).not.toContain('x-trailer');
  });
});

describe('the answer a client sees', () => {
  it('has lower-case names, no field of one hop, and the trailers of the member', async () => {
    const bytes =
      'HTTP/1.1 200 Fine\r\nX-Mixed: V\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: X-Hop\r\nX-Hop: 1\r\n' +
      'Keep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n';
    member.script = () => ({ kind: 'raw', bytes });
    const answer = await askHttp2(await open(), get());
    expect(answer.headers).toMatchObject({ ':status': 200, 'x-mixed': 'V', 'set-cookie': ['a=1', 'b=2'] });
    for (const gone of ['connection', 'x-hop', 'keep-alive', 'transfer-encoding'])
      expect(answer.headers[gone]).toBeUndefined();
    expect(answer.trailers['x-sum']).toBe('42');
    expect([answer.body.toString(), answer.ending]).toEqual(['hello', 'complete']);
  });

  it.each([204, 304])('%i ends with its head', async (status) => {
    const answer = await askHttp2(await open(), get(`/?status=${status}`));
    expect([answer.status, answer.ending, answer.isHeadOnly]).toEqual([status, 'complete', true]);
  });

  it('to HEAD declares the length and has no body', async () => {
    const answer = await askHttp2(await open(), get('/?size=1234', { ':method': 'HEAD' }));
    expect([answer.headers['content-length'], answer.body.length, answer.ending]).toEqual([
      '1234',
      0,
      'complete',
    ]);
  });

  it('comes after 103, which is passed on', async () => {
    const bytes = `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`;
    member.script = () => ({ kind: 'raw', bytes });
    const answer = await askHttp2(await open(), get());
    expect(answer.interim).toMatchObject([{ ':status': 103, link: '</a.css>' }]);
    expect([answer.status, answer.body.toString()]).toEqual([200, 'ok']);
  });

  it('of one slow reader does not hold up the others', async () => {
    const session = await open();
    const slow = session.request(get('/?size=5000000'));
    slow.pause();
    const whole = readHttp2(slow);
    await member.until(() => member.requests.length === 1, 'the large request');
    expect((await askHttp2(session, get('/quick'))).status).toBe(200);
    slow.resume();
    const answer = await whole;
    expect([answer.body.length, answer.ending]).toEqual([5_000_000, 'complete']);
  });
});

describe('a member that dies in the middle of its answer', () => {
  const cuts: readonly (readonly [string, string, 'end' | 'reset'])[] = [
    ['by length, closed', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf', 'end'],
    ['by length, reset', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf', 'reset'],
    ['chunked, closed', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf', 'end'],
    [
      'chunked, between chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
      'reset',
    ],
    ['delimited by close, reset', 'HTTP/1.1 200 OK\r\n\r\nhalf', 'reset'],
  ];
  it.each(cuts)('%s: RST_STREAM, and the connection goes on', async (_name, bytes, ending) => {
    member.script = (request) =>
      request.target === '/cut' ? { kind: 'raw', bytes, ending } : echoScript(request);
    const session = await open();
    const answer = await askHttp2(session, get('/cut'));
    expect(answer.ending).toBe(2); // INTERNAL_ERROR
    expect((await askHttp2(session, get('/next'))).status).toBe(200);
  });

  it('shows as an error in curl', async () => {
    member.script = () => ({
      kind: 'raw',
      bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf',
      ending: 'end',
    });
    expect((await built.curl('/', '--http2', '-o', '/dev/null')).code).toBe(92);
  });
});

describe('an answer before the upload is complete', () => {
  let early: ScriptedBackend;
  let listener: BuiltListener;
  beforeAll(async () => {
    const script = (): Reply => ({ kind: 'answer', status: 403, body: 'no', closes: true });
    early = await scriptedBackend({ answersEarly: true, script });
    listener = await aListener(elbow, { members: [early], fields: { http2_enable: true } });
  });
  afterAll(() => early?.stop());

  it('reaches curl whole, which sends 1 MB on', async () => {
    const words = ['--http2', '--data-binary', '@-', '-w', ' %{http_code}'];
    const url = `https://${serverName}:${listener.port}/`;
    const route = ['-sS', '--cacert', certificateFile, '--connect-to', `::${listener.vip}:${listener.port}`];
    const { stdout, code } = await runCommand('curl', [...route, ...words, url], {
      input: patternBytes(1_000_000),
    });
    expect([code, stdout]).toEqual([0, 'no 403']);
  });

  it('ends the stream without an error when the client does not end its side', async () => {
    const session = await open(listener);
    const stream = session.request(get('/', { ':method': 'POST' }), { endStream: false });
    const answer = readHttp2(stream);
    stream.write('some');
    expect(await answer).toMatchObject({ status: 403, body: Buffer.from('no'), ending: 'complete' });
    expect((await askHttp2(session, get('/next'))).status).toBe(403);
  });
});

describe('an old connection', () => {
  it.runIf(process.env['ELBOW_FULL'])(
    'says GOAWAY after 100,000 requests, answers all that it has taken, and ends',
    async () => {
      const session = await open();
      const goaways: number[] = [];
      session.on('goaway', (code) => goaways.push(code));
      let answered = 0;
      while (goaways.length === 0 && answered < 101_000) {
        const batch = await Promise.all(
          Array.from({ length: 100 }, () => askHttp2(session, get('/?size=1'))),
        );
        answered += batch.filter(({ status, ending }) => status === 200 && ending === 'complete').length;
        member.forget();
      }
      expect(answered).toBe(100_000);
      await poll(() => session.destroyed, { timeoutMs: 10_000, what: 'the end of the connection' });
    },
    300_000,
  );
});

describe('the end of a listener', () => {
  it('sends GOAWAY, lets the open stream finish and takes no new connection', async () => {
    const listener = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    member.script = async (): Promise<Reply> => {
      await held;
      return { kind: 'answer', body: 'late' };
    };
    const session = await open(listener);
    let goaway: number | null = null;
    session.on('goaway', (code) => (goaway = code));
    const answer = askHttp2(session, get('/held'));
    await member.until(() => member.requests.length === 1, 'the request');
    const path = `listeners/${listener.listener.id}/force`;
    expect((await elbow.api.call('DELETE', path)).status).toBe(204);
    await poll(() => goaway !== null, { timeoutMs: 10_000, what: 'GOAWAY' });
    expect(goaway).toBe(0);
    release?.();
    expect(await answer).toMatchObject({ status: 200, body: Buffer.from('late'), ending: 'complete' });
    await poll(() => session.destroyed, { timeoutMs: 10_000, what: 'the end of the connection' });
    await expect(open(listener)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('what no decent client sends', () => {
  interface Outcome {
    readonly goaway: number | null;
    readonly resets: Readonly<Record<string, number>>;
    readonly statuses: Readonly<Record<string, number>>;
    readonly closed: boolean;
  }

  async function attack(name: string): Promise<Outcome> {
    const script = fileURLToPath(new URL('http2-attacks.py', import.meta.url));
    const words = [script, name, built.vip, String(built.port), certificateFile, serverName];
    const { stdout, stderr, code } = await runCommand('/usr/bin/python3', words);
    expect([stderr, code]).toEqual(['', 0]);
    return JSON.parse(stdout);
  }

  const calm = 0xb;
  it.each([
    ['rapid_reset', calm],
    ['settings_flood', calm],
    ['ping_flood', calm],
    ['empty_data_flood', calm],
    ['continuation_flood', calm],
    ['empty_continuation_flood', calm],
    ['even_stream', 1],
    ['data_on_idle_stream', 1],
    ['data_on_stream_zero', 1],
    ['push_promise', 1],
    ['oversized_frame', 6],
    ['broken_hpack', 9],
    ['window_overflow', 3],
    ['no_preface', 1],
  ])('%s ends the connection with GOAWAY %i', async (name, goaway) => {
    expect(await attack(name)).toMatchObject({ goaway, closed: true });
  });

  it.each([
    'connection_field',
    'upper_case_field',
    'two_paths',
    'late_pseudo_field',
    'line_break_in_value',
    'te_gzip',
    'transfer_encoding',
    'longer_than_declared',
    'shorter_than_declared',
  ])('%s costs its stream alone, and no member sees a complete request', async (name) => {
    expect(await attack(name)).toMatchObject({
      goaway: null,
      resets: { 1: 1 },
      statuses: { 3: 200 },
      closed: false,
    });
    expect(member.requests.filter(({ state }) => state === 'answered')).toHaveLength(1);
  });

  it('a header list beyond the limit, packed into little, is answered 400', async () => {
    expect(await attack('hpack_bomb')).toMatchObject({ goaway: null, statuses: { 1: 400 } });
    expect(member.requests).toHaveLength(0);
  });

  it('PRIORITY and unknown frames are ignored', async () => {
    expect(await attack('priority_frames')).toMatchObject({ goaway: null, statuses: { 3: 200 } });
    expect(await attack('unknown_frames')).toMatchObject({ goaway: null, statuses: { 1: 200 } });
  });

  it('streams beyond 128 are refused one by one', async () => {
    const { resets, goaway } = await attack('too_many_streams');
    expect(goaway).toBeNull();
    expect(Object.values(resets).every((code) => code === 7)).toBe(true);
    expect(resets['257']).toBe(7);
  });

  it('after all of that every worker is alive and serves', async () => {
    const { workers } = await elbow.askWorkers();
    expect(workers.map(({ state }) => state)).toEqual(Array(4).fill('serving'));
    expect(elbow.log).not.toMatch(/worker.*(died|crash|exit)/i);
    const answers: Http2Answer[] = [];
    for (let at = 0; at < 8; at++) answers.push(await askHttp2(await open(), get()));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });
});
