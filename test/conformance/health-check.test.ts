import {
  aListener,
  blackHole,
  type BuiltListener,
  type Elbow,
  expectStatus,
  http2Member,
  poll,
  type Reply,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
  tlsMember,
  untilMember,
  watchMembers,
  type WireResource,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Health check: what members are asked, what their answers mean, and what clients and operators see of it.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
});
afterAll(() => elbow?.stop());

interface Place {
  readonly address: string;
  readonly port: number;
}

const aBackend = (name: string): Promise<ScriptedBackend> => forThisTest(scriptedBackend({ name }));

const isCheck = ({ headers }: { headers: readonly (readonly [string, string])[] }): boolean =>
  headers.some(
    ([name, value]) => name.toLowerCase() === 'user-agent' && value.startsWith('elb-healthcheck/'),
  );

/** A pool with one member of each place, under checks from its beginning. */
async function watched(places: readonly Place[], check: object = {}, pool: object = {}) {
  const built = await aListener(elbow, { protocol: 'HTTP', port: 8080, pool });
  const monitor = await watchMembers(elbow, built.pool.id, check);
  const members: WireResource[] = [];
  for (const { address, port } of places)
    members.push(await elbow.api.addMember(built.pool.id, { address, protocol_port: port }));
  const until = (at: number, status: string): Promise<WireResource> =>
    untilMember(elbow, { poolId: built.pool.id, id: members[at]!.id }, status);
  return { built, monitor, members, until };
}

async function namesOf(built: BuiltListener, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let at = 0; at < count; at++) names.push((await built.curl('/', '-w', '\n%{http_code}')).stdout);
  return names;
}

