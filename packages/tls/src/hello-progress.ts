const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const RECORD_HEAD = 5;
const MESSAGE_HEAD = 4;
/** Of a record's content before encryption (RFC 8446 §5.1). */
const LONGEST_RECORD = 16_384;
/** Of a client hello that is read at all: real ones have 200 to 2,000 bytes. */
export const LONGEST_HELLO = 16_384;
/** A hello cut into records of a few bytes each is longer on the wire; nobody needs more than this. */
const LONGEST_FLIGHT = 2 * LONGEST_HELLO;

/** `broken`: no client hello will come of it. */
export type HelloProgress = 'incomplete' | 'complete' | 'too-long' | 'broken';

/**
 * How far the first message of a client has come. The message may be spread over several records.
 * @param bytes all that came so far; the first byte is that of a handshake record
 */
export function helloProgress(bytes: Buffer): HelloProgress {
  const payload = handshakePayload(bytes);
  if (payload === null || (payload.length > 0 && payload[0] !== CLIENT_HELLO)) return 'broken';
  if (payload.length >= MESSAGE_HEAD) {
    const length = payload.readUIntBE(1, 3);
    if (length > LONGEST_HELLO) return 'too-long';
    if (payload.length >= MESSAGE_HEAD + length) return 'complete';
  }
  return bytes.length > LONGEST_FLIGHT ? 'too-long' : 'incomplete';
}

/**
 * The content of the records at the beginning, a cut one included. What follows a complete hello may be early data or
 * anything else, so reading stops at the first record that is not of a handshake.
 * @returns null when a record is impossible
 */
export function handshakePayload(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; at + RECORD_HEAD <= bytes.length && bytes[at] === HANDSHAKE_RECORD; ) {
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at + 1] !== 3 || length === 0 || length > LONGEST_RECORD) return null;
    parts.push(bytes.subarray(at + RECORD_HEAD, at + RECORD_HEAD + length));
    at += RECORD_HEAD + length;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
