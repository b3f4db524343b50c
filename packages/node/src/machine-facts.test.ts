import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { lowestPortFrom } from './capabilities.ts';
import { connectionBudget, openFilesLimit, parseOpenFiles } from './connection-budget.ts';

describe('connectionBudget', () => {
  it('divides what the listeners and the reserve leave', () => {
    expect(connectionBudget({ openFiles: 20_000, listeners: 100, workers: 4 })).toBe(
      (20_000 - 400 - 512) / 4,
    );
  });

  it('never falls to nothing', () => {
    expect(connectionBudget({ openFiles: 256, listeners: 10, workers: 2 })).toBeGreaterThan(0);
  });

  it('reads the soft limit', () => {
    const limits = 'Limit                     Soft Limit           Hard Limit           Units     \n';
    expect(
      parseOpenFiles(
        `${limits}Max open files            1024                 4096                 files     \n`,
      ),
    ).toBe(1024);
    expect(
      parseOpenFiles(
        `${limits}Max open files            unlimited            unlimited            files     \n`,
      ),
    ).toBe(2 ** 20);
    expect(parseOpenFiles(limits)).toBeNull();
    expect(openFilesLimit()).toBeGreaterThan(0);
  });
});

describe('lowestPortFrom', () => {
  const unprivilegedStart = '1024\n';

  it('goes by the capability, not by the user', () => {
    const [withIt, without] = ['CapEff:\t0000000000000400\n', 'CapEff:\t0000000000000000\n'];
    expect(lowestPortFrom({ isRoot: false, status: withIt, unprivilegedStart })).toBe(1);
    expect(lowestPortFrom({ isRoot: true, status: without, unprivilegedStart })).toBe(1024);
  });

  it('follows the sysctl, and the user where the kernel says nothing', () => {
    expect(lowestPortFrom({ isRoot: false, status: '', unprivilegedStart: '80\n' })).toBe(80);
    expect(lowestPortFrom({ isRoot: false, status: '', unprivilegedStart: '' })).toBe(1024);
    expect(lowestPortFrom({ isRoot: true, status: '', unprivilegedStart: '' })).toBe(1);
  });
});

describe('backoffMs', () => {
  it('doubles up to the longest and takes off at most a half', () => {
    const backoff = { firstMs: 100, longestMs: 1000 };
    expect([0, 1, 2, 3, 4, 1000].map((attempt) => backoffMs(backoff, attempt, 0))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
    expect(backoffMs(backoff, 4, 0.999)).toBeGreaterThanOrEqual(500);
  });
});
