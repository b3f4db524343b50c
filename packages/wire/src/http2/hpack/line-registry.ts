import { staticNameIndex, staticTable } from './static-table.ts';

/**
 * `index`: put into the dynamic table when it repeats. `plain`: values that hardly ever repeat and would only push
 * others out. `secret`: never indexed, neither here nor by anyone behind (RFC 7541 §7.1.3). `drop`: belongs to an
 * HTTP/1.1 connection, must not appear in HTTP/2 (RFC 9113 §8.2.2).
 */
export type IndexingRule = 'index' | 'plain' | 'secret' | 'drop';

export interface OutgoingName {
  readonly text: string;
  /** Index of the name in the static table, or 0. */
  readonly staticIndex: number;
  readonly rule: IndexingRule;
}

/** What is known about a line of text that was sent before, on whichever connection. */
export interface OutgoingLine {
  /** As it was given, and with CRLF. */
  readonly text: string;
  readonly ended: string;
  readonly name: OutgoingName;
  readonly value: string;
  /** Index of the whole line in the static table, or 0. */
  readonly staticIndex: number;
  /** Seen before, so it is worth a place in the dynamic table. */
  repeats: boolean;
}

const dropped = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);
const secret = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'authentication-info',
]);
const secretLike = /token|secret|password|passwd|api-?key|session|csrf|xsrf/;
const plain = new Set(
  (
    ':path age content-length content-range etag grpc-message grpc-timeout if-match if-modified-since if-none-match ' +
    'last-modified location range referer traceparent tracestate x-forwarded-for-port x-request-id ' +
    'x-correlation-id x-trace-id'
  ).split(' '),
);

/** A cache of two generations: when the young one is full it becomes the old one, and what is still used moves back. */
class TwoGenerations<Value> {
  readonly #limit: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const found = this.#young.get(key);
    if (found !== undefined) return found;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}

const LONGEST_CACHED_NAME = 64;
const LONGEST_CACHED_LINE = 512;
const names = new TwoGenerations<OutgoingName>(1024);
const lines = new TwoGenerations<OutgoingLine>(2048);

/**
 * Reads one line (`name: value`, no line end). Lines that may be indexed are remembered for the whole process, so
 * that a second connection knows at once which ones repeat; secrets and values that do not repeat are not.
 */
export function outgoingLine(text: string): OutgoingLine {
  const known = lines.get(text);
  if (known !== undefined) {
    known.repeats = true;
    return known;
  }
  const name = outgoingName(text.slice(0, text.indexOf(':', 1)));
  if (name.rule !== 'index' || text.length > LONGEST_CACHED_LINE) return newLine(name, text, '');
  // What is kept must not hold on to the block that it was cut from.
  const ended = Buffer.from(`${text}\r\n`, 'latin1').toString('latin1');
  const line = newLine(name, ended.slice(0, -2), ended);
  lines.set(line.text, line);
  return line;
}

function newLine(name: OutgoingName, text: string, ended: string): OutgoingLine {
  const value = trimmed(text, text.indexOf(':', 1) + 1);
  let staticIndex = 0;
  for (let i = name.staticIndex; i > 0 && staticTable[i - 1]?.name === name.text; i++) {
    if (staticTable[i - 1]!.value === value && value !== '') staticIndex = i;
  }
  return { text, ended, name, value, staticIndex, repeats: false };
}

function outgoingName(written: string): OutgoingName {
  const known = names.get(written);
  if (known !== undefined) return known;
  const text = Buffer.from(written, 'latin1').toString('latin1').toLowerCase();
  const name = { text, staticIndex: staticNameIndex.get(text) ?? 0, rule: ruleOf(text) };
  if (written.length <= LONGEST_CACHED_NAME)
    names.set(text === written ? text : Buffer.from(written, 'latin1').toString('latin1'), name);
  return name;
}

function ruleOf(name: string): IndexingRule {
  if (dropped.has(name)) return 'drop';
  if (secret.has(name) || secretLike.test(name)) return 'secret';
  return plain.has(name) ? 'plain' : 'index';
}

/** Without the blanks around it; not `trim()`, which takes more than SP and HTAB. */
function trimmed(text: string, start: number): string {
  let from = start;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
