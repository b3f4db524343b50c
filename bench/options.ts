import { parseArgs } from 'node:util';
import { cases } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { engineNames, extraEngineNames } from './engines/engine.ts';
import type { EngineName } from './engines/engine.ts';

export interface Options {
  readonly cases: readonly BenchCase[];
  readonly engines: readonly EngineName[];
  readonly rounds: number;
  /** Requests of one measured run in place of the number that the case names. */
  readonly requests: number | undefined;
  /** Factor on the number of requests that a case names. */
  readonly scale: number;
  readonly isProfiled: boolean;
  /** Tells the result files of a shortened run apart, so that they never replace those of a full one. */
  readonly label: '' | '-quick' | '-partial';
}

export const usage = `npm run bench -- [options]

  --case NAME[,NAME]     only these cases: ${cases.map(({ name }) => name).join(', ')}
  --engines NAME[,NAME]  only these engines, in this order: ${engineNames.join(', ')}; also ${extraEngineNames.join(', ')}
  --rounds N             measured rounds over all engines (default 5)
  --requests N           requests of one measured run (default: what the case names)
  --quick                two rounds with a fifth of the requests
  --cpu-prof             profile our own engine alone in one case, compare nothing (default ${cases[0]!.name})
  --help                 this text
`;

/** Reads the command line; undefined asks for the usage. Throws an Error with one clear sentence for a wrong one. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      case: { type: 'string' },
      engines: { type: 'string' },
      rounds: { type: 'string' },
      requests: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'cpu-prof': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const isProfiled = values['cpu-prof'];
  const chosen = chosenFrom(
    values.case ?? (isProfiled ? cases[0]!.name : undefined),
    cases.map(({ name }) => name),
    'case',
  );
  return {
    cases: cases.filter(({ name }) => chosen.includes(name)),
    engines: isProfiled ? ['elbow'] : chosenEngines(values.engines),
    rounds: count(values.rounds, '--rounds') ?? (values.quick ? 2 : 5),
    requests: count(values.requests, '--requests'),
    scale: values.quick ? 0.2 : 1,
    isProfiled,
    label: values.quick ? '-quick' : isPartial(values) ? '-partial' : '',
  };
}

function chosenEngines(list: string | undefined): readonly EngineName[] {
  if (list === undefined) return engineNames;
  return chosenFrom(list, [...engineNames, ...extraEngineNames], 'engine');
}

function isPartial({ case: names, engines, rounds, requests }: Readonly<Record<string, unknown>>): boolean {
  return [names, engines, rounds, requests].some((value) => value !== undefined);
}

/** Requests of one measured run of a case. */
export function requestsOf(benchCase: BenchCase, { requests, scale }: Options): number {
  return requests ?? Math.max(benchCase.connections, Math.round(benchCase.requests * scale));
}

function chosenFrom<Name extends string>(
  list: string | undefined,
  known: readonly Name[],
  kind: string,
): readonly Name[] {
  if (list === undefined) return known;
  return list.split(',').map((text) => {
    const name = known.find((candidate) => candidate === text.trim());
    if (name === undefined) throw new Error(`unknown ${kind} "${text}"; known: ${known.join(', ')}`);
    return name;
  });
}

function count(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new Error(`${flag} takes a whole number from 1 to 9999999, not "${text}"`);
  return Number(text);
}
