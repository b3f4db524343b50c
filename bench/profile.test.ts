import { describe, expect, it } from 'vitest';
import { selfTimes, topLines } from './profile.ts';

const node = (id: number, functionName: string, url = '') => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

const profile = {
  nodes: [
    node(1, '(idle)'),
    node(2, 'parse', 'file:///x/wire/head.ts'),
    node(3, '(program)'),
    node(4, '', 'node:net'),
  ],
  startTime: 1000,
  samples: [2, 1, 2, 3, 4, 2],
  timeDeltas: [0, 100, 100, 100, 50, 100],
};

describe('selfTimes', () => {
  it('gives each sample the time until the next one and leaves idle time out', () => {
    const times = selfTimes(profile, [{ startMicros: 0, endMicros: 10_000 }]);
    expect(Object.fromEntries(times)).toEqual({
      'parse head.ts:10': 200,
      '(program)': 50,
      '(anonymous) node:net:10': 100,
    });
  });

  it('counts only what happened while load ran', () => {
    const windows = [
      { startMicros: 990, endMicros: 1010 },
      { startMicros: 1290, endMicros: 1310 },
    ];
    expect(Object.fromEntries(selfTimes(profile, windows))).toEqual({
      'parse head.ts:10': 100,
      '(program)': 50,
    });
  });
});

describe('topLines', () => {
  it('sorts by time, divides by requests, and adds everything up', () => {
    const lines = topLines(
      new Map([
        ['small', 10],
        ['large', 400],
      ]),
      100,
    );
    expect(lines.map((line) => line.trim().split(/\s+/, 2))).toEqual([
      ['4.00', 'large'],
      ['0.10', 'small'],
      ['4.10', 'all'],
    ]);
  });

  it('shows twenty functions and no more', () => {
    expect(topLines(new Map(Array.from({ length: 50 }, (_, i) => [`f${i}`, i])), 1)).toHaveLength(21);
  });
});