async function statusOf(built: BuiltListener): Promise<string> {
  return (await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout;
}

/** The check of this type against this member ends so. */
async function expectVerdict(
  place: Place,
  check: object,
  verdict: { readonly status: string; readonly reason?: object | null },
): Promise<WireResource> {
  const { until } = await watched([place], check);
  const member = await until(0, verdict.status);
  if (verdict.reason !== undefined) {
    if (verdict.reason === null) expect(member['reason']).toBeNull();
    else expect(member['reason']).toMatchObject(verdict.reason);
  }
  return member;
}

describe('what a member is asked', () => {
  it('is a request as the monitor describes it', async () => {
    const backend = await aBackend('asked');
    const { until } = await watched([backend], {
      domain_name: 'shop.example.test',
      url_path: '/healthz?deep',
      http_method: 'HEAD',
    });
    await until(0, 'ONLINE');
    expect(backend.requests.find(isCheck)?.rawHead).toBe(
      'HEAD /healthz?deep HTTP/1.1\r\nHost: shop.example.test\r\nUser-Agent: elb-healthcheck/1.0\r\n' +
        'Accept: */*\r\nConnection: close\r\n\r\n',
    );
  });

  it('goes to another port when the monitor names one', async () => {
    const [backend, health] = [await aBackend('served'), await aBackend('health')];
    const other = await forThisTest(scriptedBackend({ address: backend.address, name: 'health' }));
    const { until } = await watched([backend], { monitor_port: other.port });
    await until(0, 'ONLINE');
    expect(other.requests.some(isCheck)).toBe(true);
    expect(backend.requests).toEqual([]);
    expect(health.requests).toEqual([]);
  });

  it('comes once in every interval', async () => {
    const backend = await aBackend('paced');
    const { until } = await watched([backend], { delay: 1 });
    await until(0, 'ONLINE');
    const before = performance.now();
    const count = backend.requests.length;
    await backend.until(() => backend.requests.length >= count + 3, 'three more checks');
    // Three intervals have passed; a machine under load may be late, never early by more than a tick.
    expect(performance.now() - before).toBeGreaterThan(1900);
  });

  it('is asked once for the node, not once for each worker', async () => {
    const backend = await aBackend('once');
    const { until } = await watched([backend], { delay: 20 });
    await until(0, 'ONLINE');
    expect(backend.requests).toHaveLength(1);
  });
});

describe('what an answer means', () => {
  const answer = (status: number): Reply => ({ kind: 'answer', status, closes: true });

  it.each([
    ['200', 200, 'ONLINE'],
    ['200', 204, 'OFFLINE'],
    ['200,204', 204, 'ONLINE'],
    ['200-204,301', 301, 'ONLINE'],
    ['200-204,301', 302, 'OFFLINE'],
    ['500-599', 503, 'ONLINE'],
  ])('with expected_codes %s, %i is %s', async (codes, status, verdict) => {
    const backend = await aBackend('coded');
    backend.script = () => answer(status);
    const reason =
      verdict === 'ONLINE'
        ? null
        : {
            reason_code: 'RESPONSE_MISMATCH',
            expected_response: codes,
            healthcheck_response: `${status}`,
            message: expect.stringContaining(`with ${status}; expected ${codes}`),
          };
    await expectVerdict(backend, { expected_codes: codes }, { status: verdict, reason });
  });

  it('redirects are not followed', async () => {
    const backend = await aBackend('elsewhere');
    backend.script = () => ({ ...answer(301), headers: [['Location', '/other']] }) as Reply;
    await expectVerdict(backend, {}, { status: 'OFFLINE', reason: { healthcheck_response: '301' } });
    expect(new Set(backend.requests.map(({ target }) => target))).toEqual(new Set(['/']));
  });

  it.each<[string, Reply]>([
    ['RESPONSE_FORMAT_ERROR', { kind: 'raw', bytes: '220 mail.example.test ESMTP\r\n', ending: 'end' }],
    ['RECV_RESPONSE_TIMEOUT', { kind: 'silence' }],
    ['RECV_RESPONSE_FAILED', { kind: 'raw', bytes: '', ending: 'end' }],
    ['CONNECT_INTERRUPT', { kind: 'reset' }],
  ])('%s is told', async (code, reply) => {
    const backend = await aBackend('odd');
    backend.script = () => reply;
    await expectVerdict(backend, {}, { status: 'OFFLINE', reason: { reason_code: code } });
  });
});

describe('each type of check', () => {
  it('TCP is content with a connection', async () => {
    const backend = await aBackend('tcp');
    await expectVerdict(backend, { type: 'TCP' }, { status: 'ONLINE', reason: null });
    expect(backend.requests).toEqual([]);
  });

  it('TCP says that nothing listens', async () => {
    const backend = await scriptedBackend();
    const place = { address: backend.address, port: backend.port };
    await backend.stop();
    await expectVerdict(
      place,
      { type: 'TCP' },
      { status: 'OFFLINE', reason: { reason_code: 'CONNECT_REFUSED' } },
    );
  });

  it('TCP hints at packet filters when nothing comes back', async () => {
    const hole = await forThisTest(blackHole());
    const reason = { reason_code: 'CONNECT_TIMEOUT', message: expect.stringContaining('packet filter') };
    await expectVerdict(hole, { type: 'TCP' }, { status: 'OFFLINE', reason });
  });

  it('HTTPS asks over TLS and takes any certificate', async () => {
    const member = await forThisTest(tlsMember());
    await expectVerdict(member, { type: 'HTTPS', domain_name: 'shop.example.test' }, { status: 'ONLINE' });
    expect(member.requests[0]).toMatchObject({ serverName: 'shop.example.test', host: 'shop.example.test' });
  });

  it('TLS is content with a handshake', async () => {
    const member = await forThisTest(tlsMember());
    await expectVerdict(member, { type: 'TLS' }, { status: 'ONLINE' });
    expect(member.requests).toEqual([]);
  });

  it.each(['TLS', 'HTTPS'])('%s says that a member does not speak TLS', async (type) => {
    const backend = await aBackend('plain');
    const reason = { reason_code: 'SSL_HANDSHAKE_ERROR' };
    await expectVerdict(backend, { type }, { status: 'OFFLINE', reason });
  });

  it('GRPC calls the health service', async () => {
    let serving = 1;
    const member = await http2Member(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.from([0, 0, 0, 0, 2, 8, serving]));
    });
    onTestFinished(() => member.stop());
    const { until } = await watched([member], { type: 'GRPC' });
    await until(0, 'ONLINE');
    expect(member.calls[0]?.headers).toMatchObject({
      ':path': '/grpc.health.v1.Health/Check',
      te: 'trailers',
    });
    serving = 2;
    const down = await until(0, 'OFFLINE');
    expect(down['reason']).toMatchObject({ reason_code: 'RESPONSE_MISMATCH', expected_response: '0' });
    expect(down['reason'].message).toContain('NOT_SERVING');
  });
});

