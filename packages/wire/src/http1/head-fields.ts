import { type FieldTable, findField, type KnownField } from './field-table.ts';
import { sliceTrimmed } from './octets.ts';

/**
 * `*( field-name ":" field-value CRLF )`: no fold, no control characters, no white space before the colon (RFC 9112
 * §5). Every repetition is over one class of characters and ends at a character outside of it, so a match is linear
 * in the length of the block, refused blocks included.
 */
const FIELD_LINES = /(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n)*$/y;

/** Longer heads are not remembered, because every connection has such a memory. */
const MAX_REMEMBERED_LENGTH = 4096;

/**
 * The fields of a head, sorted into what passes and what the proxy has to know. A value is null when the field does
 * not occur; several lines of a field are joined by `, `, which no single-valued field survives: two Content-Length
 * or two Host lines fail the grammar of their value.
 */
export interface HeadFields {
  /** The lines that pass, as they came. */
  readonly passed: string;
  /** Bits of `Field` for what is in `passed`. */
  readonly present: number;
  /** How many lines the head had. */
  readonly count: number;
  readonly host: string | null;
  readonly contentLength: string | null;
  readonly transferEncoding: string | null;
  readonly connection: string | null;
  readonly te: string | null;
  readonly upgrade: string | null;
  readonly expect: string | null;
  readonly keepAlive: string | null;
}

/**
 * Reads the fields of the heads of one connection. Peers repeat themselves: a block that equals the one before it
 * is not read again.
 */
export class HeadFieldsReader {
  readonly #table: FieldTable;
  #block = '';
  #fields: HeadFields | null = null;

  constructor(table: FieldTable) {
    this.#table = table;
  }

  /** The field lines of `head` from index `from` to its end; null when their grammar is broken. */
  read(head: string, from: number): HeadFields | null {
    const block = head.slice(from);
    if (this.#fields !== null && block === this.#block) return this.#fields;
    FIELD_LINES.lastIndex = from;
    if (!FIELD_LINES.test(head)) return null;
    const fields = collect(head, from, this.#table);
    if (head.length <= MAX_REMEMBERED_LENGTH) {
      this.#block = block;
      this.#fields = fields;
    }
    return fields;
  }
}

/** Bits of `Field` for what is in a block of checked lines. */
export function presentIn(block: string, table: FieldTable): number {
  return collect(block, 0, table).present;
}

type Draft = { -readonly [Key in keyof HeadFields]: HeadFields[Key] };

function collect(head: string, from: number, table: FieldTable): HeadFields {
  const fields = noFields();
  let passedFrom = from;
  for (let at = from; at < head.length; ) {
    const colon = head.indexOf(':', at);
    const lineEnd = head.indexOf('\r', colon);
    const known = findField(table, head, at, colon - at);
    if (known !== undefined) {
      if (known.role === 'pass') fields.present |= known.bit;
      else {
        if (passedFrom < at) fields.passed += head.slice(passedFrom, at);
        passedFrom = lineEnd + 2;
        note(fields, known, sliceTrimmed(head, colon + 1, lineEnd));
      }
    }
    fields.count++;
    at = lineEnd + 2;
  }
  if (passedFrom < head.length) fields.passed += head.slice(passedFrom);
  return fields;
}

function noFields(): Draft {
  return {
    passed: '',
    present: 0,
    count: 0,
    host: null,
    contentLength: null,
    transferEncoding: null,
    connection: null,
    te: null,
    upgrade: null,
    expect: null,
    keepAlive: null,
  };
}

/** A switch and not `fields[known.role]`: this runs for most heads, and a computed key is several times slower. */
function note(fields: Draft, known: KnownField, value: string): void {
  switch (known.role) {
    case 'host':
      fields.host = joined(fields.host, value);
      break;
    case 'connection':
      fields.connection = joined(fields.connection, value);
      break;
    case 'contentLength':
      fields.contentLength = joined(fields.contentLength, value);
      break;
    case 'transferEncoding':
      fields.transferEncoding = joined(fields.transferEncoding, value);
      break;
    case 'te':
      fields.te = joined(fields.te, value);
      break;
    case 'upgrade':
      fields.upgrade = joined(fields.upgrade, value);
      break;
    case 'expect':
      fields.expect = joined(fields.expect, value);
      break;
    case 'keepAlive':
      fields.keepAlive = joined(fields.keepAlive, value);
      break;
    case 'drop':
    case 'pass':
      break;
  }
}

function joined(before: string | null, value: string): string {
  return before === null ? value : `${before}, ${value}`;
}
