import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { aListener, poll, scriptedBackend, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

// One line per request, in the format and order that the cloud documents, and nothing a client sends can change that.

const names = [
  'msec',
  'topic',
  'time',
  'version',
  'remote',
  'status',
  'request',
  'requestLength',
  'bytesSent',
  'bodyBytesSent',
  'requestTime',
  'upstreamStatus',
  'upstreamConnectTime',
  'upstreamHeaderTime',
  'upstreamResponseTime',
  'upstreamAddr',
  'userAgent',
  'referer',
  'forwardedFor',
  'lbName',
  'listenerName',
  'listenerId',
  'poolName',
  'memberName',
  'tenantId',
  'eip',
  'upstreamAddrPriv',
  'certificateId',
  'sslProtocol',
  'sslCipher',
  'sni',
  'rtt',
  'selfDefined',
] as const;
type Line = Readonly<Record<(typeof names)[number], string>>;

let elbow: Elbow;
let member: ScriptedBackend;
let web: BuiltListener;
/** Lines that earlier cases have written. */
let seen = 0;

beforeAll(async () => {
  elbow = await startElbow({ arguments: ['--access-log', 'all', '--access-log-rotate-mib', '1'] });
  member = await scriptedBackend();
  web = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
});
beforeEach(() => {
  seen = rawLines(elbow).length;
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

/** Every line of every file, the oldest file first. */
function rawLines({ dataDir }: Elbow): string[] {
  const directory = join(dataDir, 'log');
  const files = readdirSync(directory).sort(
    (a, b) => Number(b.split('.')[2] ?? 0) - Number(a.split('.')[2] ?? 0),
  );
  const text = files.map((file) => readFileSync(join(directory, file), 'latin1')).join('');
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** The `count` lines that came since the case began; no more may come. */
async function newLines(count: number, of = elbow): Promise<string[]> {
  const lines = (): string[] => rawLines(of).slice(of === elbow ? seen : 0);
  await poll(() => lines().length >= count, { timeoutMs: 5000, what: `${count} lines of the access log` });
  expect(lines()).toHaveLength(count);
  return lines();
}

async function newLine(): Promise<Line> {
  return parse((await newLines(1))[0]!);
}

function parse(line: string): Line {
  // A field is a quoted text, a text in brackets, or a word.
  const values = [...line.matchAll(/"([^"]*)"|\[(\d[^\]]*)\](?= )|(\S+)/g)].map(([, quoted, time, word]) => {
    return quoted ?? time ?? word ?? '';
  });
  expect(values).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, at) => [name, values[at]])) as Line;
}

