import type { MemberHealth } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import { ManualClock, scriptedBackend, type ScriptedBackend, Waiters } from '@elbow/testkit';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { Checker } from './checker.ts';
import type { CheckedMember } from './checker-messages.ts';

const check = sampleHealthCheck({ intervalMs: 1000, timeoutMs: 5000, healthyThreshold: 2 });

/** A checker whose time is moved by hand, and what it said. */
class Bench {
  readonly clock = new ManualClock(0);
  readonly reports: MemberHealth[] = [];
  readonly waiters = new Waiters();
  random = 0;
  readonly checker = new Checker({
    mostRunning: 8,
    nowMs: this.clock.now,
    random: () => this.random,
    report: (health) => {
      this.reports.push(health);
      this.waiters.changed();
    },
    ownTrouble: () => {},
  });

  /** Moves time on by one interval and waits until the member has answered the check that is due. */
  async round(member: ScriptedBackend): Promise<void> {
    const before = member.requests.length;
    this.clock.advance(check.intervalMs);
    this.checker.tick();
    await member.until(() => member.requests.length === before + 1, 'one more check');
    await member.until(() => member.openConnections === 0, 'its end');
  }
}

function memberOf(backend: ScriptedBackend, changes: Partial<CheckedMember> = {}): CheckedMember {
  const { address, port } = backend;
  return { memberId: 'm', address, port, name: null, tls: null, check, known: null, ...changes };
}

async function aMember(status: () => number): Promise<ScriptedBackend> {
  const backend = await scriptedBackend({
    script: () => ({ kind: 'answer', status: status(), closes: true, headers: [['Connection', 'close']] }),
  });
  onTestFinished(() => backend.stop());
  return backend;
}

describe('Checker', () => {
  const bench = { now: new Bench() };
  afterEach(() => {
    bench.now.checker.stop();
    bench.now = new Bench();
  });

  it('tells only what is new, with the time and the reason', async () => {
    let status = 200;
    const backend = await aMember(() => status);
    const { checker, reports } = bench.now;
    checker.put(memberOf(backend));
    await bench.now.round(backend);
    await bench.now.round(backend);
    expect(reports).toEqual([{ memberId: 'm', status: 'ONLINE', sinceMs: 1000, reason: null }]);
    status = 500;
    for (let failures = 0; failures < 3; failures++) await bench.now.round(backend);
    status = 503;
    await bench.now.round(backend);
    await bench.now.round(backend);
    status = 200;
    for (let successes = 0; successes < 2; successes++) await bench.now.round(backend);
    expect(reports.slice(1)).toMatchObject([
      { status: 'OFFLINE', sinceMs: 5000, reason: { code: 'RESPONSE_MISMATCH', actual: '500' } },
      { status: 'OFFLINE', sinceMs: 5000, reason: { actual: '503' } },
      { status: 'ONLINE', sinceMs: 9000, reason: null },
    ]);
  });

  it('begins at a random moment within the interval', async () => {
    const backend = await aMember(() => 200);
    bench.now.random = 0.5;
    bench.now.checker.put(memberOf(backend));
    bench.now.clock.advance(400);
    bench.now.checker.tick();
    bench.now.clock.advance(150);
    expect(backend.connectionsMade).toBe(0);
    bench.now.checker.tick();
    await bench.now.waiters.until(() => bench.now.reports.length === 1, 10_000, 'the first result');
  });

  it('goes on from what an earlier life knew, and says so once', async () => {
    const backend = await aMember(() => 200);
    const known = { status: 'OFFLINE', sinceMs: -5, reason: null } as const;
    bench.now.checker.put(memberOf(backend, { known }));
    await bench.now.round(backend);
    expect(bench.now.reports).toEqual([{ memberId: 'm', status: 'OFFLINE', sinceMs: -5, reason: null }]);
    await bench.now.round(backend);
    expect(bench.now.reports[1]).toMatchObject({ status: 'ONLINE', sinceMs: 2000 });
  });

  it('keeps the state when the settings change', async () => {
    const backend = await aMember(() => 204);
    bench.now.checker.put(
      memberOf(backend, { check: { ...check, expectedCodes: [{ from: 204, to: 204 }] } }),
    );
    await bench.now.round(backend);
    bench.now.checker.put(memberOf(backend));
    await bench.now.round(backend);
    expect(bench.now.reports.map(({ status }) => status)).toEqual(['ONLINE']);
  });

  it('says nothing of a member that is gone', async () => {
    const backend = await aMember(() => 200);
    backend.script = () => ({ kind: 'silence' });
    bench.now.checker.put(memberOf(backend));
    bench.now.clock.advance(1000);
    bench.now.checker.tick();
    await backend.until(() => backend.requests.length === 1, 'a check');
    bench.now.checker.remove('m');
    await backend.until(() => backend.openConnections === 0, 'its end');
    expect(bench.now.reports).toEqual([]);
    expect(bench.now.checker.count).toBe(0);
  });

  it('has no more checks under way than it may', async () => {
    const backend = await aMember(() => 200);
    const held = Promise.withResolvers<void>();
    backend.script = async () => {
      await held.promise;
      return { kind: 'answer', closes: true };
    };
    for (let at = 0; at < 12; at++) bench.now.checker.put(memberOf(backend, { memberId: `m${at}` }));
    bench.now.clock.advance(1000);
    bench.now.checker.tick();
    await backend.until(() => backend.requests.length === 8, 'as many as allowed');
    bench.now.clock.advance(50);
    bench.now.checker.tick();
    held.resolve();
    await bench.now.waiters.until(() => bench.now.reports.length === 8, 10_000, 'the first ones');
    expect(backend.connectionsMade).toBe(8);
    bench.now.clock.advance(50);
    bench.now.checker.tick();
    await bench.now.waiters.until(() => bench.now.reports.length === 12, 10_000, 'all');
  });
});
