import {
  type ClientCounter,
  clientCounters,
  clientRowLength,
  latencyBuckets,
  type UpstreamCounter,
  upstreamCounters,
  upstreamRowLength,
} from '@elbow/plan';

/** Numbers that are not counted but looked at: how they are now, summed over samples, and the most of any sample. */
export const gauges = ['openConnections', 'healthyMembers', 'unhealthyMembers'] as const;
export type Gauge = (typeof gauges)[number];

const upstreamStart = clientRowLength;
const gaugeStart = upstreamStart + upstreamRowLength;
const mostStart = gaugeStart + gauges.length;
const samplesAt = mostStart + gauges.length;
const pointLength = samplesAt + 1;

/**
 * What happened to one object within one span of time: what was counted at clients and at members with the buckets of
 * their latencies, then the gauges. Points of neighbouring spans add up to that of the longer span.
 */
export type Point = Float64Array;

export function emptyPoint(): Point {
  return new Float64Array(pointLength);
}

export interface Counts {
  readonly client: readonly number[];
  readonly upstream: readonly number[];
}

/** What was counted since `before`; counters that have gone back began anew. */
export function addCounts(point: Point, now: Counts, before: Counts | null): void {
  addRow(point, 0, now.client, before?.client ?? null);
  addRow(point, upstreamStart, now.upstream, before?.upstream ?? null);
}

function addRow(point: Point, start: number, now: readonly number[], before: readonly number[] | null): void {
  for (let at = 0; at < now.length; at++) {
    const grown = now[at]! - (before?.[at] ?? 0);
    point[start + at]! += grown < 0 ? now[at]! : grown;
  }
}

export function addGauge(point: Point, gauge: Gauge, value: number): void {
  point[gaugeStart + gauges.indexOf(gauge)]! += value;
}

/** Closes a point of a single sample: the most of the gauges is what they are. */
export function closeSample(point: Point): Point {
  for (let at = 0; at < gauges.length; at++) point[mostStart + at] = point[gaugeStart + at]!;
  point[samplesAt] = 1;
  return point;
}

export function isIdle(point: Point): boolean {
  return point.every((value, at) => value === 0 || at === samplesAt);
}

export function addPoint(sum: Point, other: Point): void {
  for (let at = 0; at < pointLength; at++) {
    const isMost = at >= mostStart && at < samplesAt;
    sum[at] = isMost ? Math.max(sum[at]!, other[at]!) : sum[at]! + other[at]!;
  }
}

export const client = (point: Point, name: ClientCounter): number => point[clientCounters.indexOf(name)]!;

export const upstream = (point: Point, name: UpstreamCounter): number =>
  point[upstreamStart + upstreamCounters.indexOf(name)]!;

export const mostOf = (point: Point, gauge: Gauge): number => point[mostStart + gauges.indexOf(gauge)]!;

/** Averaged over the samples of a span, of which the point itself knows only those that it was part of. */
export function averageOf(point: Point, gauge: Gauge, samples: number): number {
  return samples === 0 ? 0 : point[gaugeStart + gauges.indexOf(gauge)]! / samples;
}

export const samplesOf = (point: Point): number => point[samplesAt]!;

export function bucketsOf(point: Point, side: 'client' | 'upstream'): Float64Array {
  const end = side === 'client' ? clientRowLength : gaugeStart;
  return point.subarray(end - latencyBuckets, end);
}

/** As text without its zeros: `at:value` pairs. Sums of milliseconds keep three decimals. */
export function encodePoint(point: Point): string {
  const pairs: string[] = [];
  for (let at = 0; at < pointLength; at++) {
    if (point[at] !== 0) pairs.push(`${at}:${Math.round(point[at]! * 1000) / 1000}`);
  }
  return pairs.join(',');
}

export function decodePoint(text: string): Point {
  const point = emptyPoint();
  if (text === '') return point;
  for (const pair of text.split(',')) {
    const colon = pair.indexOf(':');
    point[Number(pair.slice(0, colon))] = Number(pair.slice(colon + 1));
  }
  return point;
}
