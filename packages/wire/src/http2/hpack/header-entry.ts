import { findField, requestFields, responseFields } from '../../http1/field-table.ts';
import { ENTRY_OVERHEAD_BYTES, staticTable } from './static-table.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const lowerCaseToken = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Visible characters, blanks between them only (RFC 9110 §5.5, RFC 9113 §8.2.1). */
const fieldValue = /^(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?$/;
const scheme = /^https?$/i;
/** No userinfo (RFC 9113 §8.3.1), nothing that could end a Host line or a log field. */
const hostAndPort = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~%!$&'()*+,;=]+)(?::\d{0,5})?$/;
/** Origin-form without a fragment, or the asterisk. Octets above ASCII pass, as browsers of old send them. */
const pathForm = /^(?:\/[!"$-~\x80-\xff]*|\*)$/;
const threeDigits = /^[1-9]\d\d$/;

/** What a field name means to whoever reads a header block. Numbers, because it is switched on for every field. */
export const NameKind = {
  ordinary: 0,
  method: 1,
  scheme: 2,
  authority: 3,
  path: 4,
  status: 5,
  /** A name with a colon in front that is none of RFC 9113 §8.3. */
  unknownPseudo: 6,
  /** Belongs to an HTTP/1.1 connection and makes a message malformed (RFC 9113 §8.2.2). */
  connectionSpecific: 7,
  te: 8,
  contentLength: 9,
  host: 10,
  cookie: 11,
  expect: 12,
  /** Means something to this hop only and is not passed on. */
  dropped: 13,
  /** Not a lower-case token (RFC 9113 §8.2.1). */
  invalid: 14,
} as const;
export type NameKind = (typeof NameKind)[keyof typeof NameKind];

/** A field name with everything that is known about it, worked out once however many lines share it. */
export interface HeaderName {
  readonly text: string;
  readonly kind: NameKind;
  /** A bit of `Field`, or 0: what the name is to a request, and to an answer. */
  readonly requestBit: number;
  readonly responseBit: number;
}

/**
 * One decoded line. Entries of the dynamic table live as long as they are indexed, so what is worked out here
 * (validity, the line as HTTP/1.1 writes it) costs nothing for the second request that carries the same line.
 */
export class HeaderEntry {
  readonly name: HeaderName;
  readonly value: string;
  /** Bytes that the line counts for (RFC 7541 §4.1). */
  readonly size: number;
  /** Whether name and value may stand in a message (RFC 9113 §8.2.1, and the grammar of the pseudo-header fields). */
  readonly isValid: boolean;
  /** `name: value\r\n`; `''` for pseudo-header fields. */
  readonly line: string;

  constructor(name: HeaderName, value: string) {
    this.name = name;
    this.value = value;
    this.size = name.text.length + value.length + ENTRY_OVERHEAD_BYTES;
    this.isValid = valueIsValid(name.kind, value);
    this.line = isPseudo(name.kind) ? '' : `${name.text}: ${value}\r\n`;
  }
}

export function headerName(text: string): HeaderName {
  return knownNames.get(text) ?? newHeaderName(text);
}

/** The static table as entries: `staticEntries[i - 1]` is index `i`. */
const knownNames = new Map<string, HeaderName>();
for (const { name } of staticTable) knownNames.set(name, newHeaderName(name));
export const staticEntries: readonly HeaderEntry[] = staticTable.map(
  ({ name, value }) => new HeaderEntry(knownNames.get(name)!, value),
);

function newHeaderName(text: string): HeaderName {
  const request = findField(requestFields, text, 0, text.length);
  return {
    text,
    kind: kindOf(text),
    requestBit: request?.bit ?? 0,
    responseBit: findField(responseFields, text, 0, text.length)?.bit ?? 0,
  };
}

function kindOf(text: string): NameKind {
  const special = specialKind(text);
  if (special !== undefined) return special;
  if (text.charCodeAt(0) === 0x3a) return NameKind.unknownPseudo;
  return lowerCaseToken.test(text) ? NameKind.ordinary : NameKind.invalid;
}

function specialKind(text: string): NameKind | undefined {
  switch (text) {
    case ':method':
      return NameKind.method;
    case ':scheme':
      return NameKind.scheme;
    case ':authority':
      return NameKind.authority;
    case ':path':
      return NameKind.path;
    case ':status':
      return NameKind.status;
    case 'connection':
    case 'keep-alive':
    case 'proxy-connection':
    case 'transfer-encoding':
    case 'upgrade':
      return NameKind.connectionSpecific;
    case 'te':
      return NameKind.te;
    case 'content-length':
      return NameKind.contentLength;
    case 'host':
      return NameKind.host;
    case 'cookie':
      return NameKind.cookie;
    case 'expect':
      return NameKind.expect;
    case 'proxy-authorization':
    case 'http2-settings':
    case 'trailer':
      return NameKind.dropped;
    default:
      return undefined;
  }
}

function isPseudo(kind: NameKind): boolean {
  return kind >= NameKind.method && kind <= NameKind.unknownPseudo;
}

function valueIsValid(kind: NameKind, value: string): boolean {
  switch (kind) {
    case NameKind.method:
      return token.test(value);
    case NameKind.scheme:
      return scheme.test(value);
    case NameKind.authority:
    case NameKind.host:
      return hostAndPort.test(value);
    case NameKind.path:
      return pathForm.test(value);
    case NameKind.status:
      return threeDigits.test(value);
    default:
      return fieldValue.test(value);
  }
}
