import type { SeriesAnswer } from '@elbow/api';

export type Values = readonly (number | null)[];

/** One line of a chart. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly values: Values;
  /** Number of the colour. */
  readonly tone: number | 'good' | 'warn' | 'bad' | 'info';
  /** What is said of it beside its name. */
  readonly note: string;
}

export type Series = Pick<SeriesAnswer, 'timestamps' | 'step' | 'values'>;

/** A range that begins long before anything was counted begins with nothing. */
const leastSteps = 30;

/** From where counting began, but some steps at least. */
export function sinceItBegan<S extends Series>(series: S): S {
  const { timestamps, values } = series;
  const first = timestamps.findIndex((_, at) =>
    Object.values(values).some((of) => typeof of[at] === 'number'),
  );
  const from = Math.max(0, Math.min(first, timestamps.length - leastSteps));
  if (from === 0) return series;
  const cut = Object.entries(values).map(([name, of]) => [name, of.slice(from)]);
  return { ...series, timestamps: timestamps.slice(from), values: Object.fromEntries(cut) };
}

export function valuesOf({ values, timestamps }: Series, name: string): Values {
  return values[name] ?? timestamps.map(() => null);
}

/** Counts of steps as counts per second; the last step is as long as it has lasted. */
export function perSecond(series: Series, name: string, nowMs: number): Values {
  return valuesOf(series, name).map((value, index) => {
    if (value === null) return null;
    const beganMs = Date.parse(series.timestamps[index] ?? '');
    const seconds = Math.min(series.step, Math.max(1, (nowMs - beganMs) / 1000));
    return value / seconds;
  });
}

export function sumOf(values: Values): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

export function mostOf(values: Values): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

export function lastOf(values: Values): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Each value on top of those of the lines before. */
export function stacked(lines: readonly Values[]): readonly Values[] {
  const sums: Values[] = [];
  for (const values of lines) {
    const below = sums.at(-1);
    sums.push(values.map((value, index) => (value === null ? null : value + (below?.[index] ?? 0))));
  }
  return sums;
}

/** A round number that is not below the value: 1, 2, 5, 10, 20, … */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

export function sayOr(value: number | null | undefined, say: (value: number) => string): string {
  return value === null || value === undefined ? '–' : say(value);
}
