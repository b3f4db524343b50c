/** Single bytes and the smallest pieces of the grammar of RFC 9110 §5.6, on bytes and on latin1 text. */

export const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const DQUOTE = 0x22;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const SLASH = 0x2f;
export const BACKSLASH = 0x5c;
export const DEL = 0x7f;

/** 1 for every byte that may stand in a token (method, field name), RFC 9110 §5.6.2. */
export const isTokenByte = byteTable((byte) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)));

/** 1 for every byte of a field value: HTAB, SP, visible ASCII and obs-text (RFC 9110 §5.5). */
export const isValueByte = byteTable((byte) => byte === HTAB || (byte >= SP && byte !== DEL));

/** The value of a hexadecimal digit, or 255. */
export const hexDigitValue = Uint8Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  return /[0-9A-Fa-f]/.test(text) ? Number.parseInt(text, 16) : 255;
});

/** `text[start, end)` without SP and HTAB around it. Not `trim()`: that takes NBSP (0xa0) and VT as well. */
export function sliceTrimmed(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/**
 * Whether the field name that starts at `at` in `text` is `lower`, a lower-case name of letters, digits and `-`,
 * whatever its case. The caller has compared the lengths. Setting bit 5 folds the case of letters, and of all
 * characters that a token may hold none but letters is moved onto one of `lower`'s by that.
 */
export function isSameName(text: string, at: number, lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    if ((text.charCodeAt(at + i) | 0x20) !== lower.charCodeAt(i)) return false;
  }
  return true;
}

/** Calls `onElement` for every element of a comma-separated list, trimmed and in lower case; empty ones are skipped. */
export function forEachListElement(list: string, onElement: (element: string) => void): void {
  const text = list.toLowerCase();
  for (let at = 0; at <= text.length; ) {
    const comma = text.indexOf(',', at);
    const end = comma < 0 ? text.length : comma;
    const element = sliceTrimmed(text, at, end);
    if (element !== '') onElement(element);
    at = end + 1;
  }
}

/** Whether a comma-separated list names `element` (lower case), parameters after `;` aside. */
export function listHas(list: string, element: string): boolean {
  let found = false;
  forEachListElement(list, (each) => {
    const semicolon = each.indexOf(';');
    if ((semicolon < 0 ? each : sliceTrimmed(each, 0, semicolon)) === element) found = true;
  });
  return found;
}

function isBlank(code: number): boolean {
  return code === SP || code === HTAB;
}

function byteTable(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}