const get = (fields = '', target = '/'): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${serverName}\r\n${fields}\r\n`;

async function ask(bytes: string, to = web): Promise<RawClient> {
  const client = await to.connect();
  client.write(bytes);
  await client.answer();
  return client;
}

describe('a line', () => {
  it('says what client and member saw', async () => {
    const request = get(
      'User-Agent: test/1\r\nReferer: https://r.example/\r\nX-Forwarded-For: 192.0.2.9\r\n',
      '/a?b=c',
    );
    const client = await ask(request);
    const answer = client.answers[0]!;
    const tls = client.socket as TLSSocket;
    const line = await newLine();
    const id = String(web.listener.id);
    const address = `${member.address}:${member.port}`;
    expect(line).toMatchObject({
      topic: '-',
      version: 'elb_01',
      remote: `${client.socket.localAddress}:${client.socket.localPort}`,
      status: '200',
      request: `GET https://${serverName}/a?b=c HTTP/1.1`,
      requestLength: String(request.length),
      bytesSent: String(answer.rawHead.length + answer.body.length),
      bodyBytesSent: String(answer.body.length),
      upstreamStatus: '200',
      upstreamAddr: address,
      userAgent: 'test/1',
      referer: 'https://r.example/',
      forwardedFor: '192.0.2.9',
      lbName: `loadbalancer_${web.loadBalancer.id}`,
      listenerName: `listener_${id}`,
      listenerId: id.replaceAll('-', ''),
      poolName: `pool_${web.pool.id}`,
      memberName: `member_${web.members[0]?.id}`,
      tenantId: elbow.credentials.project_id,
      eip: `-:${web.port}`,
      upstreamAddrPriv: address,
      certificateId: web.certificate?.id,
      sslProtocol: tls.getProtocol(),
      sslCipher: tls.getCipher().name,
      sni: serverName,
      rtt: '-',
      selfDefined: '-',
    });
    expect(Math.abs(Number(line.msec) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(Date.parse(line.time)).toBe(Math.floor(Number(line.msec)) * 1000);
    for (const time of [
      line.requestTime,
      line.upstreamConnectTime,
      line.upstreamHeaderTime,
      line.upstreamResponseTime,
    ])
      expect(time).toMatch(/^\d+\.\d{3}$/);
    client.close();
  });

  it('names the protocol of HTTP/2', async () => {
    expect((await web.curl('/two', '--http2')).code).toBe(0);
    expect((await newLine()).request).toBe(`GET https://${serverName}/two HTTP/2.0`);
  });

  it('has dashes where there was no member and no TLS', async () => {
    const empty = await aListener(elbow, { protocol: 'HTTP', port: 8080 });
    const client = await ask(get(), empty);
    client.close();
    expect(await newLine()).toMatchObject({
      status: '503',
      request: `GET http://${serverName}/ HTTP/1.1`,
      upstreamStatus: '-',
      upstreamConnectTime: '-',
      upstreamResponseTime: '-',
      upstreamAddr: '-',
      memberName: '-',
      certificateId: '-',
      sslProtocol: '-',
      sni: '-',
    });
  });

  it('has an entry for every attempt in every upstream field', async () => {
    const gone = await Promise.all([scriptedBackend(), scriptedBackend()]);
    await Promise.all(gone.map((each) => each.stop()));
    const retried = await aListener(elbow, { members: [...gone, member] });
    for (let count = 0; count < 3; count++) (await ask(get(), retried)).close();
    const lines = (await newLines(3)).map(parse);
    const entries = lines.map((line) => {
      const { upstreamStatus, upstreamConnectTime, upstreamHeaderTime, upstreamResponseTime } = line;
      const fields = [upstreamStatus, upstreamConnectTime, upstreamHeaderTime, upstreamResponseTime];
      return [...fields, line.upstreamAddr, line.memberName].map((field) => field.split(', ').length);
    });
    for (const counts of entries) expect(new Set(counts).size).toBe(1);
    // Each member was the first of one of the three requests.
    expect(entries.map(([count]) => count).sort()).toEqual([1, 2, 3]);
    const longest = lines.find((line) => line.upstreamStatus.split(', ').length === 3);
    expect(longest).toMatchObject({ status: '200', upstreamStatus: '502, 502, 200' });
    expect(longest?.upstreamHeaderTime).toMatch(/^-, -, \d/);
  });

  it('comes for a client that left, as 499', async () => {
    member.forget();
    member.script = () => ({ kind: 'silence' });
    const client = await web.connect();
    client.write(get());
    await member.until(() => member.requests.length === 1, 'the request');
    client.close();
    expect(await newLine()).toMatchObject({ status: '499', upstreamStatus: '-', bytesSent: '0' });
  });

  it('comes for a WebSocket once, at its end, with 101 and the bytes of both ways', async () => {
    member.script = () => ({
      kind: 'raw',
      bytes: 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nwelcome',
    });
    const client = await web.connect();
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const request = get(`Connection: upgrade\r\nUpgrade: websocket\r\n${key}`);
    client.write(request);
    await client.until(() => client.answers[0]?.status === 101, 'the switch');
    (await ask(get(), await aListener(elbow, { protocol: 'HTTP', port: 8081 }))).close();
    expect((await newLine()).status).toBe('503');
    client.writeMore('hello');
    client.close();
    const line = parse((await newLines(2))[1]!);
    expect(line).toMatchObject({ status: '101', upstreamStatus: '101', bodyBytesSent: '7' });
    expect(Number(line.requestLength)).toBe(request.length + 5);
  });
});

