import type { MemberHealth } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { HealthBoard } from './health-board.ts';

const online = { memberId: 'a', status: 'ONLINE', sinceMs: 50, reason: null } as const;
const reason = { code: 'CONNECT_REFUSED', message: 'refused', expected: null, actual: null } as const;
const offline: MemberHealth = { memberId: 'a', status: 'OFFLINE', sinceMs: 70, reason };

function boardWith(...ids: readonly string[]): HealthBoard {
  const board = new HealthBoard();
  for (const id of ids) board.put(id, 1000, 10);
  return board;
}

describe('HealthBoard', () => {
  it('begins with INITIAL and tells each change once', () => {
    const board = boardWith('a', 'b');
    expect(board.news(10).map(({ memberId, status }) => `${memberId} ${status}`)).toEqual([
      'a INITIAL',
      'b INITIAL',
    ]);
    expect(board.news(20)).toEqual([]);
    expect(board.found(online)).toBe(true);
    expect(board.news(60)).toEqual([online]);
    board.found({ ...online });
    expect(board.news(60)).toEqual([]);
    board.found(offline);
    board.found({ ...offline, reason: { ...reason, message: 'another' } });
    expect(board.news(80)).toMatchObject([{ status: 'OFFLINE', reason: { message: 'another' } }]);
    expect(board.whole(80)).toHaveLength(2);
  });

  it('knows nothing of members that are gone', () => {
    const board = boardWith('a');
    board.remove('a');
    expect(board.found(online)).toBe(false);
    expect(board.news(60)).toEqual([]);
  });

  it('keeps what was found when the checks end, for three intervals', () => {
    const board = boardWith('a', 'b');
    board.put('b', 2000, 10);
    board.found(online);
    board.news(100);
    board.lost(1000);
    expect(board.sweep(3999)).toEqual([]);
    expect(board.sweep(4000)).toEqual([{ ...online, status: 'UNKNOWN', sinceMs: 4000 }]);
    expect(board.sweep(6999)).toEqual([]);
    expect(board.sweep(7000)).toMatchObject([{ memberId: 'b', status: 'UNKNOWN' }]);
    expect(board.known('a')).toEqual({ status: 'ONLINE', sinceMs: 50, reason: null });
    expect(board.known('b')).toBeNull();
  });

  it('believes it again when another life of the checks says the same', () => {
    const board = boardWith('a');
    board.found(offline);
    board.lost(1000);
    expect(board.sweep(5000)).toMatchObject([{ status: 'UNKNOWN', reason }]);
    board.found(offline);
    expect(board.news(5000)).toEqual([offline]);
  });
});
