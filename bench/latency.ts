import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchCase } from './cases.ts';
import type { ChildProcesses } from './child-processes.ts';
import type { Engine, EngineName } from './engines/engine.ts';
import { parseH2loadOutput } from './h2load-output.ts';
import { quantileOf } from './statistics.ts';

/** Of what our engine can do at most: below saturation, where times say something about the engine and not about queues. */
const LOAD_SHARE = 0.6;
const runMs = 5000;

/** Milliseconds from sending a request to the end of its answer, as the client sees it. */
export interface Latency {
  readonly engine: EngineName;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly requestsPerSecond: number;
}

export interface LatencyPlan {
  readonly benchCase: BenchCase;
  readonly engines: readonly Engine[];
  /** Our requests per second when nothing holds the clients back. */
  readonly saturation: number;
  readonly rounds: number;
  readonly loadCpu: number | undefined;
  readonly dir: string;
  readonly children: ChildProcesses;
}

/** Gives every engine the same number of requests per second, in turn, and pools the times of all rounds. */
export async function measureLatency(plan: LatencyPlan): Promise<readonly Latency[]> {
  const times = new Map<Engine, number[]>(plan.engines.map((engine) => [engine, []]));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const [engine, own] of times) for (const micros of await timesOf(engine, plan)) own.push(micros);
  }
  const perSecond = ratePerClient(plan) * plan.benchCase.connections;
  return [...times].map(([engine, own]) => ({ ...summary(engine.name, own), requestsPerSecond: perSecond }));
}

function ratePerClient({ saturation, benchCase }: LatencyPlan): number {
  return Math.max(1, Math.floor((saturation * LOAD_SHARE) / benchCase.connections));
}

/** One run; gives the microseconds of each request. */
async function timesOf(engine: Engine, plan: LatencyPlan): Promise<readonly number[]> {
  const { benchCase, loadCpu, dir, children } = plan;
  const target = await engine.prepare(benchCase);
  if (target.status === 'skipped') return [];
  const rate = ratePerClient(plan);
  const log = join(dir, `latency-${engine.name}.tsv`);
  const requests = Math.round((rate * benchCase.connections * runMs) / 1000);
  const flags = ['--h1', '-t1', `-c${benchCase.connections}`, `-n${requests}`, `--rps=${rate}`];
  const url = `https://${target.host}:${target.port}${benchCase.path}`;
  const words = [...flags, `--log-file=${log}`, url];
  const output = await children.run('h2load', words, { cpu: loadCpu, timeoutMs: 60_000 });
  const { failed } = parseH2loadOutput(output);
  if (failed > 0) throw new Error(`${engine.name}: ${failed} requests failed`);
  return readTimes(await readFile(log, 'utf8'));
}

/** Reads the third column of h2load's log. The first requests of each client pay for its handshake: they do not count. */
export function readTimes(log: string): readonly number[] {
  const lines = log.split('\n').filter((line) => line !== '');
  return lines.slice(Math.floor(lines.length / 10)).map((line) => Number(line.split('\t')[2]));
}

function summary(engine: EngineName, micros: readonly number[]): Omit<Latency, 'requestsPerSecond'> {
  const at = (share: number): number => quantileOf(micros, share) / 1000;
  return { engine, p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}