describe('what clients see', () => {
  it('a member that fails gets nothing more, and comes back', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const { built, until } = await watched([one, two]);
    await Promise.all([until(0, 'ONLINE'), until(1, 'ONLINE')]);
    let isDown = true;
    const { script } = one;
    one.script = (request) =>
      isDown && isCheck(request) ? { kind: 'answer', status: 500 } : script(request);
    await until(0, 'OFFLINE');
    one.forget();
    expect(new Set((await namesOf(built, 8)).map((text) => text.split('\n').at(-1)))).toEqual(
      new Set(['200']),
    );
    expect(one.requests.filter((request) => !isCheck(request))).toEqual([]);
    isDown = false;
    await until(0, 'ONLINE');
    await poll(
      async () => {
        await namesOf(built, 1);
        return one.requests.some((request) => !isCheck(request));
      },
      { timeoutMs: 5000, what: 'a request for the member that is back' },
    );
  });

  it('idle connections to a member that goes offline are closed, those in use when they are done', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    const { built, until } = await watched([one, two]);
    await Promise.all([until(0, 'ONLINE'), until(1, 'ONLINE')]);
    const held = Promise.withResolvers<void>();
    const { script } = one;
    let isDown = false;
    one.script = async (request) => {
      if (request.target === '/held') await held.promise;
      return isDown && isCheck(request) ? { kind: 'answer', status: 500 } : script(request);
    };
    // By turns, so that each of them has one.
    await namesOf(built, 8);
    const asked = Promise.all(['/held', '/held'].map((path) => built.curl(path)));
    await one.until(() => one.requests.some(({ target }) => target === '/held'), 'a request that takes long');
    const inUse = one.requests.filter(({ target }) => target === '/held').length;
    isDown = true;
    await until(0, 'OFFLINE');
    await one.until(() => one.openConnections <= inUse, 'the end of its idle connections');
    held.resolve();
    expect((await asked).map(({ stdout }) => stdout.length > 0)).toEqual([true, true]);
    await one.until(() => one.openConnections === 0, 'the end of its last connection');
  });

  it('a new member of a watched pool waits for its first check', async () => {
    const [one, late] = [await aBackend('one'), await aBackend('late')];
    const held = Promise.withResolvers<void>();
    const { script } = late;
    late.script = async (request) => {
      if (isCheck(request)) await held.promise;
      return script(request);
    };
    const { built, until } = await watched([one], { timeout: 50 });
    await until(0, 'ONLINE');
    const { id } = await elbow.api.addMember(built.pool.id, {
      address: late.address,
      protocol_port: late.port,
    });
    await late.until(() => late.requests.length > 0, 'its first check');
    const [, waiting] = await elbow.api.members(built.pool.id);
    expect(waiting).toMatchObject({ id, operating_status: 'INITIAL', reason: null });
    await namesOf(built, 6);
    expect(late.requests.filter((request) => !isCheck(request))).toEqual([]);
    held.resolve();
    await untilMember(elbow, { poolId: built.pool.id, id }, 'ONLINE');
    await namesOf(built, 6);
    expect(late.requests.some((request) => !isCheck(request))).toBe(true);
  });

  it('switching a check on interrupts nothing', async () => {
    const backend = await aBackend('busy');
    const built = await aListener(elbow, { protocol: 'HTTP', port: 8080, members: [backend] });
    await watchMembers(elbow, built.pool.id, { delay: 50 });
    expect(await statusOf(built)).toBe('200');
  });

  it('with nobody left answers 503, or asks all of them when told to', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    for (const backend of [one, two]) {
      const { script } = backend;
      backend.script = (request) => (isCheck(request) ? { kind: 'answer', status: 500 } : script(request));
    }
    const { built, until } = await watched([one, two]);
    await Promise.all([until(0, 'OFFLINE'), until(1, 'OFFLINE')]);
    expect(await statusOf(built)).toBe('503');
    await elbow.api.update('pool', built.pool.id, { pool_health: { minimum_healthy_member_count: 1 } });
    expect(await statusOf(built)).toBe('200');
    await elbow.api.update('pool', built.pool.id, { pool_health: { minimum_healthy_member_count: 0 } });
    expect(await statusOf(built)).toBe('503');
  });

  it('switched off or removed, every member is a candidate at once', async () => {
    const backend = await aBackend('down');
    const { script } = backend;
    backend.script = (request) => (isCheck(request) ? { kind: 'answer', status: 500 } : script(request));
    const { built, monitor, until } = await watched([backend]);
    await until(0, 'OFFLINE');
    await elbow.api.update('healthmonitor', monitor.id, { admin_state_up: false });
    expect(await statusOf(built)).toBe('200');
    expect((await elbow.api.members(built.pool.id))[0]).toMatchObject({
      operating_status: 'NO_MONITOR',
      reason: null,
    });
    await elbow.api.update('healthmonitor', monitor.id, { admin_state_up: true });
    await until(0, 'OFFLINE');
    await elbow.api.remove('healthmonitor', monitor.id);
    expect(await statusOf(built)).toBe('200');
    const [member] = await elbow.api.members(built.pool.id);
    expect(member).toMatchObject({ operating_status: 'NO_MONITOR' });
  });

  it('takes as many results in a row as the thresholds say', async () => {
    const backend = await aBackend('thresholds');
    const verdicts: number[] = [];
    let status = 200;
    backend.script = () => {
      verdicts.push(status);
      return { kind: 'answer', status, closes: true };
    };
    const { until } = await watched([backend], { max_retries: 2, max_retries_down: 3 });
    await until(0, 'ONLINE');
    expect(verdicts.slice(0, 1)).toEqual([200]);
    status = 500;
    await until(0, 'OFFLINE');
    expect(verdicts.filter((code) => code === 500).length).toBeGreaterThanOrEqual(3);
    const failed = verdicts.length;
    status = 200;
    await until(0, 'ONLINE');
    expect(verdicts.slice(failed).filter((code) => code === 200).length).toBeGreaterThanOrEqual(2);
  });
});

