import type { Values } from './chart-lines.ts';

/** Where values lie on a chart, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  /** Points in all. */
  readonly count: number;
  /** The value at the upper edge. */
  readonly most: number;
}

export function xOf({ left, width, count }: Frame, index: number): number {
  return round(left + (count < 2 ? width / 2 : (index / (count - 1)) * width));
}

export function yOf({ top, height, most }: Frame, value: number): number {
  return round(top + height - (Math.min(value, most) / most) * height);
}

/** The index that lies nearest to a pixel. */
export function indexAt({ left, width, count }: Frame, x: number): number {
  const share = width === 0 ? 0 : (x - left) / width;
  return Math.max(0, Math.min(count - 1, Math.round(share * (count - 1))));
}

/** A path through the values that breaks where there are none. */
export function linePath(frame: Frame, values: Values): string {
  const parts = runs(values).map(([from, to]) => {
    const points = values
      .slice(from, to)
      .map((value, offset) => `${xOf(frame, from + offset)} ${yOf(frame, value ?? 0)}`);
    return `M${points.join('L')}`;
  });
  return parts.join('');
}

/** Values without a neighbour, which no line shows. */
export function loneIndexes(values: Values): readonly number[] {
  return runs(values).flatMap(([from, to]) => (to - from === 1 ? [from] : []));
}

/** The ground between two lines, or below one. */
export function areaPath(frame: Frame, upper: Values, lower: Values | null): string {
  const parts = runs(upper).map(([from, to]) => {
    const indexes = Array.from({ length: to - from }, (_, offset) => from + offset);
    const there = indexes.map((index) => `${xOf(frame, index)} ${yOf(frame, upper[index] ?? 0)}`);
    const back = indexes
      .toReversed()
      .map((index) => `${xOf(frame, index)} ${yOf(frame, lower?.[index] ?? 0)}`);
    return `M${[...there, ...back].join('L')}Z`;
  });
  return parts.join('');
}

/** Stretches without a gap, as [first, behind the last]. */
function runs(values: Values): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const last = found.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
