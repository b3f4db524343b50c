import {
  aListener,
  askHttp2,
  blackHole,
  freeAddress,
  openHttp2,
  patternBytes,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, MemberWish, Reply, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// enable_member_retry: which failures go on to another member, how often, and what the client gets in the end.

let elbow: Elbow;

beforeAll(async () => {
  elbow = await startElbow();
});
afterAll(() => elbow?.stop());

const closed = (): MemberWish => ({ address: freeAddress(), port: 9 });
const good = (): Promise<ScriptedBackend> => forThisTest(scriptedBackend());
const backend = (reply: Reply): Promise<ScriptedBackend> =>
  forThisTest(scriptedBackend({ script: () => reply }));
const silent = (): Promise<ScriptedBackend> => backend({ kind: 'silence' });
/** Reads the request and resets the connection. */
const resetting = (): Promise<ScriptedBackend> => backend({ kind: 'reset' });
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const build = (members: readonly MemberWish[], fields: object = {}): Promise<BuiltListener> =>
  aListener(elbow, { protocol: 'HTTP', members, fields: { member_timeout: 1, ...fields } });

const request = (method = 'GET', body = ''): string =>
  `${method} /r HTTP/1.1\r\nHost: ${serverName}\r\n${body === '' ? '' : `Content-Length: ${body.length}\r\n`}\r\n${body}`;

/** Statuses of requests sent one after another, each on a connection of its own. */
async function ask(listener: BuiltListener, bytes: string | Buffer, count = 1): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) {
    const client = await forThisTest(listener.connect());
    client.write(bytes, String(bytes).startsWith('HEAD') ? 'HEAD' : 'GET');
    statuses.push((await client.answer(0, 20_000)).status);
  }
  return statuses;
}
const seen = (members: readonly ScriptedBackend[]): number[] =>
  members.map(({ requests }) => requests.length);
const total = (members: readonly ScriptedBackend[]): number =>
  seen(members).reduce((sum, each) => sum + each, 0);

describe('another member is asked', () => {
  it('when connections are refused', async () => {
    const last = await good();
    const listener = await build([closed(), closed(), last]);
    expect(await ask(listener, request(), 6)).toEqual(Array(6).fill(200));
    expect(last.requests).toHaveLength(6);
  });

  it('when the connection is reset before an answer, and when it is closed', async () => {
    for (const reply of [{ kind: 'reset' }, { kind: 'raw', bytes: '', ending: 'end' }] as const) {
      const members = [await backend(reply), await good()];
      expect(await ask(await build(members), request(), 4)).toEqual(Array(4).fill(200));
      expect(seen(members)).toEqual([2, 4]);
    }
  });

  it('when the member is silent for the response timeout', async () => {
    const members = [await silent(), await good()];
    expect(await ask(await build(members), request(), 2)).toEqual([200, 200]);
    expect(seen(members)).toEqual([1, 2]);
  });

  it('when the member cannot be reached within 5 s, by any method and over HTTP/2 too', async () => {
    const hole = await forThisTest(blackHole());
    const plain = await build([hole, await good()]);
    const secure = await aListener(elbow, { members: [hole, await good()], fields: { http2_enable: true } });
    const session = await forThisTest(openHttp2(secure));
    const startMs = performance.now();
    const overTwo = (method: string) =>
      askHttp2(session, { ':method': method, ':path': '/', ':authority': serverName });
    const answers = await Promise.all([
      ...times(2, () => ask(plain, request('POST', 'hello'))),
      ...times(2, async () => [(await overTwo('DELETE')).status]),
    ]);
    expect(answers).toEqual([[200], [200], [200], [200]]);
    expect(performance.now() - startMs).toBeGreaterThan(4900);
  });
});

