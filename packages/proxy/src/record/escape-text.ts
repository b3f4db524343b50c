const unsafe = /[^\x20-\x7e]|["\\]/;
const everyUnsafe = new RegExp(unsafe.source, 'g');
const notAscii = /[^\x20-\x7e]/g;

/**
 * Text of a client between quotes: `"`, `\`, control characters and bytes above 126 become `\xHH` as in nginx, so that
 * no client can end a field or a line.
 */
export function escapeText(text: string): string {
  return unsafe.test(text) ? text.replace(everyUnsafe, hexadecimal) : text;
}

/** The same for a field that stands without quotes: a blank would end it. */
export function escapeWord(text: string): string {
  return escapeText(text).replaceAll(' ', '\\x20');
}

/**
 * Text as JSON in ASCII alone, null as null. A character of a header field stands for one byte, in no encoding that is
 * known.
 */
export function jsonText(text: string | null): string {
  if (text === null) return 'null';
  if (!unsafe.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(notAscii, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function hexadecimal(character: string): string {
  const code = character.charCodeAt(0);
  const low = `\\x${(code & 0xff).toString(16).toUpperCase().padStart(2, '0')}`;
  return code > 0xff ? `\\x${(code >> 8).toString(16).toUpperCase().padStart(2, '0')}${low}` : low;
}
