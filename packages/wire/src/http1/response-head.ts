import {
  defaultLimits,
  type Framing,
  type ResponseHead,
  type WireLimits,
  type WireProblem,
} from '../message.ts';
import { responseFields } from './field-table.ts';
import { type HeadFields, HeadFieldsReader, presentIn } from './head-fields.ts';
import { type HeadRules, HeadScanner } from './head-scanner.ts';
import { isPersistent, parseConnection, withoutNamed } from './hop-by-hop.ts';
import { isValueByte, listHas } from './octets.ts';
import { badGateway, isWireProblem } from './problem.ts';

/** `HTTP-version SP status-code SP [reason]` (RFC 9112 §4); the second space is missing from many real answers. */
const STATUS_LINE = /^HTTP\/1\.[01] [1-9][0-9][0-9](?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n|$)/;

const VERSION_AT = 7;
const STATUS_AT = 9;
const REASON_AT = 13;

/** How answers are scanned while they arrive in pieces. */
export const responseHeadRules: HeadRules = {
  status: 502,
  firstLine: {
    isText: (byte) => isValueByte[byte] === 1,
    problem: (line) => (STATUS_LINE.test(line) ? null : badGateway('malformed status line')),
    tooLong: null,
  },
};

/**
 * Reads the head of an answer to a request with `method`: status line and field lines with their CRLF, without the
 * empty line behind them. Every problem has status 502.
 */
export function parseResponseHead(
  head: string,
  method: string,
  limits: WireLimits = defaultLimits,
): ResponseHead | WireProblem {
  return new ResponseHeadParser(limits).parse(head, method);
}

/** {@link parseResponseHead} for all answers of one connection. */
export class ResponseHeadParser {
  readonly #limits: WireLimits;
  readonly #fields = new HeadFieldsReader(responseFields);

  constructor(limits: WireLimits) {
    this.#limits = limits;
  }

  parse(head: string, method: string): ResponseHead | WireProblem {
    const outcome = this.#read(head, method);
    return isWireProblem(outcome) ? (this.#firstProblem(head) ?? outcome) : outcome;
  }

  /** A refused head is scanned from its start, so that the verdict does not depend on how it arrived. */
  #firstProblem(head: string): WireProblem | null {
    const bytes = Buffer.from(`${head}\r\n`, 'latin1');
    const scanner = new HeadScanner(responseHeadRules, this.#limits);
    scanner.scan(bytes, bytes.length);
    return scanner.problem;
  }

  #read(head: string, method: string): ResponseHead | WireProblem {
    if (!STATUS_LINE.test(head)) return badGateway('malformed status line');
    const lineEnd = head.indexOf('\r');
    const fields = this.#fields.read(head, lineEnd + 2);
    if (fields === null) return badGateway('malformed field line');
    if (fields.count > this.#limits.fields) return badGateway('too many fields');
    return assemble(head, lineEnd, fields, method);
  }
}

function assemble(
  head: string,
  lineEnd: number,
  fields: HeadFields,
  method: string,
): ResponseHead | WireProblem {
  const version = head.charCodeAt(VERSION_AT) === 0x31 ? '1.1' : '1.0';
  const status = Number(head.slice(STATUS_AT, STATUS_AT + 3));
  const options = parseConnection(fields.connection);
  if (options === null) return badGateway('Connection names a field that every recipient needs');
  const framing = readFraming(fields, version, hasNoBody(status, method));
  if ('status' in framing) return framing;
  const passed = withoutNamed(fields.passed, options);
  return {
    status,
    reason: head.slice(REASON_AT, lineEnd),
    fields: passed,
    present: passed === fields.passed ? fields.present : presentIn(passed, responseFields),
    framing: framing.kind,
    contentLength: framing.length,
    keepAlive: framing.kind !== 'close' && isPersistent(version, options),
    upgradeWebSocket: status === 101 && fields.upgrade !== null && listHas(fields.upgrade, 'websocket'),
    keepAliveTimeout: fields.keepAlive === null ? -1 : readTimeout(fields.keepAlive),
  };
}

/** RFC 9112 §6.3 rule 1. */
function hasNoBody(status: number, method: string): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 304;
}

interface ResponseFraming {
  readonly kind: Framing;
  /** Declared, or -1. */
  readonly length: number;
}

const chunkedBody: ResponseFraming = { kind: 'chunked', length: -1 };
const closeBody: ResponseFraming = { kind: 'close', length: -1 };

/** The one decision about where the body ends (RFC 9112 §6.3). An answer that two readers might cut differently is refused. */
function readFraming(
  fields: HeadFields,
  version: '1.0' | '1.1',
  isBodiless: boolean,
): ResponseFraming | WireProblem {
  const length = fields.contentLength === null ? -1 : declaredLength(fields.contentLength);
  if (length === null) return badGateway('differing or malformed Content-Length');
  const coding = fields.transferEncoding?.toLowerCase() ?? 'identity';
  if (coding !== 'identity') {
    if (version === '1.0') return badGateway('Transfer-Encoding in HTTP/1.0');
    if (length >= 0) return badGateway('Transfer-Encoding and Content-Length together');
    if (coding !== 'chunked') return badGateway('transfer coding not implemented');
    return isBodiless ? { kind: 'none', length: -1 } : chunkedBody;
  }
  if (isBodiless) return { kind: 'none', length };
  return length < 0 ? closeBody : { kind: 'length', length };
}

/** Several equal lines are one declaration (RFC 9112 §6.3 rule 5); null for anything else that is not one number. */
function declaredLength(contentLength: string): number | null {
  const values = contentLength.split(', ');
  const value = values[0]!;
  if (!/^[0-9]+$/.test(value) || values.some((other) => other !== value)) return null;
  const length = Number(value);
  return Number.isSafeInteger(length) ? length : null;
}

/** `timeout=n` of a Keep-Alive field, in seconds, or -1. */
function readTimeout(keepAlive: string): number {
  const match = /(?:^|[,;\s])timeout=([0-9]{1,9})(?:$|[,;\s])/i.exec(keepAlive);
  return match === null ? -1 : Number(match[1]);
}