describe('at most five members are asked, none twice', () => {
  it('six that refuse: 502', async () => {
    expect(await ask(await build(times(6, closed)), request())).toEqual([502]);
  });

  it('six that reset: 502 and exactly five requests', async () => {
    const members = await Promise.all(times(6, resetting));
    expect(await ask(await build(members), request())).toEqual([502]);
    expect([total(members), Math.max(...seen(members))]).toEqual([5, 1]);
  });

  it('six that are silent: 504 and exactly five requests', async () => {
    const members = await Promise.all(times(6, silent));
    const startMs = performance.now();
    expect(await ask(await build(members), request())).toEqual([504]);
    expect(performance.now() - startMs).toBeGreaterThan(4500);
    expect([total(members), Math.max(...seen(members))]).toEqual([5, 1]);
  });

  it('one alone is asked once', async () => {
    const only = await resetting();
    expect(await ask(await build([only]), request())).toEqual([502]);
    expect(only.requests).toHaveLength(1);
  });

  it('a member of weight 0 is not asked', async () => {
    const resting = await good();
    const listener = await build([closed(), { address: resting.address, port: resting.port, weight: 0 }]);
    expect(await ask(listener, request())).toEqual([502]);
    expect(resting.requests).toHaveLength(0);
  });
});

describe('methods', () => {
  it.each(['POST', 'PATCH', 'DELETE', 'LOCK', 'PURGE', 'get'])('%s is never sent twice', async (method) => {
    const members = [await resetting(), await good()];
    expect((await ask(await build(members), request(method, 'b'), 2)).sort()).toEqual([200, 502]);
    expect(seen(members)).toEqual([1, 1]);
  });

  it('POST to a silent member is 504 after one timeout', async () => {
    const members = [await silent(), await good()];
    expect((await ask(await build(members), request('POST', 'b'), 2)).sort()).toEqual([200, 504]);
    expect(seen(members)).toEqual([1, 1]);
  });

  it.each(['POST', 'PATCH', 'DELETE', 'LOCK'])('%s goes on where no connection was made', async (method) => {
    const last = await good();
    expect(await ask(await build([closed(), last]), request(method, 'body'), 4)).toEqual(Array(4).fill(200));
    expect(last.requests.map(({ body }) => body.toString())).toEqual(Array(4).fill('body'));
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT'])('%s is repeated', async (method) => {
    const members = [await resetting(), await good()];
    expect(await ask(await build(members), request(method), 2)).toEqual([200, 200]);
    expect(seen(members)).toEqual([1, 2]);
  });
});

