import { describe, expect, it } from 'vitest';
import { cpuBetween, cpuSnapshot, parseResidentKib, parseSchedstat, residentKib } from './cpu-time.ts';

describe('parseSchedstat', () => {
  it('takes the time on the CPU, not the time spent waiting for it', () => {
    expect(parseSchedstat('1234567890 42 17\n')).toBe(1234567890);
  });

  it.each(['', '12 13', 'a b c', '0 0 0 0\n'])('refuses %j', (text) => {
    expect(() => parseSchedstat(text)).toThrow('unexpected schedstat');
  });
});

describe('cpuBetween', () => {
  it('adds the differences of all threads and keeps them apart by process', () => {
    const before = new Map([
      ['7/7', 100],
      ['7/8', 50],
      ['9/9', 5],
    ]);
    const after = new Map([
      ['7/7', 130],
      ['7/8', 55],
      ['9/9', 6],
    ]);
    expect(cpuBetween(before, after)).toEqual({
      totalNs: 36,
      byPid: new Map([
        [7, 35],
        [9, 1],
      ]),
      endedThreads: 0,
    });
  });

  it('counts a new thread from zero', () => {
    expect(
      cpuBetween(
        new Map([['7/7', 100]]),
        new Map([
          ['7/7', 100],
          ['7/12', 8],
        ]),
      ).totalNs,
    ).toBe(8);
  });

  it('tells that a thread ended, because its last time is missing', () => {
    expect(
      cpuBetween(
        new Map([
          ['7/7', 1],
          ['7/8', 2],
        ]),
        new Map([['7/7', 1]]),
      ).endedThreads,
    ).toBe(1);
  });
});

describe('cpuSnapshot', () => {
  it('sees the time that this process burns', () => {
    const before = cpuSnapshot(process.pid);
    const until = process.cpuUsage().user + 20_000;
    while (process.cpuUsage().user < until);
    expect(cpuBetween(before, cpuSnapshot(process.pid)).totalNs).toBeGreaterThan(15_000_000);
  });

  it('is empty for a process that does not exist', () => {
    expect(cpuSnapshot(2 ** 22 + 1).size).toBe(0);
  });
});

describe('resident memory', () => {
  it('reads VmRSS and nothing that looks like it', () => {
    expect(parseResidentKib('VmHWM:\t   9000 kB\nVmRSS:\t   5120 kB\nRssAnon:\t 4000 kB\n')).toBe(5120);
    expect(parseResidentKib('Name:\tkthreadd\n')).toBe(0);
  });

  it('of this process is at least what Node itself needs', () => {
    expect(residentKib(process.pid)).toBeGreaterThan(20_000);
  });
});
