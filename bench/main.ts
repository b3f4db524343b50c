import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBackend } from './backend.ts';
import { makeCertificates } from './certificates.ts';
import { ChildProcesses } from './child-processes.ts';
import { startEngine } from './engines/index.ts';
import type { Bench, Engine } from './engines/engine.ts';
import { measureLatency } from './latency.ts';
import type { Latency } from './latency.ts';
import { describeMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { measureCase } from './measure.ts';
import type { Plan, Row } from './measure.ts';
import { parseOptions, requestsOf, usage } from './options.ts';
import type { Options } from './options.ts';
import { printProfile } from './profile.ts';
import { installMissingPrograms } from './programs.ts';
import { caseTable, resultsPage } from './report.ts';
import type { CaseResult, Results } from './report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A load average from which other work shows in the figures. */
const busyLoad = 0.5;

/** Rounds of five seconds each: two tell as much as more. */
const mostLatencyRounds = 2;

const resultsDir = join(root, 'bench', 'results');

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: Options | undefined;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (options === undefined) {
    console.log(usage);
    return 0;
  }
  return runInOwnDirectory(options);
}

/** Whatever happens, Ctrl-C included, nothing that was started here outlives the run and its directory is removed. */
async function runInOwnDirectory(options: Options): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'elbow-bench-'));
  const children = new ChildProcesses(dir);
  const cleanUp = async () => {
    await children.stopAll();
    await rm(dir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  }
  try {
    await installMissingPrograms();
    return await compare(options, dir, children);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await cleanUp();
  }
}

async function compare(options: Options, dir: string, children: ChildProcesses): Promise<number> {
  const machine = await describeMachine(root);
  if (machine.loadBefore > busyLoad) {
    console.log(`The machine is busy (load ${machine.loadBefore}): figures will be high and far apart.\n`);
  }
  const isPinned = availableParallelism() > 1;
  const loadCpu = isPinned ? 1 : undefined;
  if (!isPinned) console.log('This machine has one CPU: engine, load and backend share it.');
  const profileDir = options.isProfiled
    ? join(resultsDir, 'profiles', new Date().toISOString().replaceAll(':', '-'))
    : undefined;
  const bench: Bench = {
    dir,
    children,
    backendPort: await startBackend(children, dir, loadCpu),
    certificates: await makeCertificates(dir),
    engineCpu: isPinned ? 0 : undefined,
    profileDir,
  };
  const engines: Engine[] = [];
  for (const name of options.engines) engines.push(await startEngine(name, bench));
  const cases = await measureAll(options, engines, {
    dir,
    children,
    loadCpu,
    clientPair: bench.certificates.mutual,
  });
  if (profileDir !== undefined) {
    await children.stopAll();
    await printProfile(profileDir, cases);
    return 0;
  }
  await writeResults(options, { machine, engines, cases });
  return cases.some(({ rows }) => rows.some(({ status }) => status === 'invalid')) ? 1 : 0;
}

async function measureAll(
  options: Options,
  engines: readonly Engine[],
  surroundings: Pick<Plan, 'dir' | 'children' | 'loadCpu' | 'clientPair'>,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const benchCase of options.cases) {
    const requests = requestsOf(benchCase, options);
    const rows = await measureCase({ benchCase, engines, rounds: options.rounds, requests, ...surroundings });
    const latency = await latencyOf({ benchCase, rows }, engines, {
      ...surroundings,
      rounds: options.rounds,
    });
    const result = { benchCase, requests, rows, latency };
    console.log(`${caseTable(result)}\n`);
    results.push(result);
    await printLogsOfInvalid(rows, engines);
  }
  return results;
}

async function latencyOf(
  { benchCase, rows }: Pick<CaseResult, 'benchCase' | 'rows'>,
  engines: readonly Engine[],
  { rounds, ...surroundings }: Pick<Plan, 'dir' | 'children' | 'loadCpu' | 'rounds'>,
): Promise<readonly Latency[]> {
  const ours = rows.find(({ engine }) => engine === 'elbow');
  const isComparable = engines.length > 1 && rows.every(({ status }) => status === 'valid');
  if (!benchCase.measuresLatency || !isComparable || ours?.status !== 'valid') return [];
  const saturation = ours.requestsPerSecond.median;
  const most = Math.min(rounds, mostLatencyRounds);
  return measureLatency({ benchCase, engines, saturation, rounds: most, ...surroundings });
}

/** The last words of an engine that failed; its log goes with the directory of the run. */
async function printLogsOfInvalid(rows: readonly Row[], engines: readonly Engine[]): Promise<void> {
  for (const { name, logPath } of engines) {
    if (!rows.some((row) => row.engine === name && row.status === 'invalid')) continue;
    console.log(`${name} said:\n${(await readFile(logPath, 'utf8')).slice(-2000)}\n`);
  }
}

interface Outcome {
  readonly machine: Machine;
  readonly engines: readonly Engine[];
  readonly cases: readonly CaseResult[];
}

async function writeResults(options: Options, { machine, engines, cases }: Outcome): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const results: Results = {
    date,
    machine,
    engineVersions: Object.fromEntries(engines.map(({ name, version }) => [name, version])),
    rounds: options.rounds,
    cases,
  };
  const path = join(resultsDir, `${date}-${machine.commit}${options.label}`);
  await mkdir(resultsDir, { recursive: true });
  await writeFile(`${path}.json`, `${JSON.stringify(results, undefined, 2)}\n`);
  await writeFile(`${path}.md`, resultsPage(results));
  console.log(`written: ${path}.json and .md`);
}
