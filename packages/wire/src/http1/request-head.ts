import { defaultLimits, type RequestHead, type WireLimits, type WireProblem } from '../message.ts';
import { requestFields } from './field-table.ts';
import { type HeadFields, HeadFieldsReader, presentIn } from './head-fields.ts';
import { type HeadRules, HeadScanner } from './head-scanner.ts';
import { type ConnectionOptions, isPersistent, parseConnection, withoutNamed } from './hop-by-hop.ts';
import { DEL, listHas, SP } from './octets.ts';
import { badRequest, isWireProblem } from './problem.ts';
import { isAuthority, parseRequestLine, type RequestLine } from './request-line.ts';

/** How request heads are scanned while they arrive in pieces. */
export const requestHeadRules: HeadRules = {
  status: 400,
  firstLine: {
    isText: (byte) => byte >= SP && byte < DEL,
    problem: (line) => {
      const parsed = parseRequestLine(line);
      return 'status' in parsed ? parsed : null;
    },
    tooLong: { status: 414, reason: 'request line too long' },
  },
};

/**
 * Reads the head of a request: the request line and all field lines with their CRLF, without the empty line behind
 * them. `headBytes` is its size on the wire. Nothing is repaired: what RFC 9112 calls malformed or leaves to the
 * receiver is refused, because a member might read it differently.
 */
export function parseRequestHead(
  head: string,
  headBytes: number,
  limits: WireLimits = defaultLimits,
): RequestHead | WireProblem {
  return new RequestHeadParser(limits).parse(head, headBytes);
}

/** {@link parseRequestHead} for all requests of one connection. */
export class RequestHeadParser {
  readonly #limits: WireLimits;
  readonly #fields = new HeadFieldsReader(requestFields);

  constructor(limits: WireLimits) {
    this.#limits = limits;
  }

  parse(head: string, headBytes: number): RequestHead | WireProblem {
    const outcome = this.#read(head, headBytes);
    return isWireProblem(outcome) ? (this.#firstProblem(head) ?? outcome) : outcome;
  }

  /** A refused head is scanned from its start, so that the verdict does not depend on how it arrived. */
  #firstProblem(head: string): WireProblem | null {
    const bytes = Buffer.from(`${head}\r\n`, 'latin1');
    const scanner = new HeadScanner(requestHeadRules, this.#limits);
    scanner.scan(bytes, bytes.length);
    return scanner.problem;
  }

  #read(head: string, headBytes: number): RequestHead | WireProblem {
    const limits = this.#limits;
    const lineEnd = head.indexOf('\r');
    if (lineEnd > limits.requestLineBytes) return requestHeadRules.firstLine!.tooLong!;
    if (headBytes > limits.headBytes) return badRequest('head too large');
    const line = parseRequestLine(head);
    if ('status' in line) return line;
    const fields = this.#fields.read(head, lineEnd + 2);
    if (fields === null) return badRequest('malformed field line');
    if (fields.count > limits.fields) return badRequest('too many fields');
    return assemble(line, fields, limits, headBytes);
  }
}

function assemble(
  line: RequestLine,
  fields: HeadFields,
  limits: WireLimits,
  headBytes: number,
): RequestHead | WireProblem {
  const authority = readAuthority(line, fields.host);
  if (authority === null) return badRequest('missing, repeated or malformed Host');
  const options = parseConnection(fields.connection);
  if (options === null) return badRequest('Connection names a field that every recipient needs');
  const framing = readFraming(line, fields, limits);
  if ('status' in framing) return framing;
  if (fields.expect !== null && fields.expect.toLowerCase() !== '100-continue') {
    return { status: 417, reason: 'unknown expectation' };
  }
  const passed = withoutNamed(fields.passed, options);
  const hasBody = framing.kind === 'chunked' || framing.length > 0;
  return {
    method: line.method,
    target: line.target,
    authority,
    version: line.version,
    fields: passed,
    present: passed === fields.passed ? fields.present : presentIn(passed, requestFields),
    framing: framing.kind,
    contentLength: framing.length,
    keepAlive: isPersistent(line.version, options),
    expectContinue: fields.expect !== null && hasBody && line.version === '1.1',
    upgradeWebSocket: fields.upgrade !== null && !hasBody && isWebSocket(line, fields.upgrade, options),
    acceptsTrailers: fields.te !== null && listHas(fields.te, 'trailers'),
    headBytes,
  };
}

/**
 * RFC 9112 §3.2: exactly one valid Host since HTTP/1.1, even beside an absolute-form target, whose authority then
 * stands. Null when that is broken.
 */
function readAuthority(line: RequestLine, host: string | null): string | null {
  if (host === null) return line.version === '1.1' ? null : (line.authority ?? '');
  if (!isAuthority(host)) return null;
  return line.authority ?? host;
}

interface RequestFraming {
  readonly kind: RequestHead['framing'];
  readonly length: number;
}

const noBody: RequestFraming = { kind: 'none', length: 0 };
const chunkedBody: RequestFraming = { kind: 'chunked', length: 0 };

/** The one decision about where the body ends (RFC 9112 §6.3); whatever two readers might see differently is refused. */
function readFraming(
  line: RequestLine,
  fields: HeadFields,
  limits: WireLimits,
): RequestFraming | WireProblem {
  const { contentLength, transferEncoding } = fields;
  if (transferEncoding !== null) {
    if (line.version === '1.0') return badRequest('Transfer-Encoding in HTTP/1.0');
    if (contentLength !== null) return badRequest('Transfer-Encoding and Content-Length together');
    const coding = transferEncoding.toLowerCase();
    if (coding === 'chunked') return chunkedBody;
    return coding === 'identity' ? noBody : { status: 501, reason: 'transfer coding not implemented' };
  }
  if (contentLength === null) return noBody;
  if (!/^[0-9]+$/.test(contentLength)) return badRequest('repeated or malformed Content-Length');
  const length = Number(contentLength);
  if (length > limits.bodyBytes) return { status: 413, reason: 'body too large' };
  return { kind: 'length', length };
}

function isWebSocket(line: RequestLine, upgrade: string, options: ConnectionOptions): boolean {
  return line.method === 'GET' && line.version === '1.1' && options.upgrade && listHas(upgrade, 'websocket');
}
