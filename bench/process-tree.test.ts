import { describe, expect, it } from 'vitest';
import { descendants, parseProcessStat, processTree } from './process-tree.ts';

describe('parseProcessStat', () => {
  const tail = `S 41 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 11 0 8650 ${'0 '.repeat(30)}`;

  it('finds parent and start time', () => {
    expect(parseProcessStat(`4711 (node) ${tail}`)).toEqual({
      pid: 4711,
      parentPid: 41,
      startedAtTicks: 8650,
    });
  });

  it('is not fooled by a command with blanks and parentheses', () => {
    expect(parseProcessStat(`4711 (a) R 1 (b) ${tail}`)).toEqual({
      pid: 4711,
      parentPid: 41,
      startedAtTicks: 8650,
    });
  });
});

describe('descendants', () => {
  const stat = (pid: number, parentPid: number) => ({ pid, parentPid, startedAtTicks: 0 });

  it('follows children of children and nobody else, in any order of the list', () => {
    const processes = [stat(30, 20), stat(1, 0), stat(10, 1), stat(20, 10), stat(21, 10), stat(99, 1)];
    expect(descendants(10, processes)).toEqual([10, 20, 21, 30]);
  });

  it('is empty when the root is gone, even if orphans name it', () => {
    expect(descendants(10, [stat(1, 0), stat(20, 10)])).toEqual([]);
  });
});

describe('processTree', () => {
  it('starts with the process itself', () => {
    expect(processTree(process.pid)[0]).toBe(process.pid);
  });
});
