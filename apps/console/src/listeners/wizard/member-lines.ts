import { isTaken } from '../form/server-judge.ts';
import type { WizardMessages } from '../texts/messages.ts';
import type { MemberRow } from './wizard-draft.ts';

export const mostMembers = 500;

export type MemberProblem = 'badAddress' | 'badPort' | 'badWeight' | 'badName' | 'twice';
export type MemberTexts = WizardMessages['members'];

/** What is wrong with each row, by its key; rows without a problem are not there. */
export function memberProblems(rows: readonly MemberRow[]): ReadonlyMap<number, MemberProblem> {
  const places = new Set<string>();
  const problems = new Map<number, MemberProblem>();
  for (const row of rows) {
    const place = `${row.address.toLowerCase()} ${row.protocol_port}`;
    const problem = rowProblem(row) ?? (places.has(place) ? 'twice' : null);
    places.add(place);
    if (problem !== null) problems.set(row.key, problem);
  }
  return problems;
}

function rowProblem({ address, protocol_port: port, weight, name }: MemberRow): MemberProblem | null {
  if (!isTaken('member', ['address'], address)) return 'badAddress';
  if (!isTaken('member', ['protocol_port'], port)) return 'badPort';
  if (!isTaken('member', ['weight'], weight)) return 'badWeight';
  return isTaken('member', ['name'], name) ? null : 'badName';
}

export interface ReadLines {
  readonly rows: readonly MemberRow[];
  readonly problems: readonly { readonly line: number; readonly problem: MemberProblem }[];
}

/** `10.0.0.5:8080`, `[::1]:80 5`, `10.0.0.5 8080 5 web-2`: address and port, then weight and name if they are said. */
const pattern =
  /^(?:\[([^\]]+)\]|([^\s:]+|[^\s]*:[^\s]*:[^\s]*))[:\s,]+(\d+)(?:[\s,]+(\d+))?(?:[\s,]+(.+))?$/;

/** @param usual port for lines that name none */
export function readLines(text: string, nextKey: number): ReadLines {
  const rows: MemberRow[] = [];
  const problems: { line: number; problem: MemberProblem }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const row = readLine(trimmed, nextKey + rows.length);
    const problem = row === null ? 'badPort' : rowProblem(row);
    if (row === null || problem !== null) problems.push({ line: at + 1, problem: problem ?? 'badAddress' });
    else rows.push(row);
  }
  return { rows, problems };
}

function readLine(line: string, key: number): MemberRow | null {
  const match = pattern.exec(line);
  if (match === null) return null;
  const [, bracketed, plain, port, weight, name = ''] = match;
  return {
    key,
    address: bracketed ?? plain ?? '',
    protocol_port: Number(port),
    weight: weight === undefined ? 1 : Number(weight),
    name: name.trim(),
  };
}