describe('bodies', () => {
  const put = (bytes: number, framing = 'length'): Buffer => {
    const head = `PUT /r HTTP/1.1\r\nHost: ${serverName}\r\n`;
    const body = patternBytes(bytes);
    if (framing === 'length')
      return Buffer.concat([Buffer.from(`${head}Content-Length: ${bytes}\r\n\r\n`), body]);
    const chunk = Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n${bytes.toString(16)}\r\n`);
    return Buffer.concat([chunk, body, Buffer.from('\r\n0\r\n\r\n')]);
  };

  it.each(['length', 'chunked'])('up to 64 KiB are sent again, %s', async (framing) => {
    const members = [await resetting(), await good()];
    expect(await ask(await build(members), put(65_536, framing), 2)).toEqual([200, 200]);
    for (const { bodyBytes, body } of members[1]!.requests)
      expect([bodyBytes, body.equals(patternBytes(65_536))]).toEqual([65_536, true]);
    expect(seen(members)).toEqual([1, 2]);
  });

  it('larger ones are not: 502', async () => {
    const members = [await resetting(), await good()];
    expect((await ask(await build(members), put(300_000), 2)).sort()).toEqual([200, 502]);
    expect(seen(members)).toEqual([1, 1]);
  });

  it.each([300_000, 3_000_000])('%i bytes go on whole where no connection was made', async (bytes) => {
    const last = await good();
    expect(await ask(await build([closed(), last]), put(bytes), 2)).toEqual([200, 200]);
    expect(last.requests.map(({ bodyBytes }) => bodyBytes)).toEqual([bytes, bytes]);
  });
});

it('a body that was held back for a connection that failed leaves its client connection in order', async () => {
  const client = await forThisTest((await build([closed()])).connect());
  for (const index of [0, 1, 2]) {
    client.write(request('POST', 'x'.repeat(20_000)));
    expect((await client.answer(index)).status).toBe(502);
  }
});

describe('no other member is asked', () => {
  it.each([500, 502, 503, 504, 429])('after a status %i of the member', async (status) => {
    const members = [await backend({ kind: 'answer', status }), await good()];
    expect((await ask(await build(members), request(), 2)).sort()).toEqual([200, status]);
    expect(seen(members)).toEqual([1, 1]);
  });

  it('after the first byte of an answer, whether the rest is broken or missing', async () => {
    for (const bytes of [
      'HTTP/1.1 200 OK\r\nContent-Len',
      'nonsense\r\n\r\n',
      'HTTP/1.1 200 OK\r\n: x\r\n\r\n',
    ]) {
      const members = [await backend({ kind: 'raw', bytes, ending: 'end' }), await good()];
      expect((await ask(await build(members), request(), 2)).sort()).toEqual([200, 502]);
      expect(seen(members)).toEqual([1, 1]);
    }
  });

  it('once the client has left', async () => {
    const members = await Promise.all(times(6, silent));
    const listener = await build(members);
    const client = await listener.connect();
    client.write(request());
    const first = (): ScriptedBackend | undefined => members.find(({ requests }) => requests.length > 0);
    await expect.poll(() => total(members), { timeout: 5000 }).toBe(1);
    client.reset();
    await first()!.until(() => first()!.requests[0]?.state === 'aborted', 'the abort');
    // As long as an attempt takes: nothing more may come.
    expect(await ask(await build([await silent()]), request())).toEqual([504]);
    expect(total(members)).toBe(1);
  });

  it('with retry off: the first failure is final', async () => {
    const last = await good();
    const listener = await build([closed(), last], { enable_member_retry: false });
    expect((await ask(listener, request(), 2)).sort()).toEqual([200, 502]);
    await elbow.api.update('listener', listener.listener.id, { enable_member_retry: true });
    expect(await ask(listener, request(), 2)).toEqual([200, 200]);
    expect(last.requests).toHaveLength(3);
  });
});

describe('the status in the end is that of the last failure', () => {
  it('502 after a refused connection, 504 after silence, whichever was first', async () => {
    const listener = await build([await silent(), closed()]);
    expect((await ask(listener, request(), 2)).sort()).toEqual([502, 504]);
  });

  it('504 when the connection could not be made in time, 503 when there is nobody to ask', async () => {
    const hole = await forThisTest(blackHole());
    expect(await ask(await build([hole]), request())).toEqual([504]);
    expect(await ask(await build([]), request())).toEqual([503]);
  });
});

describe('a kept-alive connection that its member has closed', () => {
  it('costs a request that may be repeated nothing: a new connection to the same member', async () => {
    const only = await good();
    const listener = await build([only], { enable_member_retry: false });
    expect(await ask(listener, request(), 8)).toEqual(Array(8).fill(200));
    let resets = 0;
    const warm = new Set(only.requests.map(({ connection }) => connection));
    const answer = only.script;
    // Connections that stood before are reset with the request on them, as by a member that closed them just then.
    only.script = (each) => {
      if (!warm.has(each.connection)) return answer(each);
      resets += 1;
      return { kind: 'reset' };
    };
    expect(await ask(listener, request(), 8)).toEqual(Array(8).fill(200));
    expect(resets).toBeGreaterThan(0);
  });

  it('is not used for a POST when it has been idle for a second', async () => {
    const only = await good();
    const listener = await build([only]);
    await ask(listener, request(), 8);
    const warm = new Set(only.requests.map(({ connection }) => connection));
    await new Promise((resolve) => setTimeout(resolve, 1300));
    only.forget();
    expect(await ask(listener, request('POST', 'b'), 8)).toEqual(Array(8).fill(200));
    const used = only.requests.slice(0, 1).map(({ connection }) => warm.has(connection));
    expect(used).toEqual([false]);
  });
});
