import { canonicalRange } from '@elbow/model';
import type { IpGroupMessages } from './messages.ts';

export interface Entry {
  readonly ip: string;
  readonly description: string;
}

export type LineProblem = {
  readonly kind: 'noAddress' | 'backwards' | 'remark';
  readonly line: number;
  readonly text: string;
};

export interface ReadText {
  readonly entries: readonly Entry[];
  readonly problems: readonly LineProblem[];
  /** Lines that stand for addresses named before; the first of them stays. */
  readonly mergedCount: number;
}

const mostRemark = 255;

/** One entry per line, `address | remark`. Empty lines and lines that begin with # say nothing. */
export function readEntries(text: string): ReadText {
  const entries = new Map<string, Entry>();
  const problems: LineProblem[] = [];
  let mergedCount = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const read = readLine(line, index + 1);
    if ('kind' in read) problems.push(read);
    else if (entries.has(read.key)) mergedCount += 1;
    else entries.set(read.key, read.entry);
  }
  return { entries: [...entries.values()], problems, mergedCount };
}

function readLine(
  line: string,
  number: number,
): LineProblem | { readonly key: string; readonly entry: Entry } {
  const bar = line.indexOf('|');
  const ip = (bar < 0 ? line : line.slice(0, bar)).trim().replaceAll(/\s*-\s*/g, '-');
  const description = bar < 0 ? '' : line.slice(bar + 1).trim();
  const key = canonicalRange(ip);
  if (key === null) return { kind: isBackwards(ip) ? 'backwards' : 'noAddress', line: number, text: ip };
  if (description.length > mostRemark || /[<>\p{Cc}]/u.test(description))
    return { kind: 'remark', line: number, text: description };
  return { key, entry: { ip, description } };
}

/** Both ends are addresses, but in the wrong order. */
function isBackwards(text: string): boolean {
  const [from, to, ...rest] = text.split('-');
  return (
    from !== undefined && to !== undefined && rest.length === 0 && canonicalRange(`${to}-${from}`) !== null
  );
}

/** The same, to be edited as text. */
export function writeEntries(entries: readonly Entry[]): string {
  return entries
    .map(({ ip, description }) => (description === '' ? ip : `${ip} | ${description}`))
    .join('\n');
}

const mostShown = 6;

/** What keeps a text from being saved, in sentences. */
export function problemTexts(read: ReadText, most: number, { text: t }: IpGroupMessages): readonly string[] {
  const lines = read.problems.slice(0, mostShown).map(({ kind, line, text }) => {
    if (kind === 'noAddress') return t.noAddress(line, text);
    return kind === 'backwards' ? t.backwards(line) : t.remark(line);
  });
  const rest = read.problems.length - lines.length;
  const count = read.entries.length;
  return [
    ...lines,
    ...(rest > 0 ? [t.moreProblems(rest)] : []),
    ...(most >= 0 && count > most ? [t.tooMany(count, most)] : []),
  ];
}
