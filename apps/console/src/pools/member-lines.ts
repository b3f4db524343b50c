import type { MemberCreateBody } from '@elbow/api';
import { canonicalAddress, hostName } from '@elbow/model';
import { placeOf } from './member-state.ts';
import type { PoolMessages } from './messages.ts';

export type LineProblem = 'form' | 'address' | 'port' | 'weight' | 'twice' | 'known';

export interface ReadMembers {
  readonly members: readonly (MemberCreateBody & { readonly weight: number })[];
  readonly problems: readonly {
    readonly line: number;
    readonly problem: LineProblem;
    readonly text: string;
  }[];
}

export const mostMembers = 500;

/** Address and port, then weight and name: `10.0.0.5:8080 5 web-2`, `[2001:db8::7]:80`, `app.internal 8080`. */
const pattern = /^(?:\[([^\]]+)\]|([^\s:,]+))(?::|[\s,]+)(\d+)(?:[\s,]+(\S+))?(?:[\s,]+(.+))?$/;

/**
 * One server per line. Empty lines and lines that begin with # say nothing.
 * @param known places that are in the group already
 */
export function readMembers(text: string, known: ReadonlySet<string>): ReadMembers {
  const members: (MemberCreateBody & { weight: number })[] = [];
  const problems: { line: number; problem: LineProblem; text: string }[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const member = readLine(trimmed);
    const place = member === null ? '' : placeOf(member);
    const problem = member === null ? 'form' : problemOf(member, { place, seen, known });
    seen.add(place);
    if (member !== null && problem === null) members.push(member);
    else
      problems.push({
        line: index + 1,
        problem: problem ?? 'form',
        text: problem === 'address' ? (member?.address ?? '') : place,
      });
  }
  return { members, problems };
}

function readLine(line: string) {
  const match = pattern.exec(line);
  if (match === null) return null;
  const [, bracketed, plain = '', port, weight, name = ''] = match;
  const address = bracketed ?? plain;
  return {
    address: canonicalAddress(address) ?? address.toLowerCase(),
    protocol_port: Number(port),
    weight: weight === undefined ? 1 : Number(weight),
    name: name.trim(),
  };
}

interface Places {
  readonly place: string;
  readonly seen: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

function problemOf(
  { address, protocol_port: port, weight }: MemberCreateBody & { readonly weight: number },
  { place, seen, known }: Places,
): LineProblem | null {
  if (canonicalAddress(address) === null && hostName(address) === null) return 'address';
  if (port < 1 || port > 65_535) return 'port';
  if (!Number.isInteger(weight) || weight < 0 || weight > 100) return 'weight';
  if (seen.has(place)) return 'twice';
  return known.has(place) ? 'known' : null;
}

const mostShown = 6;

/** What keeps the lines from being added, in sentences. */
export function problemTexts(
  read: ReadMembers,
  knownCount: number,
  { add: t }: PoolMessages,
): readonly string[] {
  const lines = read.problems
    .slice(0, mostShown)
    .map(({ line, problem, text }) => t.problems[problem](line, text));
  const rest = read.problems.length - lines.length;
  const isFull = knownCount + read.members.length > mostMembers;
  return [...lines, ...(rest > 0 ? [t.moreProblems(rest)] : []), ...(isFull ? [t.tooMany] : [])];
}
