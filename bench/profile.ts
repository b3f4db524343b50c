import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Window } from './measure.ts';
import type { CaseResult } from './report.ts';

/** The parts of V8's .cpuprofile that are read here. Times are microseconds on the clock of process.hrtime. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

const shownFunctions = 20;

/** Prints where the time of one request goes, over all profiles in a directory and while the measured load ran only. */
export async function printProfile(dir: string, cases: readonly CaseResult[]): Promise<void> {
  const samples = cases.flatMap(({ rows }) => rows.flatMap((row) => ('samples' in row ? row.samples : [])));
  const requests = samples.reduce((sum, sample) => sum + sample.requests, 0);
  const windows = samples.map(({ window }) => window);
  const total = new Map<string, number>();
  for (const file of (await readdir(dir)).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(await readFile(join(dir, file), 'utf8')) as CpuProfile;
    for (const [name, micros] of selfTimes(profile, windows))
      total.set(name, (total.get(name) ?? 0) + micros);
  }
  if (requests === 0 || total.size === 0)
    throw new Error(`nothing was measured, or no profile was written to ${dir}`);
  console.log(
    `self time, µs per request, over ${requests} requests; all processes and threads, idle time left out`,
  );
  for (const line of topLines(total, requests)) console.log(line);
  console.log(`\nprofiles: ${dir}`);
}

/** Self time in microseconds by function, from the samples inside the windows; waiting for events is left out. */
export function selfTimes(profile: CpuProfile, windows: readonly Window[]): ReadonlyMap<string, number> {
  const names = new Map(profile.nodes.map((node) => [node.id, nameOf(node)]));
  const times = new Map<string, number>();
  let atMicros = profile.startTime;
  profile.samples.forEach((id, index) => {
    atMicros += profile.timeDeltas[index]!;
    // A sample stands for the time until the next one; the last one stands for nothing.
    const micros = Math.max(0, profile.timeDeltas[index + 1] ?? 0);
    const name = names.get(id)!;
    const isInside = windows.some(
      ({ startMicros, endMicros }) => atMicros >= startMicros && atMicros <= endMicros,
    );
    if (isInside && name !== '(idle)') times.set(name, (times.get(name) ?? 0) + micros);
  });
  return times;
}

/** The functions with the most self time as lines of microseconds per request, largest first, and the sum of all. */
export function topLines(times: ReadonlyMap<string, number>, requests: number): readonly string[] {
  const line = (micros: number, name: string) => `${(micros / requests).toFixed(2).padStart(8)}  ${name}`;
  const sum = [...times.values()].reduce((a, b) => a + b, 0);
  const top = [...times].toSorted((a, b) => b[1] - a[1]).slice(0, shownFunctions);
  return [...top.map(([name, micros]) => line(micros, name)), line(sum, 'all functions')];
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  // Lines count from 0 in the file and from 1 for people; V8's own entries, (program) for one, have no place.
  return url === '' ? name : `${name} ${url.startsWith('node:') ? url : basename(url)}:${lineNumber + 1}`;
}