describe('what operators see', () => {
  it('one member down degrades what is above it', async () => {
    const [one, two] = [await aBackend('one'), await aBackend('two')];
    one.script = () => ({ kind: 'answer', status: 503 });
    const { built, monitor, members, until } = await watched([one, two]);
    const down = await until(0, 'OFFLINE');
    await until(1, 'ONLINE');
    expect(down['status']).toEqual([
      {
        listener_id: built.listener.id,
        operating_status: 'OFFLINE',
        reason: down['reason'],
        created_at: expect.stringMatching(/Z$/),
        updated_at: expect.stringMatching(/Z$/),
      },
    ]);
    const answer = await elbow.api.call('GET', `loadbalancers/${built.loadBalancer.id}/statuses`);
    const tree = expectStatus(answer, 200).json.statuses.loadbalancer;
    expect(tree.operating_status).toBe('DEGRADED');
    expect(tree.listeners[0].operating_status).toBe('DEGRADED');
    expect(tree.listeners[0].pools[0]).toMatchObject({
      operating_status: 'DEGRADED',
      healthmonitor: { id: monitor.id, type: 'HTTP', provisioning_status: 'ACTIVE' },
      members: [
        { id: members[0]!.id, operating_status: 'OFFLINE' },
        { id: members[1]!.id, operating_status: 'ONLINE' },
      ],
    });
    const list = await elbow.api.call('GET', `pools/${built.pool.id}/members?operating_status=OFFLINE`);
    expect(list.json.members.map(({ id }: WireResource) => id)).toEqual([members[0]!.id]);
    const all = await elbow.api.call('GET', `members?operating_status=ONLINE&pool_id=${built.pool.id}`);
    expect(all.json.members.map(({ id }: WireResource) => id)).toEqual([members[1]!.id]);
  });

  it('a check on demand tells every step', async () => {
    const backend = await aBackend('asked');
    backend.script = () => ({ kind: 'answer', status: 404 });
    const { built, members } = await watched([backend], { url_path: '/up' });
    const asked = await elbow.api.call('POST', `members/${members[0]!.id}/health-check`, {
      member_check: { listener_id: built.listener.id, subject: 'config' },
    });
    const path = `members/check/jobs/${expectStatus(asked, 201).json.member_check.job_id}`;
    const job = await poll(
      async () => {
        const { member_check: found } = expectStatus(await elbow.api.call('GET', path), 200).json;
        return found.status === 'processed' ? found : null;
      },
      { timeoutMs: 10_000, what: 'the end of the check' },
    );
    expect(job.result.config).toMatchObject({ check_result: false, check_status: 'processed' });
    expect(job.result.config.check_items).toMatchObject([
      { name: 'nodeCheck', severity: 'Major', reason: expect.stringContaining('with 404; expected 200') },
    ]);
    const { address, port } = backend;
    expect(job.transcript.map(({ text }: { text: string }) => text)).toEqual([
      `connecting to ${address}:${port}`,
      'connected',
      `sending GET /up HTTP/1.1 with Host: ${built.vip}`,
      'status 404',
      expect.stringContaining('expected 200'),
    ]);
    // It is a job like others: in the store, so that a new control process knows it, but in no list of theirs.
    const before = await elbow.kill9('control');
    await elbow.untilReplaced('control', before);
    await elbow.untilReady();
    expect(expectStatus(await elbow.api.call('GET', path), 200).json.member_check).toEqual(job);
    const listed = expectStatus(await elbow.api.call('GET', 'jobs'), 200).json.jobs;
    expect(listed.filter(({ job_id }: { job_id: string }) => job_id === job.job_id)).toEqual([]);
    expectStatus(await elbow.api.call('GET', `jobs/${job.job_id}`), 404);
  });

  it('checks count as no requests', async () => {
    const backend = await aBackend('quiet');
    const { built, members, until } = await watched([backend]);
    await until(0, 'ONLINE');
    expect((await built.curl('/')).code).toBe(0);
    const text = await (await fetch(`http://${elbow.admin}/metrics`)).text();
    const value = (name: string, label: string): string | undefined =>
      text
        .split('\n')
        .find((line) => line.startsWith(`${name}{`) && line.includes(label))
        ?.split(' ')
        .at(-1);
    expect(backend.requests.length).toBeGreaterThan(1);
    expect(value('elbow_pool_requests_total', built.pool.id)).toBe('1');
    expect(value('elbow_member_attempts_total', members[0]!.id)).toBe('1');
  });
});
