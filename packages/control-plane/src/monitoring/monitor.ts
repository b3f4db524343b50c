import type { Log } from '@elbow/plan';
import type { MinuteFile } from './minute-file.ts';
import { addPoint, emptyPoint, type Point, samplesOf } from './point.ts';
import { everything, type ObjectKey, type Sampler } from './sampler.ts';
import type { Span } from './series-names.ts';

export const slotMs = 10_000;
const minuteMs = 60_000;
/** An hour, and a minute for requests of the last hour: their range begins at a slot, and they take time to arrive. */
const keptSlots = 366;
/** About 800 bytes each; beyond that the oldest slots go. */
const mostPoints = 50_000;

export interface MonitorOptions {
  readonly sampler: Sampler;
  readonly minutes: MinuteFile;
  readonly nowMs: () => number;
  readonly log: Log;
}

export interface SeriesQuery {
  readonly keys: readonly ObjectKey[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

type Points = Map<ObjectKey, Point>;

/** Looks every ten seconds; keeps an hour of slots in memory, and a week of minutes in a file. */
export class Monitor {
  readonly #options: MonitorOptions;
  /** By slot number, oldest first. */
  readonly #slots = new Map<number, Points>();
  #minute: { readonly number: number; readonly points: Points } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #sampling: Promise<void> | null = null;
  #points = 0;
  #isClosed = false;

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), slotMs).unref();
  }

  /** Takes a sample now; one look at a time. Never rejects. */
  look(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#sampling ??= this.#lookOnce().finally(() => (this.#sampling = null));
    return this.#sampling;
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#sampling;
    if (this.#minute !== null) this.#write(this.#minute.number, this.#minute.points);
    this.#options.minutes.close();
  }

  /**
   * One entry per step from `fromMs` on; null where nothing looked.
   * @param query with a step that is a multiple of a slot, or of a minute beyond the last hour
   */
  read({ keys, fromMs, toMs, stepMs }: SeriesQuery): readonly (Span | null)[] {
    const source = stepMs % minuteMs === 0 ? this.#minutes(fromMs, toMs) : this.#recent();
    const steps = Math.ceil((toMs - fromMs) / stepMs);
    const stepOf = (atMs: number): number => Math.floor((atMs - fromMs) / stepMs);
    const samples = new Float64Array(steps);
    const sums = Array.from({ length: steps }, emptyPoint);
    for (const { atMs, point } of source(everything)) {
      const step = stepOf(atMs);
      if (step >= 0 && step < steps) samples[step]! += samplesOf(point);
    }
    for (const key of keys) {
      for (const { atMs, point } of source(key)) {
        const sum = sums[stepOf(atMs)];
        if (sum !== undefined) addPoint(sum, point);
      }
    }
    return sums.map((point, step) => (samples[step] === 0 ? null : { point, samples: samples[step]! }));
  }

  /** The finest step for which there is something as old as `fromMs`. */
  hasSlotsSince(fromMs: number): boolean {
    return Math.floor(fromMs / slotMs) > Math.floor(this.#options.nowMs() / slotMs) - keptSlots;
  }

  #recent() {
    const slots = [...this.#slots];
    return (key: ObjectKey) =>
      slots.flatMap(([slot, points]) => {
        const point = points.get(key);
        return point === undefined ? [] : [{ atMs: slot * slotMs, point }];
      });
  }

  #minutes(fromMs: number, toMs: number) {
    const [from, to] = [Math.floor(fromMs / minuteMs), Math.floor(toMs / minuteMs)];
    return (key: ObjectKey) => {
      const written = this.#options.minutes.read(key, from, to);
      const point = this.#minute?.points.get(key);
      const rows = written.map((row) => ({ atMs: row.minute * minuteMs, point: row.point }));
      return point === undefined ? rows : [...rows, { atMs: this.#minute!.number * minuteMs, point }];
    };
  }

  async #lookOnce(): Promise<void> {
    const { sampler, nowMs, log } = this.#options;
    try {
      const points = await sampler.sample();
      this.#keep(points, nowMs());
    } catch (error) {
      log('warn', 'the monitoring has missed a sample', { reason: (error as Error).message });
    }
  }

  #keep(points: ReadonlyMap<ObjectKey, Point>, nowMs: number): void {
    const slot = Math.floor(nowMs / slotMs);
    const known = this.#slots.get(slot) ?? new Map();
    this.#slots.set(slot, known);
    this.#points += merge(known, points);
    for (const [old, dropped] of this.#slots) {
      if (old > slot - keptSlots && this.#points <= mostPoints) break;
      this.#slots.delete(old);
      this.#points -= dropped.size;
    }
    const number = Math.floor(nowMs / minuteMs);
    if (this.#minute !== null && this.#minute.number !== number) {
      this.#write(this.#minute.number, this.#minute.points);
      this.#minute = null;
    }
    this.#minute ??= { number, points: new Map() };
    merge(this.#minute.points, points);
  }

  #write(minute: number, points: Points): void {
    this.#options.minutes.write(minute, points);
  }
}

/** @returns how many objects are new */
function merge(into: Points, points: ReadonlyMap<ObjectKey, Point>): number {
  const before = into.size;
  for (const [key, point] of points) {
    const sum = into.get(key) ?? emptyPoint();
    addPoint(sum, point);
    into.set(key, sum);
  }
  return into.size - before;
}
