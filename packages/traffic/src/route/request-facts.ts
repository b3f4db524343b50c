import { forEachField } from '@elbow/wire';
import { decodePercent, matchTarget, type MatchTarget } from './match-target.ts';

/** What a request and its connection bring along. */
export interface RequestToDecide {
  readonly method: string;
  /** Origin-form or `*`. */
  readonly target: string;
  /** Host as the client wrote it, `''` when it named none. */
  readonly authority: string;
  /** The block of field lines. */
  readonly fields: string;
  /** The TCP peer. */
  readonly address: string;
}

/** A request as rules see it; what a rule asks for is worked out when the first one asks. */
export class RequestFacts {
  readonly method: string;
  readonly address: string;
  private readonly request: RequestToDecide;
  private readonly parts: MatchTarget | null;
  private hostName: string | null = null;
  private parameters: readonly Pair[] | null = null;
  private cookies: readonly Pair[] | null = null;

  constructor(request: RequestToDecide) {
    this.request = request;
    this.method = request.method;
    this.address = request.address;
    this.parts = matchTarget(request.target);
  }

  /** False when the target must be refused; its path is then empty. */
  get hasSafePath(): boolean {
    return this.parts !== null;
  }

  get path(): string {
    return this.parts?.path ?? '';
  }

  /** As it came. */
  get query(): string {
    return this.parts?.query ?? '';
  }

  /** Lower case, without port and without a last dot. */
  get host(): string {
    this.hostName ??= hostOf(this.request.authority);
    return this.hostName;
  }

  /** True when `test` holds for a line of this field; `Host` is one like any other. */
  someField(lowerName: string, test: (value: string) => boolean): boolean {
    if (lowerName === 'host') return test(this.request.authority);
    return someLine(this.request.fields, lowerName, test);
  }

  /** Names and values decoded, `+` kept. */
  someParameter(name: string, test: (value: string) => boolean): boolean {
    this.parameters ??= parametersOf(this.query);
    return this.parameters.some((pair) => pair.name === name && test(pair.value));
  }

  someCookie(name: string, test: (value: string) => boolean): boolean {
    this.cookies ??= cookiesOf(this.request.fields);
    return this.cookies.some((pair) => pair.name === name && test(pair.value));
  }
}

/** Slices what has the right length only: most lines are another field's. */
function someLine(fields: string, lowerName: string, test: (value: string) => boolean): boolean {
  for (let at = 0; at < fields.length; ) {
    const colon = fields.indexOf(':', at);
    const lineEnd = colon < 0 ? -1 : fields.indexOf('\r', colon);
    if (lineEnd < 0) return false;
    const isNamed = colon - at === lowerName.length && fields.slice(at, colon).toLowerCase() === lowerName;
    if (isNamed && test(trimBlanks(fields, colon + 1, lineEnd))) return true;
    at = lineEnd + 2;
  }
  return false;
}

/** Blanks are spaces and tabs (RFC 9110 §5.6.3) and nothing else. */
function trimBlanks(text: string, start: number, end: number): string {
  let [first, last] = [start, end];
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return text.slice(first, last);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

function hostOf(authority: string): string {
  const colon = authority.endsWith(']') ? -1 : authority.lastIndexOf(':');
  const host = (colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

/** `?a` is the same as `?a=`. */
function parametersOf(query: string): readonly Pair[] {
  if (query === '') return [];
  return query.split('&').map((part) => {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    return { name: decodePercent(name), value: equals < 0 ? '' : decodePercent(part.slice(equals + 1)) };
  });
}

function cookiesOf(fields: string): readonly Pair[] {
  const pairs: Pair[] = [];
  forEachField(fields, (name, value) => {
    if (name.length !== 6 || name.toLowerCase() !== 'cookie') return;
    for (const part of value.split(';')) {
      const equals = part.indexOf('=');
      if (equals > 0)
        pairs.push({ name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() });
    }
  });
  return pairs;
}
