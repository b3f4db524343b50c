import { problem } from '@elbow/model';
import { Refusal } from '../services/crud/refusal.ts';

/** The gateway's limit for signed bodies. */
const maxBodyBytes = 12 * 1024 * 1024;
/** Far deeper than any body of the API; what walks a body recurses. */
const maxDepth = 32;

/** Reads the whole body once. @throws Refusal 413 as soon as it is known to be too large */
export async function readBody(request: Request): Promise<Uint8Array> {
  const stated = Number(request.headers.get('content-length') ?? 0);
  if (stated > maxBodyBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @returns undefined for an empty body @throws Refusal 400 when it is not JSON in UTF-8 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return undefined;
  const text = decode(bytes);
  if (text === null || isTooDeep(text))
    throw notJson('it must be JSON in UTF-8, nested at most 32 levels deep');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notJson('it is not valid JSON');
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Counts brackets outside of strings; malformed text is left to the parser. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (isInString && char === '\\') index++;
    else if (char === '"') isInString = !isInString;
    else if (!isInString && (char === '[' || char === '{')) depth++;
    else if (!isInString && (char === ']' || char === '}')) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

function notJson(reason: string): Refusal {
  return new Refusal(problem('invalidInput', `the request body cannot be read: ${reason}`));
}

function tooLarge(): Refusal {
  return new Refusal(problem('bodyTooLarge', `the request body is larger than ${maxBodyBytes} bytes`));
}
