import type { WireProblem } from '../message.ts';
import { badRequest } from './problem.ts';
import { SLASH } from './octets.ts';

const LONGEST_METHOD = 64;

/** `method SP request-target SP HTTP/1.x` (RFC 9112 §3). A fragment is never part of a target (RFC 9110 §7.1). */
const REQUEST_LINE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+ [\x21\x22\x24-\x7e]+ HTTP\/1\.[01](?:\r\n|$)/;

/** `uri-host [ ":" port ]` (RFC 9110 §7.2): a registered name, an IPv4 address or an IPv6 address in brackets. */
const AUTHORITY =
  /^(?:(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f][0-9A-Fa-f])+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{0,5}))?$/;
/** Nearly every authority there is; its port is in range by its form (below 60,000). */
const PLAIN_AUTHORITY = /^[A-Za-z0-9\-._]+(?::[1-5]?[0-9]{1,4})?$/;
const ABSOLUTE_FORM = /^https?:\/\/([^/?]*)(.*)$/i;
const LATER_VERSION = /^[^ ]+ [^ ]+ HTTP\/(?:1\.[2-9]|[2-9](?:\.[0-9])?)$/;

export interface RequestLine {
  readonly method: string;
  /** Origin-form or `*`. */
  readonly target: string;
  /** The authority of an absolute-form target, else null. */
  readonly authority: string | null;
  readonly version: '1.0' | '1.1';
}

/** Whether a Host field or an authority names a host, with a port of at most 65535 if any. Empty does not. */
export function isAuthority(authority: string): boolean {
  if (PLAIN_AUTHORITY.test(authority)) return true;
  const match = AUTHORITY.exec(authority);
  return match !== null && Number(match[1] ?? 0) <= 65_535;
}

/** Reads the request line that `head` starts with or, without its CRLF, is. */
export function parseRequestLine(head: string): RequestLine | WireProblem {
  if (!REQUEST_LINE.test(head)) return explain(head);
  const methodEnd = head.indexOf(' ');
  const targetEnd = head.indexOf(' ', methodEnd + 1);
  const method = head.slice(0, methodEnd);
  const target = head.slice(methodEnd + 1, targetEnd);
  const version = head.charCodeAt(targetEnd + 8) === 0x31 ? '1.1' : '1.0';
  if (method.length > LONGEST_METHOD) return badRequest('method too long');
  if (method === 'CONNECT' || method === 'TRACE') return { status: 405, reason: `${method} is not served` };
  if (target.charCodeAt(0) === SLASH) return { method, target, authority: null, version };
  if (target === '*') {
    if (method !== 'OPTIONS') return badRequest('target * is for OPTIONS only');
    return { method, target, authority: null, version };
  }
  return readAbsoluteForm(method, target, version);
}

/** RFC 9112 §3.2.2 and §3.2.4: OPTIONS on a bare authority asks about the server as a whole. */
function readAbsoluteForm(method: string, target: string, version: '1.0' | '1.1'): RequestLine | WireProblem {
  const match = ABSOLUTE_FORM.exec(target);
  if (match === null) return badRequest('target is neither a path nor an http URL');
  const authority = match[1]!;
  const rest = match[2]!;
  if (!isAuthority(authority)) return badRequest('target names no valid host');
  if (rest === '') return { method, target: method === 'OPTIONS' ? '*' : '/', authority, version };
  const path = rest.charCodeAt(0) === SLASH ? rest : `/${rest}`;
  return { method, target: path, authority, version };
}

function explain(head: string): WireProblem {
  const lineEnd = head.indexOf('\r');
  const line = lineEnd < 0 ? head : head.slice(0, lineEnd);
  if (LATER_VERSION.test(line))
    return { status: 505, reason: 'HTTP version not supported on this connection' };
  if (/^[^ ]+ [^ ]*$/.test(line)) return badRequest('request line without a version (HTTP/0.9)');
  if (/^[^ ]+ [^ ]*#/.test(line)) return badRequest('fragment in the target');
  return badRequest('malformed request line');
}
