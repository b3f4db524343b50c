import type { BenchCase } from './cases.ts';
import type { CertificateFiles } from './certificates.ts';
import type { ChildProcesses } from './child-processes.ts';
import { cpuBetween, cpuSnapshot, residentKib } from './cpu-time.ts';
import type { Engine, EngineName } from './engines/engine.ts';
import { fault, runLoad } from './load.ts';
import { spreadOf } from './statistics.ts';
import type { Spread } from './statistics.ts';

/** One measured run. */
export interface Sample {
  readonly cpuMicrosPerRequest: number;
  /** The same for the process that carries the traffic alone, where an engine has others beside it. */
  readonly dataPlaneMicrosPerRequest: number | undefined;
  readonly requestsPerSecond: number;
  readonly residentMib: number;
  readonly cipher: string | undefined;
  readonly fault: string | undefined;
  /** When the load ran, on the clock of process.hrtime (CLOCK_MONOTONIC). */
  readonly window: Window;
  readonly requests: number;
}

export interface Window {
  readonly startMicros: number;
  readonly endMicros: number;
}

/** What one engine did in one case over all rounds. */
export type Row =
  | { readonly engine: EngineName; readonly status: 'skipped'; readonly reason: string }
  | {
      readonly engine: EngineName;
      readonly status: 'invalid';
      readonly reason: string;
      readonly samples: readonly Sample[];
    }
  | {
      readonly engine: EngineName;
      readonly status: 'valid';
      readonly cpuMicrosPerRequest: Spread;
      readonly dataPlaneMicrosPerRequest: Spread | undefined;
      readonly requestsPerSecond: Spread;
      readonly residentMib: Spread;
      readonly samples: readonly Sample[];
    };

export interface Plan {
  readonly benchCase: BenchCase;
  readonly engines: readonly Engine[];
  readonly rounds: number;
  readonly requests: number;
  readonly loadCpu: number | undefined;
  readonly dir: string;
  readonly children: ChildProcesses;
  readonly clientPair: CertificateFiles;
}

/**
 * Warms every engine up, then measures them in turn, round after round, so that a slow minute of the machine hits all.
 * When one of them cannot do the work, none does it: the rows say who and why.
 */
export async function measureCase(plan: Plan): Promise<readonly Row[]> {
  const { benchCase, engines, rounds, requests, loadCpu: cpu, dir, children, clientPair } = plan;
  const targets = new Map<Engine, { readonly host: string; readonly port: number }>();
  const skipped: Row[] = [];
  for (const engine of engines.filter(({ name }) => benchCase.engines.includes(name))) {
    const target = await engine.prepare(benchCase);
    if (target.status === 'skipped') skipped.push({ engine: engine.name, ...target });
    else targets.set(engine, target);
  }
  // Figures of the others alone compare nothing, and cost a minute.
  if (skipped.length > 0) return skipped;
  const samples = new Map<Engine, Sample[]>();
  for (const [engine, target] of targets) {
    for (let run = 0; run < benchCase.warmUpRuns; run += 1)
      await runLoad({
        benchCase,
        target,
        requests: benchCase.warmUpRequests,
        cpu,
        dir,
        children,
        clientPair,
      });
    samples.set(engine, []);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [engine, target] of targets) {
      const sample = await measureOnce(engine, benchCase, () =>
        runLoad({ benchCase, target, requests, cpu, dir, children, clientPair }),
      );
      samples.get(engine)!.push(sample);
    }
  }
  return [...samples].map(([engine, own]) => summarise(engine.name, own));
}

async function measureOnce(
  engine: Engine,
  benchCase: BenchCase,
  load: () => ReturnType<typeof runLoad>,
): Promise<Sample> {
  const before = cpuSnapshot(engine.rootPid);
  const startMicros = monotonicMicros();
  const outcome = await load();
  const endMicros = monotonicMicros();
  const use = cpuBetween(before, cpuSnapshot(engine.rootPid));
  const perRequest = (ns: number) => ns / 1000 / Math.max(1, outcome.succeeded);
  const dataPlaneNs =
    engine.dataPlanePid === undefined ? undefined : (use.byPid.get(engine.dataPlanePid) ?? 0);
  return {
    cpuMicrosPerRequest: perRequest(use.totalNs),
    dataPlaneMicrosPerRequest: dataPlaneNs === undefined ? undefined : perRequest(dataPlaneNs),
    requestsPerSecond: outcome.requestsPerSecond,
    residentMib: residentKib(engine.rootPid) / 1024,
    cipher: outcome.cipher,
    fault:
      fault(outcome, benchCase) ??
      (use.endedThreads > 0 ? `${use.endedThreads} of its threads ended` : undefined),
    window: { startMicros, endMicros },
    requests: outcome.succeeded,
  };
}

/** Medians over the samples of one engine; one faulty run makes the whole row invalid. */
export function summarise(engine: EngineName, samples: readonly Sample[]): Row {
  const faulty = samples.find((sample) => sample.fault !== undefined);
  if (faulty?.fault !== undefined) return { engine, status: 'invalid', reason: faulty.fault, samples };
  const dataPlane = samples
    .map((sample) => sample.dataPlaneMicrosPerRequest)
    .filter((value) => value !== undefined);
  return {
    engine,
    status: 'valid',
    cpuMicrosPerRequest: spreadOf(samples.map((sample) => sample.cpuMicrosPerRequest)),
    dataPlaneMicrosPerRequest: dataPlane.length === 0 ? undefined : spreadOf(dataPlane),
    requestsPerSecond: spreadOf(samples.map((sample) => sample.requestsPerSecond)),
    residentMib: spreadOf(samples.map((sample) => sample.residentMib)),
    samples,
  };
}

function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
