import { describe, expect, it } from 'vitest';
import { niceTop, perSecond, type Series, sinceItBegan, stacked } from './chart-lines.ts';
import { areaPath, type Frame, indexAt, linePath, loneIndexes } from './chart-paths.ts';

const timesOf = (count: number, step: number): string[] =>
  Array.from({ length: count }, (_, at) => new Date(at * step * 1000).toISOString());
const seriesOf = (requests: readonly (number | null)[], step = 10): Series => ({
  timestamps: timesOf(requests.length, step),
  step,
  values: { requests },
});

describe('counts per second', () => {
  it('are counts over the length of a step, and of the last one over what of it has passed', () => {
    const series = seriesOf([20, null, 20]);
    expect(perSecond(series, 'requests', 24_000)).toEqual([2, null, 5]);
  });

  it('never divide by next to nothing', () => {
    expect(perSecond(seriesOf([7]), 'requests', 1)).toEqual([7]);
  });
});

it('areas lie on top of each other, and gaps stay gaps', () => {
  expect(
    stacked([
      [1, null, 2],
      [3, null, 1],
    ]),
  ).toEqual([
    [1, null, 2],
    [4, null, 3],
  ]);
});

it.each([
  [0, 1],
  [0.3, 0.5],
  [1, 1],
  [1.1, 2],
  [7, 10],
  [480, 500],
])('%d fits below %d', (value, top) => {
  expect(niceTop(value)).toBe(top);
});

describe('a range that begins before anything was counted', () => {
  it('is cut to where counting began', () => {
    const series = seriesOf([...new Array(40).fill(null), ...new Array(60).fill(1)]);
    expect(sinceItBegan(series).values['requests']).toEqual(new Array(60).fill(1));
    expect(sinceItBegan(series).timestamps).toHaveLength(60);
  });

  it('keeps some steps at least, and all of them where nothing was ever counted', () => {
    expect(sinceItBegan(seriesOf([...new Array(99).fill(null), 1])).timestamps).toHaveLength(30);
    expect(sinceItBegan(seriesOf(new Array(50).fill(null))).timestamps).toHaveLength(50);
  });
});

describe('paths', () => {
  const frame: Frame = { width: 100, height: 50, left: 10, top: 5, count: 5, most: 10 };

  it('break where there are no values, and leave a value alone to a dot', () => {
    const values = [0, 10, null, 5, null];
    expect(linePath(frame, values)).toBe('M10 55L35 5M85 30');
    expect(loneIndexes(values)).toEqual([3]);
  });

  it('enclose the ground between two lines', () => {
    expect(areaPath(frame, [10, 10, null, null, null], [5, 5, null, null, null])).toBe(
      'M10 5L35 5L35 30L10 30Z',
    );
  });

  it('find the point below a pixel, from edge to edge', () => {
    expect([-50, 10, 62, 110, 900].map((x) => indexAt(frame, x))).toEqual([0, 0, 2, 4, 4]);
  });
});
