import { describe, expect, it } from 'vitest';
import { MemberSlot, type MemberState } from './member-slot.ts';
import { arenaBytes, shadowOffset } from './slot-arena.ts';

const nowMs = 1_700_000_000_000;

function aMember() {
  const words = new Int32Array(new SharedArrayBuffer(arenaBytes(2)));
  const member = new MemberSlot(words, { slot: 5 }, 2);
  const states = (...found: readonly MemberState[]): void =>
    found.forEach((state, second) => void member.setState(state, nowMs + second * 1000));
  return { words, member, states };
}

describe('MemberSlot', () => {
  it('counts requests in flight over all workers and notes whose they are', () => {
    const { words, member } = aMember();
    member.begin(0);
    member.begin(1);
    member.begin(1);
    member.end(0);
    expect(member.inFlight).toBe(2);
    expect(words[member.inFlightPlace]).toBe(2);
    expect([0, 1].map((worker) => words[shadowOffset(5, worker, 2)])).toEqual([0, 2]);
  });

  it('says whether its state has changed', () => {
    const { member } = aMember();
    expect(member.state).toBe('unknown');
    expect(member.setState('initial', nowMs)).toBe(true);
    expect(member.setState('initial', nowMs)).toBe(false);
    expect(member.setState('online', nowMs)).toBe(true);
    expect(member.state).toBe('online');
  });

  it.each<[string, MemberState[], number | null]>([
    ['where the plan says while nothing has checked it', [], nowMs - 5000],
    ['with its first success', ['initial', 'online'], nowMs + 1000],
    ['with its first success, however late', ['initial', 'offline', 'online'], nowMs + 2000],
    ['once only', ['initial', 'online', 'offline', 'online'], null],
    ['where the plan says when it served before a check came', ['online'], nowMs - 5000],
    ['no more when that check finds it ill', ['offline', 'online'], null],
  ])('begins its slow start %s', (_, found, expected) => {
    const { member, states } = aMember();
    states(...found);
    expect(member.slowStartMs(nowMs - 5000)).toBe(expected);
    expect(member.slowStartMs(null)).toBeNull();
  });

  it('leaves a member out after so many failures in a row', () => {
    const { member } = aMember();
    const limit = { failures: 3, durationMs: 10_000 };
    expect([member.connectFailed(limit, nowMs), member.connectFailed(limit, nowMs)]).toEqual([false, false]);
    member.connected();
    const results = [1, 2, 3].map(() => member.connectFailed(limit, nowMs));
    expect(results).toEqual([false, false, true]);
    expect(member.ejectedUntilMs).toBe(nowMs + 10_000);
  });

  it('only counts failures where nobody asked for more', () => {
    const { member } = aMember();
    for (let i = 0; i < 20; i++) expect(member.connectFailed(null, nowMs)).toBe(false);
    expect([member.failures, member.ejectedUntilMs]).toEqual([20, 0]);
  });
});
