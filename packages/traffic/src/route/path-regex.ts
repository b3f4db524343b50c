import { RE2JS } from 're2js';

/** A regular expression over a whole path, in time that grows with the path and not with the expression's shape. */
export interface PathRegex {
  test(path: string): boolean;
  /** Text of the groups, the whole path first; null when it does not match. */
  groups(path: string): readonly string[] | null;
  /** What every path that matches begins with. */
  readonly literalStart: string;
}

/** @throws Error with the reason, for a text that is no RE2 expression */
export function pathRegex(source: string): PathRegex {
  const test = startTest(source);
  let compiled = test === null ? compile(source) : null;
  return {
    test: test ?? ((path) => compiled!.testExact(path)),
    groups: (path) => {
      compiled ??= compile(source);
      const groupCount = compiled.groupCount();
      const matcher = compiled.matcher(path);
      if (!matcher.matches()) return null;
      return Array.from({ length: groupCount + 1 }, (_, group) => matcher.group(group) ?? '');
    },
    literalStart: literalStart(source),
  };
}

function compile(source: string): RE2JS {
  return RE2JS.compile(`(?:${source})`, RE2JS.DOTALL);
}

/**
 * Why a text cannot be a path expression; null when it can. Look-around and back-references are not in the language:
 * they are what makes other engines take exponential time.
 */
export function pathRegexProblem(source: string): string | null {
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What most people write, a path and all that begins with it, needs no engine; nor does the memory for it. */
function startTest(source: string): PathRegex['test'] | null {
  const start = literalStart(source);
  const rest = source.slice(source.startsWith('^') ? start.length + 1 : start.length);
  if (rest === '.*' || rest === '(.*)') return (path) => path.startsWith(start);
  if (rest !== '[^\\s]*') return null;
  return (path) => path.startsWith(start) && !/[\t\n\f\r ]/.test(path.slice(start.length));
}

/** Letters that stand for themselves up to the first sign; the last of them may be the operand of a sign. */
function literalStart(source: string): string {
  if (source.includes('|')) return '';
  const text = source.startsWith('^') ? source.slice(1) : source;
  const literal = /^[\w/~';@%#&,=:!<> -]*/.exec(text)?.[0] ?? '';
  return '?*+{'.includes(text[literal.length] ?? ' ') ? literal.slice(0, -1) : literal;
}
