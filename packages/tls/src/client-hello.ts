import { handshakePayload } from './hello-progress.ts';

/** The first message of a client (RFC 8446 §4.1.2), as far as it is of use before TLS has seen it. */
export interface ClientHello {
  /** The version field of old; newer ones are in an extension. */
  readonly version: number;
  readonly suites: readonly number[];
  /** Content by type, in the order of the client. */
  readonly extensions: ReadonlyMap<number, Buffer>;
}

const HEAD = 4;
const RANDOM = 32;

/**
 * @param bytes the records that hold it, complete
 * @returns null when it cannot be read; OpenSSL will say so to the client
 */
export function readClientHello(bytes: Buffer): ClientHello | null {
  const payload = handshakePayload(bytes);
  if (payload === null) return null;
  try {
    let at = HEAD;
    const version = payload.readUInt16BE(at);
    at += 2 + RANDOM;
    at += 1 + payload.readUInt8(at);
    const suiteBytes = payload.readUInt16BE(at);
    const suites = numbers(payload.subarray(at + 2, at + 2 + suiteBytes), 2);
    at += 2 + suiteBytes;
    at += 1 + payload.readUInt8(at);
    return { version, suites, extensions: readExtensions(payload, at) };
  } catch {
    // A length that points behind the end: not a client hello.
    return null;
  }
}

/** @throws RangeError when a length points behind the end */
function readExtensions(payload: Buffer, start: number): ReadonlyMap<number, Buffer> {
  const extensions = new Map<number, Buffer>();
  if (start + 2 > payload.length) return extensions;
  const end = start + 2 + payload.readUInt16BE(start);
  for (let at = start + 2; at < end; ) {
    const type = payload.readUInt16BE(at);
    const length = payload.readUInt16BE(at + 2);
    extensions.set(type, payload.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return extensions;
}

export const Extension = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  alpn: 16,
  versions: 43,
} as const;

/** The name the client asks for (RFC 6066 §3): the first of type host_name, as it was sent. Null when there is none. */
export function serverNameIn({ extensions }: ClientHello): string | null {
  const list = extensions.get(Extension.serverName);
  if (list === undefined || list.length < 5 || list[2] !== 0) return null;
  return list.toString('latin1', 5, 5 + list.readUInt16BE(3)) || null;
}

export interface ListForm {
  /** Bytes of the length in front. */
  readonly prefix: number;
  /** Bytes of one entry. */
  readonly width: 1 | 2;
}

/** The numbers of an extension that is one list of them. */
export function listOf(extension: Buffer | undefined, { prefix, width }: ListForm): number[] {
  return extension === undefined ? [] : numbers(extension.subarray(prefix), width);
}

function numbers(bytes: Buffer, width: 1 | 2): number[] {
  const values: number[] = [];
  for (let at = 0; at + width <= bytes.length; at += width) values.push(bytes.readUIntBE(at, width));
  return values;
}
