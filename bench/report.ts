import type { BenchCase } from './cases.ts';
import type { EngineName } from './engines/engine.ts';
import type { Latency } from './latency.ts';
import type { Machine } from './machine.ts';
import type { Row } from './measure.ts';
import { ratio } from './statistics.ts';
import type { Spread } from './statistics.ts';

export interface CaseResult {
  readonly benchCase: BenchCase;
  readonly requests: number;
  readonly rows: readonly Row[];
  /** Times at a part of our saturation, where they were measured. */
  readonly latency?: readonly Latency[];
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly engineVersions: Readonly<Partial<Record<EngineName, string>>>;
  readonly rounds: number;
  readonly cases: readonly CaseResult[];
}

/** Our median CPU time per request over that of another engine; undefined unless both rows are valid. */
export function oursOver(rows: readonly Row[], engine: EngineName): number | undefined {
  return ratio(medianCpu(rows, 'elbow'), medianCpu(rows, engine));
}

function medianCpu(rows: readonly Row[], engine: EngineName): number | undefined {
  const row = rows.find((candidate) => candidate.engine === engine);
  return row?.status === 'valid' ? row.cpuMicrosPerRequest.median : undefined;
}

/** One case as a Markdown table: it reads well in a terminal too. */
export function caseTable({ benchCase, requests, rows, latency = [] }: CaseResult): string {
  const header = ['engine', 'CPU µs / request', 'min–max', 'requests / s', 'RSS MiB', 'ours / it'];
  const lines = rows.map((row) => rowCells(row, rows));
  const notes = rows.map(noteOn).filter((text) => text !== undefined);
  return [
    `### ${benchCase.name}: ${benchCase.title}`,
    '',
    `${requests} requests a run after a warm-up of ${benchCase.warmUpRequests}`,
    '',
    ...alignedTable([header, ...lines]),
    ...[...notes, ...targetLines(benchCase, rows)].flatMap((line) => ['', line]),
    ...latencyLines(latency),
  ].join('\n');
}

function rowCells(row: Row, rows: readonly Row[]): readonly string[] {
  if (row.status !== 'valid') return [row.engine, row.status, '', '', '', ''];
  const over = row.engine === 'elbow' ? undefined : oursOver(rows, row.engine);
  return [
    row.engine,
    figure(row.cpuMicrosPerRequest.median),
    range(row.cpuMicrosPerRequest),
    row.requestsPerSecond.median.toFixed(0),
    row.residentMib.median.toFixed(0),
    over === undefined ? '' : over.toFixed(2),
  ];
}

function noteOn(row: Row): string | undefined {
  if (row.status !== 'valid') return `${row.engine} ${row.status}: ${row.reason}`;
  if (row.dataPlaneMicrosPerRequest === undefined) return undefined;
  const { median } = row.dataPlaneMicrosPerRequest;
  return `${row.engine}: ${figure(median)} µs of it in the process that carries the traffic`;
}

function targetLines({ targets }: BenchCase, rows: readonly Row[]): readonly string[] {
  return Object.entries(targets).flatMap(([engine, target]) => {
    const over = oursOver(rows, engine as EngineName);
    if (over === undefined) return [];
    return [`target ≤ ${target} × ${engine}: ${over <= target ? 'met' : 'MISSED'} (${over.toFixed(2)})`];
  });
}

/** Most that our p99.9 may be, as a multiple of nginx's. */
const TAIL_TARGET = 2.5;

function latencyLines(latency: readonly Latency[]): readonly string[] {
  if (latency.length === 0) return [];
  const header = ['engine', 'p50 ms', 'p99 ms', 'p99.9 ms'];
  const cells = latency.map(({ engine, ...at }) => [
    engine,
    ...[at.p50, at.p99, at.p999].map((ms) => ms.toFixed(2)),
  ]);
  const tail = (name: EngineName): number | undefined => latency.find(({ engine }) => engine === name)?.p999;
  const over = ratio(tail('elbow'), tail('nginx'));
  const verdict =
    over === undefined
      ? []
      : [
          '',
          `target p99.9 ≤ ${TAIL_TARGET} × nginx: ${over <= TAIL_TARGET ? 'met' : 'MISSED'} (${over.toFixed(2)})`,
        ];
  const rate = `At ${latency[0]!.requestsPerSecond} requests a second, 60 % of what ours can do:`;
  return ['', rate, '', ...alignedTable([header, ...cells]), ...verdict];
}

function figure(micros: number): string {
  return micros < 100 ? micros.toFixed(1) : micros.toFixed(0);
}

function range({ min, max }: Spread): string {
  return `${figure(min)}–${figure(max)}`;
}

function alignedTable(lines: readonly (readonly string[])[]): readonly string[] {
  const widths = lines[0]!.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
  const print = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, column, widths)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [print(lines[0]!), rule, ...lines.slice(1).map(print)];
}

function pad(cell: string, column: number, widths: readonly number[]): string {
  return column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
}

/** The whole run as a Markdown page. */
export function resultsPage({ date, machine, engineVersions, rounds, cases }: Results): string {
  const versions = Object.entries(engineVersions).map(([name, version]) => `${name} ${version}`);
  return `# Benchmark of ${date}, commit ${machine.commit}

CPU microseconds per request: user and system time of every thread and process of an engine, divided by completed requests.
Medians of ${rounds} alternated rounds; one worker per engine; TLS 1.3; engine on one CPU, load and backend on another.

- ${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.memoryGib} GiB; ${machine.distribution}, ${machine.kernel}; load average before the run ${machine.loadBefore}
- ${versions.join(', ')}; Node ${machine.node} with OpenSSL ${machine.openssl}; ${machine.h2load}

${cases.map(caseTable).join('\n\n')}
`;
}