describe('what a client sends', () => {
  beforeAll(() => {
    member.script = () => ({ kind: 'answer', body: 'ok' });
  });

  it.each([
    ['a quote', 'a" 200 "b', 'a\\x22 200 \\x22b'],
    ['a backslash', 'a\\x22', 'a\\x5Cx22'],
    ['bytes above 127', 'caf\u00c3\u00a9 \u00ff', 'caf\\xC3\\xA9 \\xFF'],
    ['a tab', 'a\tb', 'a\\x09b'],
  ])('%s in a field is escaped', async (_what, sent, logged) => {
    (await ask(get(`User-Agent: ${sent}\r\nReferer: ${sent}\r\n`))).close();
    expect(await newLine()).toMatchObject({ userAgent: logged, referer: logged, status: '200' });
  });

  it('line breaks make no line: such requests are refused, counted and told in the daemon log', async () => {
    for (const sent of ['a\nb: c\r\n\r\n', 'a\r b', 'a\0b', 'a\u000bb']) {
      const client = await ask(get(`User-Agent: ${sent}\r\n`));
      expect(client.answers.map(({ status }) => status)).toContain(400);
      client.close();
    }
    // A request after them, so that there is something to wait for.
    (await ask(get('User-Agent: last\r\n'))).close();
    const lines = await newLines(1);
    expect(parse(lines[0]!).userAgent).toBe('last');
    await poll(() => /request refused .*status=400/.test(elbow.log), {
      timeoutMs: 5000,
      what: 'the daemon log',
    });
  });

  it('a quote in the target is escaped, and a 400 of a member is logged', async () => {
    member.script = () => ({ kind: 'answer', status: 400 });
    (await ask(get('', '/a"b?c\\d'))).close();
    expect(await newLine()).toMatchObject({
      request: `GET https://${serverName}/a\\x22b?c\\x5Cd HTTP/1.1`,
      status: '400',
    });
  });

  it('secrets are not logged', async () => {
    member.script = () => ({ kind: 'answer', headers: [['Set-Cookie', 's=response-secret']] });
    (await ask(get('Authorization: Bearer request-secret\r\nCookie: s=request-secret\r\n'))).close();
    expect((await newLines(1))[0]).not.toContain('secret');
  });
});

it('is rotated by size without losing a line or breaking one', async () => {
  member.script = () => ({ kind: 'answer', body: 'ok' });
  const clients = await Promise.all(Array.from({ length: 4 }, () => web.connect()));
  const long = 'x'.repeat(8000);
  const rotated = (): number => readdirSync(join(elbow.dataDir, 'log')).length - 1;
  let sent = 0;
  // Renames come once a second at most; several have to come while lines do.
  for (let round = 0; rotated() < 2 && round < 400; round++) {
    for (const client of clients)
      client.write(get(`User-Agent: ${String(sent++).padStart(8, '0')}${long}\r\n`));
    await Promise.all(clients.map((client) => client.answer(round)));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(rotated()).toBeGreaterThanOrEqual(2);
  for (const client of clients) client.close();
  const agents = (await newLines(sent)).map((line) => parse(line).userAgent);
  expect(agents.map((agent) => Number(agent.slice(0, 8))).sort((a, b) => a - b)).toEqual(
    agents.map((_, at) => at),
  );
  for (const agent of agents) expect(agent.slice(8)).toBe(long);
});

it('is off unless asked for, and JSON when asked for', async () => {
  const off = await startElbow({ workers: 1 });
  const json = await startElbow({
    workers: 2,
    env: { ELBOW_ACCESS_LOG: 'all', ELBOW_ACCESS_LOG_FORMAT: 'json' },
  });
  try {
    member.script = () => ({ kind: 'answer', body: 'ok' });
    for (const daemon of [off, json]) {
      const listener = await aListener(daemon, { members: [member] });
      (await ask(get('User-Agent: a"\\\u00e9\r\n', '/j'), listener)).close();
    }
    const [line] = await newLines(1, json);
    expect(JSON.parse(line!)).toMatchObject({
      status: 200,
      request_method: 'GET',
      scheme: 'https',
      host: serverName,
      router_request_uri: '/j',
      server_protocol: 'HTTP/1.1',
      upstream_status: [200],
      upstream_addr: [`${member.address}:${member.port}`],
      http_user_agent: 'a"\\\u00e9',
      tenant_id: json.credentials.project_id,
      alpn: null,
      early_data: 0,
      error_reason: null,
    });
    expect(existsSync(join(off.dataDir, 'log', 'access.log'))).toBe(false);
  } finally {
    await Promise.all([off.stop(), json.stop()]);
  }
});
