import { aListener, askOnce, headerOf, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ReceivedAnswer, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

// Sticky sessions: the load balancer's own cookie, and the companion of one of the application.

let elbow: Elbow;
let three: ScriptedBackend[];
let answerAsUsual: ScriptedBackend['script'][];

beforeAll(async () => {
  elbow = await startElbow();
  three = await Promise.all([1, 2, 3].map(() => scriptedBackend()));
  answerAsUsual = three.map(({ script }) => script);
});
beforeEach(() => {
  for (const [at, backend] of three.entries()) {
    backend.forget();
    backend.script = answerAsUsual[at]!;
  }
});
afterAll(async () => {
  await elbow?.stop();
  await Promise.all((three ?? []).map((backend) => backend.stop()));
});

const stickyListener = (persistence: object, fields: object = {}): Promise<BuiltListener> =>
  aListener(elbow, { members: three, fields, pool: { session_persistence: persistence } });

const ask = (built: BuiltListener, cookie = ''): Promise<ReceivedAnswer> =>
  askOnce(built, '/', cookie === '' ? {} : { fields: `Cookie: ${cookie}\r\n` });

const memberOf = (answer: ReceivedAnswer): string => headerOf(answer, 'x-member') ?? '';
const setCookies = ({ headers }: ReceivedAnswer): string[] =>
  headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
const cookiesOf = (answer: ReceivedAnswer): string =>
  setCookies(answer)
    .map((line) => line.split(';')[0])
    .join('; ');
const byName = (name: string): ScriptedBackend => three.find((backend) => backend.name === name)!;

describe('HTTP_COOKIE', () => {
  it('names its pool, lives as long as asked and cannot be read', async () => {
    const built = await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 20 });
    const answer = await ask(built);
    const name = `LBSESSION-${built.pool.id.slice(0, 8)}`;
    expect(setCookies(answer)).toEqual([
      expect.stringMatching(
        new RegExp(`^${name}=[\\w.-]+; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax; Secure$`),
      ),
    ]);
    expect(cookiesOf(answer)).not.toContain(byName(memberOf(answer)).address);
  });

  it('keeps its client with the member, over connections, and is not passed on', async () => {
    const built = await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 20 });
    const first = await ask(built);
    for (let i = 0; i < 20; i++) {
      const again = await ask(built, `theirs=1; ${cookiesOf(first)}`);
      expect([memberOf(again), setCookies(again)]).toEqual([memberOf(first), []]);
    }
    const seen = byName(memberOf(first)).requests.at(-1)!;
    expect(headerOf(seen, 'cookie')).toBe('theirs=1');
  });

  it('that was made up, or is of another pool, is as if it were not there', async () => {
    const [one, other] = [
      await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 1 }),
      await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 1 }),
    ];
    const name = `LBSESSION-${one.pool.id.slice(0, 8)}`;
    const foreign = cookiesOf(await ask(other)).split('=')[1]!;
    for (const value of ['x', '', foreign, 'v1.AAAA', 'a'.repeat(4000)])
      expect(setCookies(await ask(one, `${name}=${value}`))).toHaveLength(1);
  });

  it('is issued anew for another member when its own gets no more requests or is gone', async () => {
    const built = await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 20 });
    const first = await ask(built);
    const own = built.members[three.indexOf(byName(memberOf(first)))]!;
    await elbow.api.updateMember(built.pool.id, own.id, { weight: 0 });
    const moved = await ask(built, cookiesOf(first));
    expect(memberOf(moved)).not.toBe(memberOf(first));
    expect(memberOf(await ask(built, cookiesOf(moved)))).toBe(memberOf(moved));
  });

  it('goes elsewhere when its member refuses connections, and is issued anew', async () => {
    const gone = await scriptedBackend();
    const built = await aListener(elbow, {
      members: [gone, three[0]!],
      pool: { session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 20 } },
    });
    let first = await ask(built);
    if (memberOf(first) !== gone.name) first = await ask(built);
    expect(memberOf(first)).toBe(gone.name);
    await gone.stop();
    const moved = await ask(built, cookiesOf(first));
    expect([moved.status, memberOf(moved), setCookies(moved).length]).toEqual([200, three[0]!.name, 1]);
  });

  it('means 504 at once when its member does not answer in time', async () => {
    const built = await stickyListener(
      { type: 'HTTP_COOKIE', persistence_timeout: 20 },
      { member_timeout: 1 },
    );
    const first = await ask(built);
    for (const backend of three) backend.forget();
    for (const backend of three) backend.script = () => ({ kind: 'silence' });
    expect((await ask(built, cookiesOf(first))).status).toBe(504);
    expect(three.flatMap(({ requests }) => requests)).toHaveLength(1);
  });

  it('is switched off and on without a request lost', async () => {
    const built = await stickyListener({ type: 'HTTP_COOKIE', persistence_timeout: 20 });
    const first = await ask(built);
    await elbow.api.update('pool', built.pool.id, { session_persistence: null });
    const names = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const answer = await ask(built, cookiesOf(first));
      expect([answer.status, setCookies(answer)]).toEqual([200, []]);
      names.add(memberOf(answer));
    }
    expect(names.size).toBe(3);
    const on = { type: 'HTTP_COOKIE', persistence_timeout: 20 };
    await elbow.api.update('pool', built.pool.id, { session_persistence: on });
    expect(memberOf(await ask(built, cookiesOf(first)))).toBe(memberOf(first));
  });
});

describe('APP_COOKIE', () => {
  it('keeps a client with the member that set the cookie, as long as it has both', async () => {
    const built = await stickyListener({ type: 'APP_COOKIE', cookie_name: 'SID' });
    const name = `LBAPP-${built.pool.id.slice(0, 8)}`;
    for (const backend of three) {
      const headers = [
        ['Set-Cookie', 'SID=abc; Path=/; Max-Age=600'],
        ['X-Member', backend.name],
      ] as const;
      backend.script = () => ({ kind: 'answer', headers, body: '' });
    }
    const first = await ask(built);
    expect(setCookies(first)[1]).toMatch(
      new RegExp(`^${name}=[\\w.-]+; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$`),
    );
    for (let i = 0; i < 6; i++) expect(memberOf(await ask(built, cookiesOf(first)))).toBe(memberOf(first));
    expect(headerOf(byName(memberOf(first)).requests.at(-1)!, 'cookie')).toBe('SID=abc');
    const alone = new Set<string>();
    for (let i = 0; i < 3; i++) alone.add(memberOf(await ask(built, 'SID=abc')));
    expect(alone.size).toBe(3);
  });

  it('has no companion where the member sets no such cookie', async () => {
    const built = await stickyListener({ type: 'APP_COOKIE', cookie_name: 'SID' });
    expect(setCookies(await ask(built))).toEqual([]);
  });
});
